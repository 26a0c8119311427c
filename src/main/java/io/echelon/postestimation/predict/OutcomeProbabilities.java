package io.echelon.postestimation.predict;

import io.echelon.error.EchelonException;
import io.echelon.family.Multinomial;
import io.echelon.linalg.Packed;
import io.echelon.linalg.PivotedCholesky;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;
import java.util.List;

/**
 * The probability of an outcome of a multinomial model, and its mean over random effects with which the linear predictors are
 * normal, N(η, V); with the first and second derivatives in η. Means are taken by Gauss-Hermite quadrature over as many dimensions
 * as V has. As the mean is a convolution with a normal density, its derivative in V_ee is half the second one in η_e, and in V_ef
 * that in η_e and η_f. For use by one thread.
 */
final class OutcomeProbabilities {
    /** The most points in each dimension, by the number of dimensions. */
    private static final int[] POINTS = {1, 61, 21, 11, 7, 5, 4, 3, 3};

    /** Points in each dimension, and how many more for each unit of standard deviation. */
    private static final int FEWEST = 7;
    private static final int EACH = 8;

    private final Multinomial family;
    private final int predictors;
    private final double[] eta;
    private final double[] p;
    private final double[] others;
    private final double[] first;
    private final double[] second;
    private ProductRule rule;

    OutcomeProbabilities(Multinomial family) {
        this.family = family;
        predictors = family.predictors();
        eta = new double[predictors];
        p = new double[predictors];
        others = new double[predictors];
        first = new double[predictors];
        second = new double[Packed.size(predictors)];
    }

    /**
     * The mean probability; its derivatives go to {@link #first} and {@link #second}.
     *
     * @param outcome  number of the outcome, from 0
     * @param at       η
     * @param variance V, the packed lower triangle
     */
    double at(int outcome, double[] at, double[] variance) {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        List<double[]> factor = PivotedCholesky.columns(variance, predictors);
        if (factor.isEmpty()) {
            return add(outcome, at, 1);
        }
        ProductRule points = rule(factor.size(), variance);
        double mean = 0;
        for (int k = 0; k < points.size(); k++) {
            System.arraycopy(at, 0, eta, 0, predictors);
            for (int d = 0; d < factor.size(); d++) {
                for (int e = 0; e < predictors; e++) {
                    eta[e] += factor.get(d)[e] * points.node(k, d);
                }
            }
            mean += add(outcome, eta, Math.exp(points.logWeight(k)));
        }
        return mean;
    }

    /** The wider the random effects, the more points. */
    private ProductRule rule(int dimension, double[] variance) {
        if (dimension >= POINTS.length) {
            throw EchelonException.misuse("probabilities marginal with respect to the random effects are available for at most "
                    + (POINTS.length - 1) + " of them that vary apart, and this model has " + dimension
                    + "; ask for conditional(fixedonly), or conditional(ebmeans) in predict");
        }
        double widest = 0;
        for (int e = 0; e < predictors; e++) {
            widest = Math.max(widest, variance[Packed.index(e, e)]);
        }
        int points = Math.min(POINTS[dimension], FEWEST + (int) Math.ceil(EACH * Math.sqrt(widest)));
        if (rule == null || rule.dimension() != dimension || rule.points() != points) {
            rule = ProductRule.of(points, dimension);
        }
        return rule;
    }

    /** Weight × the probability; adds that weight of the derivatives: p_k(1[k=e] − p_e), and so on. */
    private double add(int outcome, double[] at, double weight) {
        family.probabilities(at, 0, p, others);
        int own = family.predictor(outcome);
        double probability = weight * (own < 0 ? Math.exp(-logDenominator(at)) : p[own]);
        for (int e = 0, t = 0; e < predictors; e++) {
            double slope = e == own ? others[e] : -p[e];
            first[e] += probability * slope;
            for (int f = 0; f < e; f++) {
                second[t++] += probability * (slope * (f == own ? others[f] : -p[f]) + p[e] * p[f]);
            }
            second[t++] += probability * (slope * slope - p[e] * others[e]);
        }
        return probability;
    }

    /** log(1 + Σ exp(η)). */
    private static double logDenominator(double[] at) {
        double most = Math.max(0, Arrays.stream(at).max().orElse(0));
        double sum = Math.exp(-most);
        for (double e : at) {
            sum += Math.exp(e - most);
        }
        return most + Math.log(sum);
    }

    /** Means of ∂/∂η_e. */
    double[] first() {
        return first;
    }

    /** Means of ∂²/∂η_e∂η_f, the packed lower triangle. */
    double[] second() {
        return second;
    }
}
