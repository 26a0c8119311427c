package io.echelon.likelihood.generalized;

import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;

/** The log density of the rows of an innermost node, with its gradient and negative Hessian in the normals v of the path to it. */
final class LeafCurvature {
    private final Predictor predictor;
    private final GroupBlock block;
    private final int total;
    private final int own;
    private final NodeSystem system;
    private boolean dropped;

    LeafCurvature(Predictor predictor, NodeSystem system) {
        this.system = system;
        this.predictor = predictor;
        block = predictor.block;
        total = predictor.start[predictor.levels];
        own = predictor.q[predictor.levels - 1];
    }

    /**
     * Adds the rows to sums over the Q normals.
     *
     * @param dropPositive whether to leave rows of positive curvature out of the Hessian; those of several linear predictors have none
     * @param weight       weight of the rows in the log density
     * @param h            Q×Q, as the system holds it
     * @return weight times the log density
     */
    double add(int node, double[] v, boolean dropPositive, double weight, double[] h, double[] g) {
        dropped = false;
        int predictors = predictor.predictors;
        predictor.evaluateLeaf(node, v, 2);
        Partials d = predictor.partials;
        int from = block.first(predictor.levels - 1, node);
        int to = block.first(predictor.levels - 1, node + 1);
        for (int i = from, slope = 0, curve = 0; i < to; i++) {
            double w = block.weight(i);
            for (int e = 0; e < predictors; e++, slope++, curve++) {
                int z = (i * predictors + e) * total;
                for (int f = 0; f < e; f++, curve++) {
                    addPair(-w * d.d2[curve], z, (i * predictors + f) * total, h);
                }
                double second = -w * d.d2[curve];
                if (dropPositive && second < 0) {
                    second = 0;
                    dropped = true;
                }
                addRow(w * d.d1[slope], second, z, h, g);
            }
        }
        return weight * predictor.sum(from, to - from);
    }

    /** Whether rows were left out of the Hessian. */
    boolean dropped() {
        return dropped;
    }

    private void addRow(double first, double second, int z, double[] h, double[] g) {
        for (int r = 0; r < total; r++) {
            g[r] += first * predictor.zeta[z + r];
        }
        if (second != 0) {
            system.add(second, predictor.zeta, z, total - own, own, h);
        }
    }

    /** The mixed second derivative in two linear predictors of an observation, for a system that holds the matrix itself. */
    private void addPair(double second, int z, int other, double[] h) {
        double[] zeta = predictor.zeta;
        for (int r = 0; r < total; r++) {
            double a = second * zeta[z + r];
            double b = second * zeta[other + r];
            for (int c = 0; c <= r && (a != 0 || b != 0); c++) {
                h[r * total + c] += a * zeta[other + c] + b * zeta[z + c];
            }
        }
    }
}
