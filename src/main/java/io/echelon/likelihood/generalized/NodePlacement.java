package io.echelon.likelihood.generalized;

import io.echelon.linalg.ElementaryFunctions;
import io.echelon.linalg.SquareRoot;
import io.echelon.quadrature.Integration;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;

/**
 * Places the nodes of a rule for one integral ∫ exp(G(v)) φ(v) dv over q standard normals: v_k = μ + C x_k, with log weights
 * log w_k + x_k'x_k/2 + log|C| − v_k'v_k/2. In the mean-variance method μ and CC' are the mean and covariance of the
 * density exp(G)φ as the rule itself finds them, iterated until they settle (J. C. Naylor and A. F. M. Smith, Applied Statistics 31,
 * 1982).
 */
final class NodePlacement {
    private static final int MAX_ITERATIONS = 200;
    /** Iterations after which a start from an earlier placement is given up. */
    private static final int MAX_REFINEMENTS = 50;
    /** Change of the mean, and of the factor, in units of the factor at which nodes have settled. */
    static final double SETTLED = 1e-8;
    /** Changes below this shrink steadily. */
    private static final double FAST = 1e-3;
    /** Accuracy of nested integrals in units of the last change. */
    private static final double NESTED = 0.03;
    /** An earlier placement that changes by more at once was not near. */
    private static final double NEAR = 1;

    private final Integration.Method method;
    private final ProductRule rule;
    private final int q;
    /** Centre μ and factor C (lower, q×q) of the nodes now in place. */
    final double[] centre;
    final double[] factor;
    /** G at the nodes, turned into posterior weights that sum to 1. */
    final double[] weight;
    /** Nodes × q: the nodes now in place. */
    private final double[] points;
    /** Exponents of the weights, with room for whole vectors. */
    private final double[] powers;
    /** Change at which the nodes of integrals nested in this one may count as settled. */
    double accuracy;
    private final double[] nextCentre;
    private final double[] nextFactor;
    private final double[] startCentre;
    private final double[] startFactor;

    NodePlacement(Integration.Method method, ProductRule rule) {
        this.method = method;
        this.rule = rule;
        q = rule.dimension();
        centre = new double[q];
        factor = new double[q * q];
        weight = new double[rule.size()];
        points = new double[rule.size() * q];
        powers = new double[ElementaryFunctions.room(rule.size())];
        nextCentre = new double[q];
        nextFactor = new double[q * q];
        startCentre = new double[q];
        startFactor = new double[q * q];
    }

    /** G at all nodes of a placement. */
    interface LogDensities {
        void fill(NodePlacement place, double[] g);
    }

    /** Coordinates of node k into {@code out} from the given place. */
    void node(int k, double[] out, int at) {
        for (int i = 0; i < q; i++) {
            double s = centre[i];
            for (int j = 0; j <= i; j++) {
                s += factor[i * q + j] * rule.node(k, j);
            }
            out[at + i] = s;
        }
    }

    /**
     * The log of the integral. Before the call {@link #centre} and {@link #factor} hold mode and curvature; after it the place of the
     * nodes, and {@link #weight} their posterior weights.
     *
     * @param tolerance change at which nodes count as settled
     */
    double logIntegral(LogDensities g, double tolerance) {
        if (method == Integration.Method.NONADAPTIVE) {
            Arrays.fill(centre, 0);
            Arrays.fill(factor, 0);
            for (int i = 0; i < q; i++) {
                factor[i * q + i] = 1;
            }
        }
        accuracy = tolerance;
        if (method != Integration.Method.MEAN_VARIANCE || rule.size() == 1) {
            return evaluate(g);
        }
        System.arraycopy(centre, 0, startCentre, 0, q);
        System.arraycopy(factor, 0, startFactor, 0, q * q);
        double value = settle(g, MAX_ITERATIONS, Double.POSITIVE_INFINITY, tolerance);
        if (!Double.isNaN(value)) {
            return value;
        }
        System.arraycopy(startCentre, 0, centre, 0, q);
        System.arraycopy(startFactor, 0, factor, 0, q * q);
        accuracy = tolerance;
        return evaluate(g);
    }

