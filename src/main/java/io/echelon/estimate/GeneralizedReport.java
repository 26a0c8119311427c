package io.echelon.estimate;

import io.echelon.covariance.Covariance;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.fit.Certificate;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.Iteration;
import io.echelon.fit.ParameterCovariance;
import io.echelon.fit.Test;
import io.echelon.fit.VarianceComponent;
import io.echelon.linalg.Cholesky;
import io.echelon.optimize.Maximizer;
import io.echelon.optimize.Objective;
import io.echelon.quadrature.Integration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Turns the end of a maximisation into the saved results. */
final class GeneralizedReport {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    /** A variance below this share of the largest is at its boundary. */
    private static final double BOUNDARY = 1e-10;

    private final Design design;
    private final FamilyChoice choice;
    private final Family family;
    private final ResponseScan scan;
    private final ParameterSpace space;
    private final Integration integration;
    private final List<Iteration> iterations;
    private final double z;
    private final List<String> boundary = new ArrayList<>();
    private double[] phi;
    private double[][] covariance;

    GeneralizedReport(Design design, FamilyChoice choice, Family family, ResponseScan scan, ParameterSpace space,
                      Integration integration, List<Iteration> iterations) {
        this.design = design;
        this.choice = choice;
        this.family = family;
        this.scan = scan;
        this.space = space;
        this.integration = integration;
        this.iterations = iterations;
        z = NORMAL.inverseCumulativeProbability(0.5 + design.spec().display().level() / 200);
    }

    GeneralizedFit fit(Maximizer.Result end, double fixedValue) {
        Objective.Point point = end.point();
        phi = point.parameters();
        List<String> warnings = new ArrayList<>();
        boolean definite = invert(point);
        if (!end.convergence().converged()) {
            warnings.add(end.convergence().sentence());
        }
        List<VarianceComponent> components = components(false);
        Estimates estimates = new Estimates(design.spec(), choice.title(), integration.method().text(), scan.rows(), groups(),
                point.value(), end.convergence().converged(), iterations, coefficients(), components, components(true),
                estimationMetric(), vcov(), wald(), likelihoodRatio(point.value(), fixedValue),
                new Certificate(scaledGradient(point), definite, boundary, warnings), design.notes(), labels());
        return new GeneralizedFit(design, estimates);
    }

