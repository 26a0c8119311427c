package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.ObservedInformation;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.family.Ordinal;
import io.echelon.fit.Certificate;
import io.echelon.fit.Clusters;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.Iteration;
import io.echelon.fit.ParameterCovariance;
import io.echelon.fit.QuadratureChange;
import io.echelon.fit.RandomEffects;
import io.echelon.fit.Test;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.linalg.Cholesky;
import io.echelon.optimize.Maximizer;
import io.echelon.optimize.NewtonStep;
import io.echelon.optimize.Objective;
import io.echelon.quadrature.Integration;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Turns the end of a maximisation into the saved results. */
final class GeneralizedReport {
    private static final String CONSERVATIVE = "LR test is conservative and provided only for reference.";

    private final Design design;
    private final UsableSample sample;
    /** Places among the coefficients of the parameter space of those that remain. */
    private final int[] kept;
    private final FamilyChoice choice;
    private final Family family;
    private final ResponseScan scan;
    private final ParameterSpace space;
    private final Integration integration;
    private final Optional<String> separation;
    private final double z;

    /**
     * @param design     the design with omitted columns marked
     * @param separation what to know of regressors that predict perfectly together
     */
    GeneralizedReport(Design design, UsableSample sample, FamilyChoice choice, ParameterSpace space,
                      Integration integration, Optional<String> separation) {
        this.design = design;
        this.sample = sample;
        kept = sample.kept();
        this.choice = choice;
        family = sample.family();
        scan = sample.scan();
        this.space = space;
        this.integration = integration;
        this.separation = separation;
        z = new NormalDistribution().inverseCumulativeProbability(0.5 + design.spec().display().level() / 200);
    }

    /**
     * The saved results.
     *
     * @param fixedValue    log likelihood of the model without random effects
     * @param doubled       what twice the integration points make of the log likelihood, where there are points
     * @param randomEffects predicts the random effects
     */
    GeneralizedFit fit(Maximizer.Result end, List<Iteration> iterations, double fixedValue, Optional<DoubledPoints> doubled,
                       PartStore.Kernel<GroupBlock, List<RandomEffects>> randomEffects) {
        Objective.Point point = end.point();
        double[] phi = point.parameters();
        ObservedInformation information = covariance(ObservedInformation.of(point), point);
        GeneralizedVarianceTables tables = new GeneralizedVarianceTables(design, family, space, phi, information, z);
        NewtonStep step = NewtonStep.at(point, false);
        List<String> warnings = new ArrayList<>();
        if (!end.convergence().converged()) {
            warnings.add(end.convergence().sentence());
        }
        separation.ifPresent(warnings::add);
        for (int l = 0; l < design.levels().size(); l++) {
            if (scan.nodes(l) == 1 && !design.levels().get(l).variable().equals(RandomEquation.ALL) && space.freeCovarianceParameters() > 0) {
                warnings.add("There is one group only of " + design.levels().get(l).variable()
                        + ": its variance cannot be told from one group; leave the level out.");
            }
        }
        Reported reported = reported(tables);
        Optional<QuadratureChange> quadrature = doubled.map(d -> d.change(integration, reported.terms,
                reported.gradients, information));
        quadrature.filter(q -> end.convergence().converged()).flatMap(q -> q.warning(point.value())).ifPresent(warnings::add);
        Certificate certificate = new Certificate(step.scaledGradient(), step.concave() && !step.flat(), tables.boundary,
                Map.of(), warnings, quadrature);
        Estimates estimates = new Estimates(design.spec(), choice.title(design.spec().command(), !design.levels().isEmpty()), integration.method().text(), scan.rows(), groups(),
                point.value(), end.convergence().converged(), iterations, coefficients(phi, information), tables.variances,
                tables.deviations, tables.estimation, vcov(reported, information), wald(phi, information),
                likelihoodRatio(point.value(), fixedValue), certificate, design.notes(), labels(),
                design.robust() ? Optional.of(clusters(point)) : Optional.empty());
        return new GeneralizedFit(design, estimates, sample.parts(), randomEffects);
    }

