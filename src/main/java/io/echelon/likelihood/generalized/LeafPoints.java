package io.echelon.likelihood.generalized;

import io.echelon.family.LinearPredictors;
import io.echelon.family.Partials;
import io.echelon.family.PointKernel;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;

/**
 * Log densities of the rows of an innermost node at all points of its integral. With points v_k = μ + C x_k, η of row i is
 * η_i + ζ_i'μ + Σ_d t_d x_kd, t = C'ζ_i: as x_kd takes few values, e^η is a product of few exponentials, and rows with the same ζ
 * share all but one of theirs.
 */
final class LeafPoints {
    private final Predictor predictor;
    private final ProductRule rule;
    private final int level;
    private final int q;
    private final PointKernel kernel;
    private final LinearPredictors at;
    private final int predictors;
    /** For each linear predictor: t; Σ_d t_d x_kd for each point, the largest size of it, and its exponential. */
    private final double[][] slope;
    private final double[][] shift;
    private final double[] widest;
    private final double[][] factor;
    private final double[] one;
    private double[] run = new double[16];
    private final Partials onePoint;
    /** Derivatives at all entries of {@link LinearPredictors}. */
    final Partials partials;

    LeafPoints(Predictor predictor, ProductRule rule) {
        this.predictor = predictor;
        this.rule = rule;
        level = predictor.levels - 1;
        q = predictor.q[level];
        double[] ancillary = predictor.parameters.ancillary();
        kernel = predictor.family.kernel(ancillary).orElse(null);
        at = new LinearPredictors(rule.size());
        predictors = predictor.predictors;
        slope = new double[predictors][q];
        shift = new double[predictors][rule.size()];
        widest = new double[predictors];
        factor = new double[predictors][rule.size()];
        one = new double[rule.points()];
        onePoint = new Partials(ancillary.length, predictors);
        partials = new Partials(ancillary.length, predictors);
    }

    /** Sum of weight × log density over the rows of a node, for each point. */
    void logDensities(int node, NodePlacement place, double[] out) {
        int from = predictor.block.first(level, node);
        int to = predictor.block.first(level, node + 1);
        fill(from, to, place);
        if (at.bounded()) {
            Arrays.fill(out, 0);
            kernel.addSums(predictor.block.response(), from, to, at, predictor.block.weights(), out);
            return;
        }
        room(to - from);
        for (int k = 0; k < rule.size(); k++) {
            at.at(k, (to - from) * predictors, run);
            out[k] = predictor.family.sum(predictor.block.response(), from, to, run, predictor.parameters.ancillary(),
                    predictor.block.weights(), onePoint);
        }
    }

    /** First and second derivatives of the log densities of the rows of a node at each point, into {@link #partials}. */
    void derivatives(int node, NodePlacement place) {
        int from = predictor.block.first(level, node);
        int to = predictor.block.first(level, node + 1);
        int n = to - from;
        fill(from, to, place);
        partials.ensure(n * rule.size());
        if (at.bounded()) {
            kernel.derivatives(predictor.block.response(), from, to, at, partials);
            return;
        }
        room(n);
        for (int k = 0; k < rule.size(); k++) {
            at.at(k, n * predictors, run);
            predictor.family.evaluate(predictor.block.response(), from, to, run, predictor.parameters.ancillary(), 2, onePoint);
            spread(onePoint.d1, partials.d1, n * predictors, k);
            spread(onePoint.d2, partials.d2, n * predictors * (predictors + 1) / 2, k);
            for (int a = 0; a < partials.a.length; a++) {
                spread(onePoint.a[a], partials.a[a], n, k);
                spread(onePoint.ea[a], partials.ea[a], n, k);
            }
            for (int a = 0; a < partials.aa.length; a++) {
                spread(onePoint.aa[a], partials.aa[a], n, k);
            }
        }
    }

    private void spread(double[] from, double[] to, int n, int point) {
        for (int i = 0, k = point; i < n; i++, k += rule.size()) {
            to[k] = from[i];
        }
    }

    private void room(int n) {
        onePoint.ensure(n);
        if (run.length < n * predictors) {
            run = new double[Math.max(n * predictors, 2 * run.length)];
        }
    }

    private void fill(int from, int to, NodePlacement place) {
        int points = rule.size();
        at.ensure((to - from) * predictors);
        double[] eta = at.eta();
        double[] exponential = at.exponential();
        double[] base = predictor.eta[level];
        double[] zeta = predictor.zeta;
        int total = predictor.start[predictor.levels];
        int first = predictor.start[level];
        double s = kernel == null ? 0 : kernel.exponent();
        boolean bounded = kernel != null;
        for (double[] t : slope) {
            Arrays.fill(t, Double.NaN);
        }
        int e = 0;
        for (int i = from * predictors, k = 0; i < to * predictors; i++, k += points) {
            int z = i * total + first;
            double c = base[i];
            boolean same = true;
            for (int d = 0; d < q; d++) {
                c += zeta[z + d] * place.centre[d];
                double t = 0;
                for (int r = d; r < q; r++) {
                    t += zeta[z + r] * place.factor[r * q + d];
                }
                same &= t == slope[e][d];
                slope[e][d] = t;
            }
            if (!same) {
                tabulate(e, s);
            }
            double[] added = shift[e];
            for (int j = 0; j < points; j++) {
                eta[k + j] = c + added[j];
            }
            bounded = bounded && Math.abs(s) * (Math.abs(c) + widest[e]) <= LinearPredictors.BOUND;
            if (bounded && s != 0) {
                double own = Math.exp(s * c);
                double[] times = factor[e];
                for (int j = 0; j < points; j++) {
                    exponential[k + j] = own * times[j];
                }
            }
            e = e + 1 == predictors ? 0 : e + 1;
        }
        at.bounded(bounded);
    }

    /** Fills {@link #shift} and {@link #factor} for the slopes of a linear predictor, dimension by dimension, the last running fastest. */
    private void tabulate(int linear, double s) {
        double[] shift = this.shift[linear];
        double[] factor = this.factor[linear];
        double[] slope = this.slope[linear];
        int points = rule.points();
        int last = points - 1;
        shift[0] = 0;
        factor[0] = 1;
        widest[linear] = 0;
        for (int d = 0, size = 1; d < q; d++, size *= points) {
            double t = slope[d];
            widest[linear] += Math.abs(t * rule.abscissa(last));
            if (s != 0) {
                for (int j = 0; j <= last / 2; j++) {
                    double e = Math.exp(s * t * rule.abscissa(j));
                    one[last - j] = 1 / e;
                    one[j] = e;
                }
            }
            for (int i = size - 1; i >= 0; i--) {
                double a = shift[i];
                double e = factor[i];
                for (int j = last; j >= 0; j--) {
                    shift[i * points + j] = a + t * rule.abscissa(j);
                    factor[i * points + j] = e * one[j];
                }
            }
        }
    }
}
