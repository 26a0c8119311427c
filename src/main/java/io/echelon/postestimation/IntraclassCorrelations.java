package io.echelon.postestimation;

import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.Outcomes;
import io.echelon.error.EchelonException;
import io.echelon.estimate.generalized.FamilyChoice;
import io.echelon.spec.CommandName;
import io.echelon.spec.Estat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Intraclass correlations: of two observations of the same group at a level, the share of the variance at this level and
 * those above it. With random coefficients they hold where the covariates are zero. Generalized models take the variance of
 * the latent response given the effects: π²/3 for the logistic, 1 for the normal, π²/6 for the extreme-value
 * distribution. Multinomial models have them for each outcome, whose latent variable is the difference from the base outcome.
 * Standard errors by the delta method, intervals symmetric on the logit scale.
 *
 * @param title       {@code Residual intraclass correlation} where the model has covariates
 * @param conditional whether there are random coefficients
 * @param rows        a row a level, outermost first: {@code school}, {@code class|school}; for each outcome {@code 2:school}
 */
public record IntraclassCorrelations(String title, boolean conditional, List<Row> rows, double level) implements Answer {
    private static final String RESIDUAL = "Residual";

    public IntraclassCorrelations {
        rows = List.copyOf(rows);
    }

    /** The correlations of a fit. */
    public static IntraclassCorrelations of(Estat.Icc command, Results results) {
        Design design = results.design();
        if (design.levels().isEmpty()) {
            throw EchelonException.misuse("estat icc: the model has no groups; add a level after ||");
        }
        NamedParameters parameters = new NamedParameters(results.estimates());
        List<RandomCovariances.Equation> equations = RandomCovariances.of(results, parameters);
        double level = Inference.level(command.level(), results);
        List<Row> rows = new ArrayList<>();
        for (String predictor : design.responseColumns().outcomes().map(Outcomes::equations).orElse(List.of(""))) {
            rows.addAll(rows(predictor, results, parameters, equations, level));
        }
        boolean conditional = equations.stream().anyMatch(e -> e.effects().factor().isEmpty()
                && e.effects().columns().stream().anyMatch(c -> !c.isConstant()));
        boolean covariates = design.estimated().stream().anyMatch(c -> !c.isConstant());
        String title = conditional ? "Conditional intraclass correlation"
                : covariates ? "Residual intraclass correlation" : "Intraclass correlation";
        return new IntraclassCorrelations(title, conditional, rows, level);
    }

    /** The correlations of one linear predictor, or of the only one, which has no name. */
    private static List<Row> rows(String predictor, Results results, NamedParameters parameters,
                                  List<RandomCovariances.Equation> equations, double level) {
        int k = parameters.count();
        String prefix = predictor.isEmpty() ? "" : predictor + ":";
        LinearForm total = residual(results, parameters);
        for (RandomCovariances.Equation e : equations) {
            total = total.plus(e.constantVariance(k, predictor), 1);
        }
        double[][] v = results.estimates().vcov().matrix();
        List<Row> rows = new ArrayList<>();
        LinearForm nested = new LinearForm(0, new double[k]);
        for (Level l : results.design().levels()) {
            LinearForm own = new LinearForm(0, new double[k]);
            for (RandomCovariances.Equation e : equations) {
                if (e.level() == l && e.effects().factor().isPresent()) {
                    rows.add(row("R." + e.effects().factor().get(), e.constantVariance(k, predictor), total, v, level));
                } else if (e.level() == l) {
                    own = own.plus(e.constantVariance(k, predictor), 1);
                }
            }
            boolean factors = l.effects().stream().allMatch(e -> e.factor().isPresent());
            if (!factors || l.effects().isEmpty()) {
                nested = nested.plus(own, 1);
                rows.add(row(prefix + name(l), nested, total, v, level));
            }
        }
        return rows;
    }

    /** {@code class|school}: the innermost variable first. */
    private static String name(Level level) {
        List<String> path = new ArrayList<>(level.path());
        Collections.reverse(path);
        return String.join("|", path);
    }

    private static Row row(String term, LinearForm share, LinearForm total, double[][] v, double level) {
        double icc = share.value() / total.value();
        double se = Inference.standardError(share.times(1 / total.value()).plus(total, -icc / total.value()), v);
        if (!(icc > 0 && icc < 1 && se > 0)) {
            return new Row(term, icc, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double logit = Math.log(icc / (1 - icc));
        double width = Inference.quantile(0.5 + level / 200, Double.NaN) * se / (icc * (1 - icc));
        return new Row(term, icc, se, Double.NaN, Double.NaN, Double.NaN, 1 / (1 + Math.exp(width - logit)),
                1 / (1 + Math.exp(-width - logit)));
    }

    /** Variance of one observation given the random effects. */
    private static LinearForm residual(Results results, NamedParameters parameters) {
        int k = parameters.count();
        if (results.design().residuals().isPresent()) {
            throw EchelonException.misuse("estat icc needs independent residuals of one variance; see estat wcorrelation for"
                    + " the correlations that residuals() gives");
        }
        boolean linear = results.design().spec().command() == CommandName.MIXED
                || FamilyChoice.of(results.design().spec()).link().equals("identity");
        for (int i = 0; i < results.estimates().varianceComponents().size() && linear; i++) {
            if (results.estimates().varianceComponents().get(i).level().equals(RESIDUAL)) {
                return RandomCovariances.component(parameters, results.estimates(), i);
            }
        }
        return new LinearForm(latent(results), new double[k]);
    }

    private static double latent(Results results) {
        CommandName command = results.design().spec().command();
        FamilyChoice choice = FamilyChoice.of(results.design().spec());
        boolean binary = List.of("bernoulli", "binomial", "ordinal", "multinomial").contains(choice.family());
        if (!binary) {
            throw EchelonException.misuse("estat icc: the responses of " + command.text()
                    + " have no latent variable with one variance; there are intraclass correlations after mixed and after"
                    + " models of binary, binomial, ordinal and multinomial responses");
        }
        return switch (choice.link()) {
            case "logit" -> Math.PI * Math.PI / 3;
            case "probit" -> 1;
            case "cloglog" -> Math.PI * Math.PI / 6;
            default -> throw EchelonException.misuse("estat icc: there is no latent variable with link " + choice.link());
        };
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", title);
        values.put("conditional", conditional);
        values.put("level", level);
        return values;
    }
}
