package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.likelihood.BestPredictor.Predictions;

/** Predictions of the random effects of every term and the variances of their errors. */
final class CrossedPredictor {
    private final CrossedSystem system;
    private final CrossedMoments moments;
    private final EffectColumns solved;
    private final int p;
    private final double residual;
    private final double[][] betaVariance;

    /**
     * @param solved       Z'H⁻¹[X r]
     * @param residual     σ²
     * @param betaVariance Var(β̂), or null to treat β as known
     */
    CrossedPredictor(CrossedSystem system, EffectColumns solved, double residual, double[][] betaVariance) {
        this.system = system;
        moments = system.moments();
        this.solved = solved;
        p = moments.layout().fixed();
        this.residual = residual;
        this.betaVariance = betaVariance;
    }

    /** One entry a term. */
    Predictions[] predict() {
        Predictions[] all = new Predictions[moments.layout().levels()];
        for (int t = 0; t < all.length; t++) {
            all[t] = term(t);
        }
        return all;
    }

    private Predictions term(int term) {
        int q = moments.layout().effects()[term];
        double[] psi = system.covariance(term).value();
        double[] s = solved.of(moments, term);
        double[][] effects = new double[moments.nodes(term)][q];
        double[][] variance = new double[moments.nodes(term)][q * q];
        double[] u = new double[q * (p + 1)];
        LeafInformation leaf = new LeafInformation(system.leaf(), system.root());
        for (int node = 0; node < effects.length; node++) {
            int at = solved.start(moments, term) + node * q * (p + 1);
            for (int i = 0; i < q; i++) {
                for (int c = 0; c <= p; c++) {
                    u[i * (p + 1) + c] = 0;
                    for (int j = 0; j < q; j++) {
                        u[i * (p + 1) + c] += psi[i * q + j] * s[at + j * (p + 1) + c];
                    }
                }
                effects[node][i] = u[i * (p + 1) + p];
            }
            if (term == moments.leafTerm()) {
                leaf.given(node, variance[node]);
            } else {
                rootBlock(moments.rootOffset(term) + node * q, q, variance[node]);
            }
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    variance[node][i * q + j] = residual * variance[node][i * q + j] + fixedPart(u, i, j);
                }
            }
        }
        return new Predictions(effects, variance);
    }

    private void rootBlock(int first, int q, double[] block) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                block[i * q + j] = system.root().g(first + i, first + j);
            }
        }
    }

    private double fixedPart(double[] u, int i, int j) {
        double v = 0;
        for (int x = 0; betaVariance != null && x < p; x++) {
            for (int y = 0; y < p; y++) {
                v += u[i * (p + 1) + x] * betaVariance[x][y] * u[j * (p + 1) + y];
            }
        }
        return v;
    }
}
