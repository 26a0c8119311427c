package io.echelon.postestimation;

import io.echelon.fit.Estimates;
import io.echelon.fit.Test;
import io.echelon.spec.Estat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Information criteria of Akaike, −2ℓ + 2k, and of Schwarz, −2ℓ + k log N.
 *
 * @param name   {@code estat ic} or {@code estimates stats}
 * @param models a row a model
 */
public record InformationCriteria(String name, List<Model> models) implements Answer {
    /**
     * The criteria of one model.
     *
     * @param fixedLogLikelihood log likelihood without random effects; NaN where the fit has none
     * @param df                 number of parameters
     */
    public record Model(String name, double observations, double fixedLogLikelihood, double logLikelihood, int df,
                        double aic, double bic) {}

    public InformationCriteria {
        models = List.copyOf(models);
    }

    /** The criteria of the last fit. */
    public static InformationCriteria of(Estat.Ic command, Results results) {
        return new InformationCriteria("estat ic", List.of(model(".", results, command.n())));
    }

    /** The criteria of several fits by name. */
    public static InformationCriteria of(Map<String, Results> fits, OptionalDouble n) {
        List<Model> models = new ArrayList<>();
        fits.forEach((name, results) -> models.add(model(name, results, n)));
        return new InformationCriteria("estimates stats", models);
    }

    private static Model model(String name, Results results, OptionalDouble n) {
        Estimates e = results.estimates();
        int k = ParameterCount.of(results);
        double count = n.orElse(e.observations());
        double deviance = -2 * e.logLikelihood();
        return new Model(name, count, e.lr().map(Test.LikelihoodRatio::restrictedLogLikelihood).orElse(Double.NaN),
                e.logLikelihood(), k, deviance + 2 * k, deviance + k * Math.log(count));
    }

    @Override
    public Map<String, Object> values() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Model m : models) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", m.name);
            one.put("n_obs", m.observations);
            one.put("fixed_log_likelihood", m.fixedLogLikelihood);
            one.put("log_likelihood", m.logLikelihood);
            one.put("df", m.df);
            one.put("aic", m.aic);
            one.put("bic", m.bic);
            all.add(one);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (name.equals("estat ic")) {
            values.putAll(all.get(0));
            values.remove("name");
        }
        values.put("models", all);
        return values;
    }
}
