package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.ParameterCovariance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Margins, contrasts and differences as results: the option {@code post}. */
public final class PostedEstimates {
    private PostedEstimates() {}

    /**
     * Margins as coefficients by the names {@code 2.a#1.b}, {@code 1._at#2.a}, {@code _cons}, effects under equations of their
     * variables; or, where these were asked for, their contrasts.
     */
    public static Results of(ComparedMargins compared, Results results) {
        MarginalEstimates margins = compared.margins();
        return compared.comparisons().map(c -> of(c, results))
                .orElseGet(() -> of(margins.title(), margins.posted(), margins.observations(), results));
    }

    /** Contrasts as coefficients by the names {@code r2vs1.a}, {@code r2vs1.a@1.b}, differences by {@code 2vs1.a}. */
    public static Results of(Answer answer, Results results) {
        return answer instanceof Contrasts c ? of("Contrasts", c.posted(), results.estimates().observations(), results)
                : of("Pairwise comparisons", ((PairwiseComparisons) answer).posted(), results.estimates().observations(), results);
    }

    private static Results of(String title, List<PostedEstimate> posted, long observations, Results results) {
        List<Coefficient> coefficients = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<LinearForm> forms = new ArrayList<>();
        for (PostedEstimate p : posted) {
            Answer.Row r = p.row();
            Optional<LinearForm> form = p.form();
            coefficients.add(new Coefficient(p.equation(), p.name(),
                    form.isPresent() ? Column.Status.ESTIMATED : Column.Status.EMPTY, form.isPresent() ? r.estimate() : 0,
                    r.stdError(), r.statistic(), r.df(), r.pValue(), r.confLow(), r.confHigh()));
            form.ifPresent(f -> {
                forms.add(f);
                names.add(p.name());
            });
        }
        double[][] v = results.estimates().vcov().matrix();
        double[][] covariance = new double[forms.size()][forms.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = Inference.covariance(forms.get(i).gradient(), v, forms.get(j).gradient());
            }
        }
        Estimates e = results.estimates();
        return new Results(results.design(), new Estimates(e.spec(), title, e.method(), observations,
                e.groups(), e.logLikelihood(), e.converged(), e.iterations(), coefficients, List.of(), List.of(), List.of(),
                new ParameterCovariance(names, covariance), Optional.empty(), Optional.empty(), e.certificate(), List.of(),
                e.labels(), e.clusters()), Optional.empty());
    }
}
