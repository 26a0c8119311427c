package io.echelon.likelihood.generalized;

/** The part of the log densities that does not depend on η: its sum over rows, with derivatives in the ancillary parameters. */
final class BaseTerms {
    private final Predictor predictor;
    private final int p;
    private final int m;
    private final double[] sum;

    BaseTerms(Predictor predictor) {
        this.predictor = predictor;
        p = predictor.parameters.beta().length;
        m = predictor.parameters.ancillary().length;
        sum = new double[1 + m + m * (m + 1) / 2];
    }

    /** Begins a sum. */
    void begin() {
        java.util.Arrays.fill(sum, 0);
    }

    /** Adds rows, each with its own weight times the given one. */
    void add(int from, int to, double weight) {
        for (int i = from; i < to; i++) {
            predictor.family.base(predictor.block.response(), i, predictor.parameters.ancillary(),
                    weight * predictor.block.weight(i), sum);
        }
    }

    /** Adds all rows below a node, each with the weights of the nodes above it. */
    void addNode(int level, int node, double weight) {
        if (level == predictor.levels - 1) {
            add(predictor.block.first(level, node), predictor.block.first(level, node + 1), weight);
            return;
        }
        for (int c = predictor.block.first(level, node); c < predictor.block.first(level, node + 1); c++) {
            addNode(level + 1, c, weight * predictor.block.nodeWeight(level + 1, c));
        }
    }

    /** The sum. */
    double value() {
        return sum[0];
    }

    /** Adds the first derivatives to a score of P elements. */
    void addScore(double[] score) {
        for (int a = 0; a < m; a++) {
            score[p + a] += sum[1 + a];
        }
    }

    /** Adds weight times the second derivatives to a packed Hessian. */
    void addHessian(double weight, double[] hessian) {
        for (int a = 0, at = 1 + m; a < m; a++) {
            for (int b = 0; b <= a; b++) {
                hessian[(p + a) * (p + a + 1) / 2 + p + b] += weight * sum[at++];
            }
        }
    }
}
