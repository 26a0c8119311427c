package io.echelon.estimate.generalized;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Root;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.ParameterPlaces;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.likelihood.generalized.Contribution;
import io.echelon.likelihood.generalized.Loadings;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.spec.LinearConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a generalized model in the forms they take: free ones φ, in which the likelihood is maximised; all of them under
 * the constraints, ψ = Tφ + c; and what the likelihood sees (β, ancillary parameters, roots of the covariance matrices), with
 * the chain rule from these back to φ. ψ holds β, the ancillary parameters, then those of each equation: its unconstrained
 * ones, or variances and covariances themselves where constraints name them.
 */
public final class ParameterSpace {
    private final Design design;
    private final Family family;
    private final List<Level> levels;
    private final List<Effects> equations = new ArrayList<>();
    private final List<EquationParameters> covariances = new ArrayList<>();
    /** For each equation: its level, where its columns start among those of the level, and its parameters in ψ. */
    private final List<Integer> levelOf = new ArrayList<>();
    private final List<Integer> columnOf = new ArrayList<>();
    private final List<Integer> parameterOf = new ArrayList<>();
    private final boolean naturalResidual;
    private final int p;
    private final int m;
    private final int size;
    private final LinearReduction reduction;
    private final Loadings loadings;
    private final List<int[]> loadingPlaces = new ArrayList<>();

    /** Working with the parameters of the tables. */
    public ParameterSpace(Design design, boolean[] omitted, Family family, List<LinearConstraint> constraints) {
        this(design, omitted, family, constraints, Coordinates.none(design));
    }