    /**
     * The same from an earlier placement in {@link #centre} and {@link #factor}, which the mean-variance method forgets as it settles;
     * NaN where that was not near or leads nowhere.
     */
    double fromEarlier(LogDensities g, double tolerance) {
        return settle(g, MAX_REFINEMENTS, NEAR, tolerance);
    }

    /** Integrals nested in this one are found the more accurately the nearer its own nodes are to rest. */
    private double settle(LogDensities g, int iterations, double nearest, double tolerance) {
        accuracy = Math.max(tolerance, FAST);
        double value = evaluate(g);
        double previous = Double.NaN;
        for (int i = 0; i < iterations && Double.isFinite(value) && moments(); i++) {
            double change = change();
            if (change <= tolerance && accuracy <= tolerance) {
                return value;
            }
            if (change > nearest) {
                return Double.NaN;
            }
            // The iteration converges linearly: the next change will be about this one's share of the last.
            boolean last = change < FAST && change * (change / previous) <= tolerance / 10;
            accuracy = last ? tolerance : Math.max(tolerance, Math.min(FAST, NESTED * change));
            previous = change;
            System.arraycopy(nextCentre, 0, centre, 0, q);
            System.arraycopy(nextFactor, 0, factor, 0, q * q);
            value = evaluate(g);
            if (last && Double.isFinite(value)) {
                return value;
            }
        }
        return Double.NaN;
    }

    private double evaluate(LogDensities g) {
        for (int k = 0; k < weight.length; k++) {
            node(k, points, k * q);
        }
        g.fill(this, weight);
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < weight.length; k++) {
            double half = 0;
            for (int i = k * q; i < (k + 1) * q; i++) {
                half += points[i] * points[i];
            }
            double power = weight[k] + (rule.logWeight(k) + rule.halfSquare(k) - 0.5 * half);
            // A log density that is not a number (no density at this node) has no weight.
            powers[k] = Double.isNaN(power) ? Double.NEGATIVE_INFINITY : power;
            max = Math.max(max, powers[k]);
        }
        for (int k = 0; k < weight.length; k++) {
            powers[k] -= max;
        }
        ElementaryFunctions.fastest().exp(powers, weight.length);
        double sum = 0;
        for (int k = 0; k < weight.length; k++) {
            sum += powers[k];
        }
        for (int k = 0; k < weight.length; k++) {
            weight[k] = powers[k] / sum;
        }
        return max + Math.log(sum) + SquareRoot.halfLogDeterminant(factor, 0, q);
    }

    private boolean moments() {
        Arrays.fill(nextCentre, 0);
        Arrays.fill(nextFactor, 0);
        for (int k = 0; k < weight.length; k++) {
            for (int i = 0; i < q; i++) {
                nextCentre[i] += weight[k] * points[k * q + i];
            }
        }
        for (int k = 0; k < weight.length; k++) {
            for (int i = 0; i < q; i++) {
                double d = weight[k] * (points[k * q + i] - nextCentre[i]);
                for (int j = 0; j <= i; j++) {
                    nextFactor[i * q + j] += d * (points[k * q + j] - nextCentre[j]);
                }
            }
        }
        return SquareRoot.decompose(nextFactor, 0, q);
    }

    /** Largest change of the mean and of the factor, in units of the factor. */
    private double change() {
        double change = 0;
        for (int i = 0; i < q; i++) {
            double scale = 0;
            for (int j = 0; j <= i; j++) {
                scale += Math.abs(nextFactor[i * q + j]);
            }
            change = Math.max(change, Math.abs(nextCentre[i] - centre[i]) / scale);
            for (int j = 0; j <= i; j++) {
                change = Math.max(change, Math.abs(nextFactor[i * q + j] - factor[i * q + j]) / scale);
            }
        }
        return change;
    }
}
