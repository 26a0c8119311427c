package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.ParameterCovariance;
import io.echelon.postestimation.MarginalEstimates.Block;
import io.echelon.postestimation.MarginalEstimates.Margin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Margins as results: {@code margins, post}. */
public final class PostedMargins {
    private PostedMargins() {}

    /**
     * The margins as coefficients by the names {@code 2.a#1.b}, {@code 1._at#2.a}, {@code _cons}, effects under equations of
     * their variables, with their covariance matrix by the delta method.
     */
    public static Results of(MarginalEstimates margins, Results results) {
        List<Coefficient> coefficients = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<LinearForm> forms = new ArrayList<>();
        for (Block block : margins.blocks()) {
            for (Margin m : block.margins()) {
                String name = name(block.variables(), m);
                boolean equation = !block.variables().isEmpty();
                Answer.Row r = m.row();
                Optional<LinearForm> form = m.mean().estimable();
                coefficients.add(new Coefficient(equation ? m.effect() : "", name,
                        form.isPresent() ? Column.Status.ESTIMATED : Column.Status.EMPTY, form.isPresent() ? r.estimate() : 0,
                        r.stdError(), r.statistic(), r.df(), r.pValue(), r.confLow(), r.confHigh()));
                form.ifPresent(f -> {
                    forms.add(f);
                    names.add(name);
                });
            }
        }
        double[][] v = results.estimates().vcov().matrix();
        double[][] covariance = new double[forms.size()][forms.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = Inference.covariance(forms.get(i).gradient(), v, forms.get(j).gradient());
            }
        }
        Estimates e = results.estimates();
        return new Results(results.design(), new Estimates(e.spec(), margins.title(), e.method(), margins.observations(),
                e.groups(), e.logLikelihood(), e.converged(), e.iterations(), coefficients, List.of(), List.of(), List.of(),
                new ParameterCovariance(names, covariance), Optional.empty(), Optional.empty(), e.certificate(), List.of(),
                e.labels(), e.clusters()), Optional.empty());
    }

    private static String name(List<String> variables, Margin m) {
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < variables.size(); k++) {
            parts.add(Inference.number(m.levels().get(k)) + "." + variables.get(k));
        }
        return !parts.isEmpty() ? String.join("#", parts) : m.effect().isEmpty() ? Column.CONSTANT : m.effect();
    }
}