    /**
     * @param design      the design the rows were packed by
     * @param omitted     which of its coefficients are held at zero because their columns depend on others
     * @param constraints the constraints in force
     * @param coordinates the parameters to work with; of covariances, as far as no constraint names others
     */
    public ParameterSpace(Design design, boolean[] omitted, Family family, List<LinearConstraint> constraints,
                   Coordinates coordinates) {
        this.design = design;
        this.family = family;
        levels = design.levels();
        p = design.estimated().size();
        m = family.ancillary().size();
        int next = p + m;
        for (int l = 0; l < levels.size(); l++) {
            int column = 0;
            for (Effects e : levels.get(l).effects()) {
                equations.add(e);
                levelOf.add(l);
                columnOf.add(column);
                parameterOf.add(next);
                column += e.columns().size();
                next += e.covariance().parameters();
            }
        }
        size = next;
        boolean[] named = new boolean[size];
        List<double[]> rows = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            if (omitted[j]) {
                double[] row = new double[size];
                row[j] = 1;
                rows.add(row);
                right.add(0.0);
                names.add(design.estimated().get(j).name() + ", omitted because of collinearity,");
            }
        }
        ParameterPlaces places = new ParameterPlaces(design, family);
        boolean residual = false;
        for (LinearConstraint c : constraints) {
            double[] row = new double[size];
            for (LinearConstraint.Summand s : c.summands()) {
                int k = places.of(s.parameter(), "constraints()");
                row[k] += s.multiplier();
                residual |= family instanceof Gaussian && k == p;
                named[k] = true;
            }
            rows.add(row);
            right.add(c.value());
            names.add("The constraint on " + c.summands().get(0).parameter().name());
        }
        naturalResidual = residual;
        reduction = coordinates.working() == null ? LinearReduction.of(size, rows, right, names)
                : LinearReduction.in(coordinates.working(), coordinates.inverse(), size, rows, right, names);
        for (int e = 0; e < equations.size(); e++) {
            boolean natural = false;
            for (int k = 0; k < equations.get(e).covariance().parameters(); k++) {
                natural |= named[parameterOf.get(e) + k];
            }
            covariances.add(new EquationParameters(equations.get(e), natural, natural ? null : coordinates.effects().get(e)));
            requireVariances(e);
        }
        loadings = makeLoadings();
    }

    /** Refuses variances that constraints hold below zero. */
    private void requireVariances(int e) {
        for (int k = 0; k < covariances.get(e).size(); k++) {
            int place = parameterOf.get(e) + k;
            if (covariances.get(e).isVariance(k) && reduction.held(place) && reduction.constant()[place] < 0) {
                throw EchelonException.misuse("constraints() hold a variance of level " + levels.get(levelOf.get(e)).variable()
                        + " at " + reduction.constant()[place] + "; variances are not negative");
            }
        }
    }

    private Loadings makeLoadings() {
        List<Integer> rows = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        int at = 0;
        for (int e = 0; e < equations.size(); e++) {
            int q = equations.get(e).columns().size();
            Covariance c = equations.get(e).covariance();
            if (c.parameters() > 0) {
                Root root = covariances.get(e).generic();
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        if (moves(root, i, j)) {
                            rows.add(at + i);
                            columns.add(at + j);
                            loadingPlaces.add(new int[] {e, i, j});
                        }
                    }
                }
            }
            at += q;
        }
        int[] predictors = levels.stream().flatMap(l -> l.columns().stream()).mapToInt(design::predictorOf).toArray();
        return new Loadings(rows.stream().mapToInt(i -> i).toArray(), columns.stream().mapToInt(i -> i).toArray(), predictors);
    }

    private static boolean moves(Root root, int i, int j) {
        for (double[][] d : root.first()) {
            if (d[i][j] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Which elements of the roots the likelihood differentiates in. */
    public Loadings loadings() {
        return loadings;
    }

    /** Elements of ψ, and which of them are free. */
    LinearReduction reduction() {
        return reduction;
    }

    /** Equations of all levels. */
    List<Effects> equations() {
        return equations;
    }

    /** Level of an equation. */
    int levelOf(int equation) {
        return levelOf.get(equation);
    }

    /** Where the parameters of an equation start in ψ. */
    public int parameterOf(int equation) {
        return parameterOf.get(equation);
    }

    /** Number of fixed-effects coefficients. */
    public int coefficients() {
        return p;
    }

    /** Number of ancillary parameters. */
    public int ancillary() {
        return m;
    }

    /** Free parameters of the covariance matrices. */
    int freeCovarianceParameters() {
        return (int) Arrays.stream(reduction.free()).filter(i -> i >= p + m).count();
    }

    /**
     * β, ancillary parameters (of a Gaussian model the residual variance) and natural covariance parameters, all variances
     * of random effects being the given one and covariances zero.
     */
    public double[] natural(double[] beta, double[] ancillary, double variance) {
        double[] all = new double[size];
        System.arraycopy(beta, 0, all, 0, p);
        System.arraycopy(ancillary, 0, all, p, m);
        if (family instanceof Gaussian) {
            all[p] = Math.exp(ancillary[0]);
        }
        for (int e = 0; e < equations.size(); e++) {
            Covariance c = equations.get(e).covariance();
            double[] variances = new double[c.dimension()];
            Arrays.fill(variances, variance);
            double[] theta = c.diagonal(variances);
            System.arraycopy(theta, 0, all, parameterOf.get(e), theta.length);
        }
        return all;
    }

    /** Natural parameters, in the order of {@link #natural(double[], double[], double)}, of free ones. */
    double[] naturals(double[] phi) {
        double[] all = reduction.expand(phi);
        if (family instanceof Gaussian) {
            all[p] = residual(phi).theta()[0];
        }
        for (int e = 0; e < equations.size(); e++) {
            double[] theta = natural(e, phi).theta();
            System.arraycopy(theta, 0, all, parameterOf.get(e), theta.length);
        }
        return all;
    }

    /** φ of natural parameters in the order of {@link #natural}; empty where a covariance matrix is none. */
    public Optional<double[]> start(double[] naturals) {
        double[] psi = naturals.clone();
        if (family instanceof Gaussian && !naturalResidual) {
            psi[p] = Math.log(naturals[p]);
        }
        for (int e = 0; e < equations.size(); e++) {
            int from = parameterOf.get(e);
            Optional<double[]> a = covariances.get(e).of(Arrays.copyOfRange(naturals, from,
                    from + covariances.get(e).size()));
            if (a.isEmpty()) {
                return Optional.empty();
            }
            System.arraycopy(a.get(), 0, psi, from, a.get().length);
        }
        return Optional.of(reduction.reduce(psi)).filter(phi -> Arrays.stream(phi).allMatch(Double::isFinite));
    }

    /** Natural parameters that are variances of random effects. */
    List<Integer> variances() {
        List<Integer> places = new ArrayList<>();
        for (int e = 0; e < equations.size(); e++) {
            for (int k = 0; k < equations.get(e).covariance().parameters(); k++) {
                if (covariances.get(e).isVariance(k)) {
                    places.add(parameterOf.get(e) + k);
                }
            }
        }
        return places;
    }

    /** Shares of the effects of an equation in the linear predictor, given the mean squares of their columns. */
    double[] shares(int e, double[] phi, double[] meanSquares) {
        int from = parameterOf.get(e);
        return covariances.get(e).shares(Arrays.copyOfRange(reduction.expand(phi), from, from + covariances.get(e).size()), meanSquares);
    }

    /** Which free parameters are square roots of variances. */
    boolean[] roots() {
        boolean[] roots = new boolean[reduction.free().length];
        for (int f = 0; f < roots.length; f++) {
            for (int e = 0; e < equations.size(); e++) {
                int k = reduction.free()[f] - parameterOf.get(e);
                roots[f] |= !covariances.get(e).natural() && k >= 0 && k < equations.get(e).covariance().roots();
            }
        }
        return roots;
    }

    private Optional<Root> root(int e, double[] psi) {
        EquationParameters c = covariances.get(e);
        return c.root(Arrays.copyOfRange(psi, parameterOf.get(e), parameterOf.get(e) + c.size()));
    }

    /** What the likelihood sees; empty where a covariance matrix is none. */
    public Optional<Parameters> parameters(double[] phi) {
        double[] psi = reduction.expand(phi);
        double[] beta = Arrays.copyOf(psi, p);
        double[] ancillary = Arrays.copyOfRange(psi, p, p + m);
        if (naturalResidual) {
            if (!(psi[p] > 0)) {
                return Optional.empty();
            }
            ancillary[0] = Math.log(psi[p]);
        }
        double[][] roots = new double[levels.size()][];
        for (int l = 0; l < roots.length; l++) {
            int q = levels.get(l).columns().size();
            roots[l] = new double[q * q];
        }
        for (int e = 0; e < equations.size(); e++) {
            Optional<Root> root = root(e, psi);
            if (root.isEmpty()) {
                return Optional.empty();
            }
            double[][] r = root.get().value();
            int q = levels.get(levelOf.get(e)).columns().size();
            int at = columnOf.get(e);
            for (int i = 0; i < r.length; i++) {
                System.arraycopy(r[i], 0, roots[levelOf.get(e)], (at + i) * q + at, r.length);
            }
        }
        return Optional.of(new Parameters(beta, ancillary, roots));
    }

    /** Derivatives of what the likelihood differentiates in (rows) with respect to ψ (columns). */
    private double[][] jacobian(double[] psi) {
        double[][] k = new double[p + m + loadings.size()][size];
        for (int i = 0; i < p + m; i++) {
            k[i][i] = naturalResidual && i == p ? 1 / psi[p] : 1;
        }
        for (int e = 0; e < equations.size(); e++) {
            Root root = root(e, psi).orElseThrow();
            for (int g = 0; g < loadings.size(); g++) {
                int[] at = loadingPlaces.get(g);
                if (at[0] == e) {
                    for (int i = 0; i < root.first().length; i++) {
                        k[p + m + g][parameterOf.get(e) + i] = root.first()[i][at[1]][at[2]];
                    }
                }
            }
        }
        return k;
    }

    /** Gradient in φ. */
    double[] gradient(double[] phi, double[] gradient) {
        return Quadratic.transposedTimes(jacobianInFree(phi), gradient);
    }

    /** Derivatives of what the likelihood differentiates in (rows) with respect to φ (columns). */
    public double[][] jacobianInFree(double[] phi) {
        double[][] k = jacobian(reduction.expand(phi));
        double[][] out = new double[k.length][phi.length];
        for (int i = 0; i < k.length; i++) {
            for (int j = 0; j < size; j++) {
                if (k[i][j] != 0) {
                    for (int f = 0; f < phi.length; f++) {
                        out[i][f] += k[i][j] * reduction.map()[j][f];
                    }
                }
            }
        }
        return out;
    }

    /** Hessian in φ. */
    double[][] hessian(double[] phi, Contribution c) {
        double[][] h = Quadratic.sandwich(jacobianInFree(phi), c.hessian());
        double[] psi = reduction.expand(phi);
        double[][] curved = new double[size][size];
        if (naturalResidual) {
            curved[p][p] -= c.gradient()[p] / (psi[p] * psi[p]);
        }
        for (int e = 0; e < equations.size(); e++) {
            double[][][][] second = root(e, psi).orElseThrow().second();
            for (int g = 0; second != null && g < loadings.size(); g++) {
                int[] at = loadingPlaces.get(g);
                if (at[0] == e) {
                    for (int i = 0; i < second.length; i++) {
                        for (int j = 0; j < second.length; j++) {
                            curved[parameterOf.get(e) + i][parameterOf.get(e) + j] +=
                                    c.gradient()[p + m + g] * second[i][j][at[1]][at[2]];
                        }
                    }
                }
            }
        }
        double[][] t = reduction.map();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (curved[i][j] != 0) {
                    for (int f = 0; f < phi.length; f++) {
                        for (int g = 0; g < phi.length; g++) {
                            h[f][g] += t[i][f] * curved[i][j] * t[j][g];
                        }
                    }
                }
            }
        }
        return h;
    }

    /** Variances and covariances of an equation, with their derivatives in φ (one row each). */
    public Natural natural(int e, double[] phi) {
        EquationParameters c = covariances.get(e);
        double[] psi = reduction.expand(phi);
        double[] a = Arrays.copyOfRange(psi, parameterOf.get(e), parameterOf.get(e) + c.size());
        double[][] d = c.jacobian(a);
        double[][] inFree = new double[a.length][phi.length];
        for (int k = 0; k < a.length; k++) {
            for (int i = 0; i < a.length; i++) {
                for (int f = 0; f < phi.length; f++) {
                    inFree[k][f] += d[k][i] * reduction.map()[parameterOf.get(e) + i][f];
                }
            }
        }
        return new Natural(c.natural(a), inFree);
    }

    /** Natural parameters and their derivatives in φ. */
    record Natural(double[] theta, double[][] derivatives) {}

    /** Derivatives of natural parameters, in the order of {@link #natural(double[], double[], double)}, in φ. */
    public double[][] naturalsInFree(double[] phi) {
        double[][] all = new double[size][];
        for (int i = 0; i < p + m; i++) {
            all[i] = family instanceof Gaussian && i == p ? residual(phi).derivatives()[0] : reduction.map()[i];
        }
        for (int e = 0; e < equations.size(); e++) {
            double[][] own = natural(e, phi).derivatives();
            System.arraycopy(own, 0, all, parameterOf.get(e), own.length);
        }
        return all;
    }

    /** The residual variance of a Gaussian model, with its derivatives in φ. */
    Natural residual(double[] phi) {
        double psi = reduction.expand(phi)[p];
        double variance = naturalResidual ? psi : Math.exp(psi);
        double[] d = reduction.map()[p].clone();
        for (int f = 0; f < d.length && !naturalResidual; f++) {
            d[f] *= variance;
        }
        return new Natural(new double[] {variance}, new double[][] {d});
    }
}
