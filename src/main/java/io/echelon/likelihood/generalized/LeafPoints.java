package io.echelon.likelihood.generalized;

import io.echelon.family.LinearPredictors;
import io.echelon.family.Partials;
import io.echelon.family.PointKernel;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;

/** Log densities of the rows of an innermost node at all points of its integral. */
final class LeafPoints {
    private final Predictor predictor;
    private final ProductRule rule;
    private final int level;
    private final PointKernel kernel;
    private final LinearPredictors at;
    private final LeafPredictors eta;
    private final int predictors;
    private double[] run = new double[16];
    private final Partials onePoint;
    /** Derivatives at all entries of {@link LinearPredictors}. */
    final Partials partials;

    LeafPoints(Predictor predictor, ProductRule rule) {
        this.predictor = predictor;
        this.rule = rule;
        level = predictor.levels - 1;
        double[] ancillary = predictor.parameters.ancillary();
        kernel = predictor.family.kernel(ancillary).orElse(null);
        at = new LinearPredictors(rule.size());
        predictors = predictor.predictors;
        eta = new LeafPredictors(predictor, rule, kernel == null ? Double.NaN : kernel.exponent(), at);
        onePoint = new Partials(ancillary.length, predictors);
        partials = new Partials(ancillary.length, predictors);
    }

    /** Sum of weight × log density over the rows of a node, for each point. */
    void logDensities(int node, NodePlacement place, double[] out) {
        int from = predictor.block.first(level, node);
        int to = predictor.block.first(level, node + 1);
        eta.fill(from, to, place);
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
        eta.fill(from, to, place);
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

}