    /** The sandwich V(Σ ss')V·G/(G − 1) over the G independent clusters where it was asked for, V the inverse observed information. */
    private ObservedInformation covariance(ObservedInformation observed, Objective.Point point) {
        if (!design.robust()) {
            return observed;
        }
        if (clusters(point).n() < 2) {
            throw EchelonException.failure("there is one cluster only" + (clusters(point).variable().isEmpty() ? ""
                    : " in " + clusters(point).variable()) + ": robust standard errors need several; leave vce() out, or name"
                    + " smaller clusters");
        }
        double[][] sandwich = ((GeneralizedObjective.Evaluated) point).sandwich(observed.covariance());
        double correction = clusters(point).n() / (clusters(point).n() - 1.0);
        for (double[] row : sandwich) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= correction;
            }
        }
        return observed.with(sandwich);
    }

    private Clusters clusters(Objective.Point point) {
        return design.cluster().isPresent()
                ? new Clusters(design.sources().get(design.cluster().getAsInt()).name(),
                        ((GeneralizedObjective.Evaluated) point).clusters())
                : design.levels().isEmpty() ? new Clusters("", scan.rows())
                : new Clusters(design.levels().get(0).variable(), scan.nodes(0));
    }

    private List<GroupSummary> groups() {
        List<GroupSummary> all = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            Level level = design.levels().get(l);
            if (!level.path().equals(level.grouping()) && !level.grouping().isEmpty()) {
                // Equations of _all, whatever factors they name, are one level with one group.
                if (all.isEmpty()) {
                    all.add(new GroupSummary(level.variable(), 1, scan.rows(), scan.rows(), scan.rows()));
                }
                continue;
            }
            all.add(new GroupSummary(level.variable(), scan.nodes(l), scan.smallest(l), (double) scan.rows() / scan.nodes(l),
                    scan.largest(l)));
        }
        return all;
    }

    private List<Coefficient> coefficients(double[] phi, ObservedInformation information) {
        double[] psi = space.reduction().expand(phi);
        List<Coefficient> all = new ArrayList<>();
        int next = 0;
        for (Column c : design.fixed()) {
            boolean estimated = c.status() == Column.Status.ESTIMATED;
            int place = estimated ? kept[next++] : -1;
            all.add(coefficient(c.equation().isEmpty() ? design.spec().fixed().response() : c.equation(), c.name(), c.status(), estimated ? psi[place] : 0,
                    estimated ? information.standardError(space.reduction().map()[place]) : Double.NaN));
        }
        for (int a = 0; a < space.ancillary() && !(family instanceof Gaussian); a++) {
            int place = space.coefficients() + a;
            all.add(coefficient("", family.ancillary().get(a), Column.Status.ESTIMATED, psi[place],
                    information.standardError(space.reduction().map()[place])));
        }
        return all;
    }

    private Coefficient coefficient(String equation, String name, Column.Status status, double b, double se) {
        double p = Double.isNaN(se) ? Double.NaN : 2 * new NormalDistribution().cumulativeProbability(-Math.abs(b / se));
        return new Coefficient(equation, name, status, b, se, b / se, Double.NaN, p, b - z * se, b + z * se);
    }

    /**
     * Fixed effects, ancillary parameters, then the random-effects parameters in the estimation metric.
     *
     * @param names     as in the covariance matrix
     * @param terms     as in the tables, the random-effects parameters those of the variances and covariances
     * @param gradients in the free parameters
     */
    private record Reported(List<String> names, List<String> terms, List<double[]> gradients) {}

    private Reported reported(GeneralizedVarianceTables tables) {
        List<String> names = new ArrayList<>();
        List<double[]> gradients = new ArrayList<>();
        for (int j : kept) {
            gradients.add(space.reduction().map()[j]);
        }
        design.estimated().forEach(c -> names.add(c.name()));
        for (int a = 0; a < space.ancillary() && !(family instanceof Gaussian); a++) {
            names.add(family.ancillary().get(a));
            gradients.add(space.reduction().map()[space.coefficients() + a]);
        }
        List<String> terms = new ArrayList<>(names);
        tables.estimation.forEach(c -> names.add(c.term()));
        tables.variances.forEach(c -> terms.add(c.term()));
        gradients.addAll(tables.gradients);
        return new Reported(names, terms, gradients);
    }

    private static ParameterCovariance vcov(Reported reported, ObservedInformation information) {
        double[][] matrix = new double[reported.names.size()][reported.names.size()];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                matrix[i][j] = information.covariance(reported.gradients.get(i), reported.gradients.get(j));
            }
        }
        return new ParameterCovariance(reported.names, matrix);
    }

    /** Joint test of all coefficients but the constant that are not held at a value. */
    private Optional<Test.Wald> wald(double[] phi, ObservedInformation information) {
        double[] psi = space.reduction().expand(phi);
        List<Column> columns = design.estimated();
        List<Integer> tested = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            if (!columns.get(j).isConstant() && !space.reduction().held(kept[j])) {
                tested.add(kept[j]);
            }
        }
        int k = tested.size();
        double[] b = new double[k];
        double[][] v = new double[k][k];
        for (int i = 0; i < k; i++) {
            double[] first = space.reduction().map()[tested.get(i)];
            double unit = Math.sqrt(information.covariance(first, first));
            b[i] = psi[tested.get(i)] / unit;
            for (int j = 0; j < k; j++) {
                double[] second = space.reduction().map()[tested.get(j)];
                v[i][j] = information.covariance(first, second) / unit / Math.sqrt(information.covariance(second, second));
            }
        }
        return k == 0 ? Optional.empty() : Cholesky.of(v).map(factor -> {
            double statistic = 0;
            for (double h : factor.solveLower(b)) {
                statistic += h * h;
            }
            return new Test.Wald(statistic, k, Double.POSITIVE_INFINITY, upperTail(statistic, k));
        });
    }

    private Optional<Test.LikelihoodRatio> likelihoodRatio(double value, double fixedValue) {
        int df = space.freeCovarianceParameters();
        if (df == 0 || design.robust()) {
            return Optional.empty();
        }
        double statistic = Math.max(0, 2 * (value - fixedValue));
        double tail = upperTail(statistic, df);
        boolean one = df == 1;
        double p = !one ? tail : statistic == 0 ? 1 : tail / 2;
        return Optional.of(new Test.LikelihoodRatio(statistic, df, one ? "chibar2(01)" : "chi2(" + df + ")", p,
                one ? "" : CONSERVATIVE, choice.fixedModel(), fixedValue));
    }

    private static double upperTail(double statistic, int df) {
        return 1 - new ChiSquaredDistribution(df).cumulativeProbability(statistic);
    }

    private Map<String, List<String>> labels() {
        Map<String, List<String>> labels = new HashMap<>();
        design.sources().forEach(s -> s.labels().ifPresent(l -> labels.put(s.name(), l)));
        if (family instanceof Ordinal ordinal) {
            labels.put(design.spec().fixed().response(), Arrays.stream(ordinal.outcomes()).mapToObj(Ordinal::text).toList());
        }
        return labels;
    }
}
