package io.echelon.fit;

import io.echelon.spec.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The saved results of one estimation command: values only. Text, JSON, Parquet and HTML are made from these.
 *
 * @param spec               the command
 * @param title              first line of the report: {@code Mixed-effects ML regression}
 * @param method             {@code ML}, {@code REML}, {@code QML}, or the integration method
 * @param observations       observations used
 * @param groups             a row a level, outermost first
 * @param logLikelihood      log (restricted, pseudo-) likelihood
 * @param converged          whether the maximisation converged
 * @param iterations         the log
 * @param coefficients       fixed effects in the order of the table
 * @param varianceComponents random-effects parameters as variances and covariances
 * @param standardDeviations the same as standard deviations and correlations
 * @param estimationMetric   the same as the parameters of the maximisation
 * @param vcov               covariance matrix of the fixed effects and the parameters of the maximisation
 * @param wald               absent when there is no coefficient to test
 * @param lr                 absent for models without random effects or where not asked for
 * @param notes              notes printed before the table, one sentence each
 * @param labels             for each string variable of the model: its distinct values, the k-th of which (from 1) is
 *                           the level k of coefficient names ({@code 2.machine}); for an ordinal response: its values
 * @param clusters           of robust standard errors; absent for those of the model
 * @param survival           what {@code stset} had declared, of survival models
 */
public record Estimates(ModelSpec spec, String title, String method, long observations, List<GroupSummary> groups,
                  double logLikelihood, boolean converged, List<Iteration> iterations, List<Coefficient> coefficients,
                  List<VarianceComponent> varianceComponents, List<VarianceComponent> standardDeviations,
                  List<VarianceComponent> estimationMetric, ParameterCovariance vcov, Optional<Test.Wald> wald,
                  Optional<Test.LikelihoodRatio> lr, Certificate certificate, List<String> notes,
                  Map<String, List<String>> labels, Optional<Clusters> clusters, List<SurvivalSetting> survival) {
    /** Of a model that is not of survival times. */
    public Estimates(ModelSpec spec, String title, String method, long observations, List<GroupSummary> groups,
                     double logLikelihood, boolean converged, List<Iteration> iterations, List<Coefficient> coefficients,
                     List<VarianceComponent> varianceComponents, List<VarianceComponent> standardDeviations,
                     List<VarianceComponent> estimationMetric, ParameterCovariance vcov, Optional<Test.Wald> wald,
                     Optional<Test.LikelihoodRatio> lr, Certificate certificate, List<String> notes,
                     Map<String, List<String>> labels, Optional<Clusters> clusters) {
        this(spec, title, method, observations, groups, logLikelihood, converged, iterations, coefficients,
                varianceComponents, standardDeviations, estimationMetric, vcov, wald, lr, certificate, notes, labels,
                clusters, List.of());
    }

    public Estimates {
        groups = List.copyOf(groups);
        iterations = List.copyOf(iterations);
        coefficients = List.copyOf(coefficients);
        varianceComponents = List.copyOf(varianceComponents);
        standardDeviations = List.copyOf(standardDeviations);
        estimationMetric = List.copyOf(estimationMetric);
        notes = List.copyOf(notes);
        labels = Map.copyOf(labels);
        survival = List.copyOf(survival);
    }

    /** The same after these declarations. */
    public Estimates with(List<SurvivalSetting> declared) {
        return new Estimates(spec, title, method, observations, groups, logLikelihood, converged, iterations, coefficients,
                varianceComponents, standardDeviations, estimationMetric, vcov, wald, lr, certificate, notes, labels,
                clusters, declared);
    }
}