    /** Observed information inverted; parameters at a boundary, where it has no curvature, are left out. */
    private boolean invert(Objective.Point point) {
        int n = phi.length;
        double[][] information = point.hessian();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (-information[i][i] > 0) {
                kept.add(i);
            }
        }
        covariance = new double[n][n];
        double[][] negative = new double[kept.size()][kept.size()];
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j < kept.size(); j++) {
                negative[i][j] = -information[kept.get(i)][kept.get(j)];
            }
        }
        Optional<Cholesky> factor = Cholesky.of(negative);
        factor.ifPresent(f -> {
            double[][] inverse = f.inverse();
            for (int i = 0; i < kept.size(); i++) {
                for (int j = 0; j < kept.size(); j++) {
                    covariance[kept.get(i)][kept.get(j)] = inverse[i][j];
                }
            }
        });
        return factor.isPresent() && kept.size() == n;
    }

    private double scaledGradient(Objective.Point point) {
        double[] g = point.gradient();
        double s = 0;
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                s += g[i] * covariance[i][j] * g[j];
            }
        }
        return s;
    }

    private List<GroupSummary> groups() {
        List<GroupSummary> all = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            all.add(new GroupSummary(design.levels().get(l).pathName(), scan.nodes(l), scan.smallest(l),
                    (double) scan.rows() / scan.nodes(l), scan.largest(l)));
        }
        return all;
    }

    private double standardError(double[] derivatives) {
        double s = 0;
        for (int i = 0; i < phi.length; i++) {
            for (int j = 0; j < phi.length; j++) {
                s += derivatives[i] * covariance[i][j] * derivatives[j];
            }
        }
        return s > 0 ? Math.sqrt(s) : Double.NaN;
    }

    private List<Coefficient> coefficients() {
        double[] psi = space.reduction().expand(phi);
        String response = design.spec().fixed().response();
        List<Coefficient> all = new ArrayList<>();
        int j = 0;
        for (Column c : design.fixed()) {
            all.add(c.status() == Column.Status.ESTIMATED ? coefficient(response, c.name(), psi, j++)
                    : new Coefficient(response, c.name(), c.status(), 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                            Double.NaN, Double.NaN));
        }
        for (int a = 0; a < space.ancillary() && !(family instanceof Gaussian); a++) {
            all.add(coefficient("", family.ancillary().get(a), psi, space.coefficients() + a));
        }
        return all;
    }

    private Coefficient coefficient(String equation, String name, double[] psi, int place) {
        double b = psi[place];
        double se = standardError(space.reduction().map()[place]);
        double t = b / se;
        double tail = 2 * NORMAL.cumulativeProbability(-Math.abs(t));
        return new Coefficient(equation, name, Column.Status.ESTIMATED, b, se, t, Double.NaN,
                Double.isNaN(t) ? Double.NaN : tail, b - z * se, b + z * se);
    }

    /** Variances and covariances, or standard deviations and correlations. */
    private List<VarianceComponent> components(boolean deviations) {
        List<VarianceComponent> all = new ArrayList<>();
        int[] block = new int[design.levels().size()];
        for (int e = 0; e < space.equations().size(); e++) {
            Effects effects = space.equations().get(e);
            Level level = design.levels().get(space.levelOf(e));
            ParameterSpace.Natural natural = space.natural(e, phi);
            double[][] sigma = effects.covariance().matrix(natural.theta());
            for (Covariance.Component c : ParameterNames.components(effects)) {
                String label = deviations ? c.deviationLabel() : c.label();
                String term = label.substring(0, label.length() - 1) + "[" + level.pathName() + "])";
                all.add(component(level.pathName(), block[space.levelOf(e)], effects.covariance(), label, term, sigma, natural,
                        c, deviations));
            }
            block[space.levelOf(e)]++;
        }
        if (family instanceof Gaussian) {
            ParameterSpace.Natural residual = space.residual(phi);
            String name = ParameterNames.residual(design);
            String label = deviations ? "sd" + name.substring(3) : name;
            all.add(variance("Residual", 0, "", label, label, residual.theta()[0], residual.derivatives()[0], deviations));
        }
        return all;
    }

    private VarianceComponent component(String level, int block, Covariance structure, String label, String term,
                                        double[][] sigma, ParameterSpace.Natural natural, Covariance.Component c,
                                        boolean deviations) {
        double[] d = derivatives(structure, natural, c.row(), c.column());
        double value = sigma[c.row()][c.column()];
        if (c.variance()) {
            if (isFree(d) ? value <= BOUNDARY : false) {
                boundary.add(term);
            }
            return variance(level, block, structure.title(), label, term, value, d, deviations);
        }
        if (!deviations) {
            double se = standardError(d);
            return new VarianceComponent(level, block, structure.title(), label, term, value, se, value - z * se,
                    value + z * se);
        }
        double v1 = sigma[c.row()][c.row()];
        double v2 = sigma[c.column()][c.column()];
        double r = value / Math.sqrt(v1 * v2);
        double[] d1 = derivatives(structure, natural, c.row(), c.row());
        double[] d2 = derivatives(structure, natural, c.column(), c.column());
        for (int i = 0; i < d.length; i++) {
            d[i] = d[i] / Math.sqrt(v1 * v2) - 0.5 * r * (d1[i] / v1 + d2[i] / v2);
        }
        double se = standardError(d);
        double atanh = 0.5 * Math.log((1 + r) / (1 - r));
        double half = z * se / (1 - r * r);
        return new VarianceComponent(level, block, structure.title(), label, term, r, se, Math.tanh(atanh - half),
                Math.tanh(atanh + half));
    }

    private boolean isFree(double[] derivatives) {
        for (int f = 0; f < space.reduction().free().length; f++) {
            if (derivatives[f] != 0) {
                return true;
            }
        }
        return false;
    }

    private double[] derivatives(Covariance structure, ParameterSpace.Natural natural, int row, int column) {
        double[] d = new double[phi.length];
        for (int k = 0; k < natural.theta().length; k++) {
            double b = structure.basis(k)[row][column];
            for (int f = 0; f < d.length; f++) {
                d[f] += b * natural.derivatives()[k][f];
            }
        }
        return d;
    }

    /** A variance (or its square root) with an interval on the log scale. */
    private VarianceComponent variance(String level, int block, String title, String label, String term, double variance,
                                       double[] derivatives, boolean deviation) {
        double value = deviation ? Math.sqrt(variance) : variance;
        double se = standardError(derivatives) * (deviation ? 0.5 / value : 1);
        double ratio = Math.exp(z * se / value);
        return new VarianceComponent(level, block, title, label, term, value, se, value / ratio, value * ratio);
    }

    /** The free parameters of the covariance matrices as they are maximised. */
    private List<VarianceComponent> estimationMetric() {
        double[] psi = space.reduction().expand(phi);
        List<VarianceComponent> all = new ArrayList<>();
        for (int e = 0; e < space.equations().size(); e++) {
            Level level = design.levels().get(space.levelOf(e));
            int k = space.equations().get(e).covariance().parameters();
            for (int i = 0; i < k; i++) {
                int place = space.parameterOf(e) + i;
                String name = "/" + level.pathName() + ":" + (e + 1) + "_" + (i + 1);
                double se = standardError(space.reduction().map()[place]);
                all.add(new VarianceComponent(level.pathName(), e, "", name, name, psi[place], se, psi[place] - z * se,
                        psi[place] + z * se));
            }
        }
        if (family instanceof Gaussian) {
            double[] d = space.reduction().map()[space.coefficients()];
            double b = psi[space.coefficients()];
            double se = standardError(d);
            all.add(new VarianceComponent("Residual", 0, "", "lnsig2_e", "lnsig2_e", b, se, b - z * se, b + z * se));
        }
        return all;
    }

    private ParameterCovariance vcov() {
        List<String> names = new ArrayList<>();
        design.estimated().forEach(c -> names.add(c.name()));
        names.addAll(family instanceof Gaussian ? List.of() : family.ancillary());
        estimationMetric().forEach(v -> names.add(v.term()));
        double[][] map = space.reduction().map();
        int n = map.length;
        int[] order = order(n);
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int f = 0; f < phi.length; f++) {
                    for (int g = 0; g < phi.length; g++) {
                        v[i][j] += map[order[i]][f] * covariance[f][g] * map[order[j]][g];
                    }
                }
            }
        }
        return new ParameterCovariance(names, v);
    }

    /** The residual variance stands last. */
    private int[] order(int n) {
        int[] order = new int[n];
        int at = 0;
        for (int i = 0; i < n; i++) {
            if (!(family instanceof Gaussian && i == space.coefficients())) {
                order[at++] = i;
            }
        }
        if (at < n) {
            order[at] = space.coefficients();
        }
        return order;
    }

    /** All coefficients but the constant that are not held at a value. */
    private Optional<Test.Wald> wald() {
        double[] psi = space.reduction().expand(phi);
        List<Column> columns = design.estimated();
        List<Integer> tested = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            if (!columns.get(j).isConstant() && !space.reduction().held(j)) {
                tested.add(j);
            }
        }
        if (tested.isEmpty()) {
            return Optional.empty();
        }
        int k = tested.size();
        double[][] v = new double[k][k];
        double[] b = new double[k];
        ParameterCovariance all = vcov();
        for (int i = 0; i < k; i++) {
            b[i] = psi[tested.get(i)];
            for (int j = 0; j < k; j++) {
                v[i][j] = all.matrix()[tested.get(i)][tested.get(j)];
            }
        }
        return Cholesky.of(v).map(f -> {
            double[] w = f.solveLower(b);
            double chi2 = 0;
            for (double x : w) {
                chi2 += x * x;
            }
            return new Test.Wald(chi2, k, Double.NaN, upperTail(chi2, k));
        });
    }

    private Optional<Test.LikelihoodRatio> likelihoodRatio(double value, double fixedValue) {
        int df = space.freeCovarianceParameters();
        if (df == 0) {
            return Optional.empty();
        }
        double chi2 = Math.max(0, 2 * (value - fixedValue));
        boolean mixture = df == 1;
        double p = mixture ? (chi2 == 0 ? 1 : 0.5 * upperTail(chi2, 1)) : upperTail(chi2, df);
        return Optional.of(new Test.LikelihoodRatio(chi2, df, mixture ? "chibar2(01)" : "chi2(" + df + ")", p,
                mixture ? "" : "LR test is conservative and provided only for reference.", choice.fixedModel(), fixedValue));
    }

    private static double upperTail(double chi2, int df) {
        return 1 - new ChiSquaredDistribution(df).cumulativeProbability(chi2);
    }

    private Map<String, List<String>> labels() {
        return Map.of();
    }
}
