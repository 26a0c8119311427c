package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.likelihood.LevelCovariance;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * First derivatives with respect to the relative covariance parameters ψ_k, each of which belongs to one term t:
 *
 * <pre>
 *   log|H|_k = Σ tr(B_k T)         T = (Z_t'H⁻¹Z_t) of each node
 *   Q_k      = −Σ s'B_k s          s = Z_t'H⁻¹r of each node
 *   log|A|_k = −Σ tr(A⁻¹ E'B_k E)  E = Z_t'H⁻¹X of each node
 * </pre>
 */
final class FirstDerivatives {
    private final CrossedSystem system;
    private final CrossedMoments moments;
    private final EffectColumns solved;
    private final int p;

    /** @param solved Z'H⁻¹[X r] */
    FirstDerivatives(CrossedSystem system, EffectColumns solved) {
        this.system = system;
        this.solved = solved;
        moments = system.moments();
        p = moments.layout().fixed();
    }

    /** log|H|_k. */
    double[] logDeterminant(int count) {
        double[] derivative = new double[count];
        double[] direct = null;
        for (int t = 0; t < moments.layout().levels(); t++) {
            double[] sum;
            if (t == moments.leafTerm()) {
                sum = leafInformation();
            } else if (system.root().weak(t)) {
                direct = direct == null ? system.root().information() : direct;
                sum = nodeSums(direct, t);
            } else {
                sum = rootInformation(t);
            }
            each(t, derivative, sum);
        }
        return derivative;
    }

    /** Q_k. */
    double[] quadratic(int count) {
        double[] derivative = new double[count];
        for (int t = 0; t < moments.layout().levels(); t++) {
            each(t, derivative, products(t, p, p, null));
        }
        return Arrays.stream(derivative).map(d -> -d).toArray();
    }

    /** log|A|_k. */
    double[] logInformation(int count) {
        double[] derivative = new double[count];
        double[][] inverse = system.factor().inverse();
        for (int t = 0; t < moments.layout().levels(); t++) {
            each(t, derivative, products(t, 0, p - 1, inverse));
        }
        return Arrays.stream(derivative).map(d -> -d).toArray();
    }

    /** Adds tr(B_k S) for the parameters of a term. */
    private void each(int term, double[] derivative, double[] s) {
        LevelCovariance covariance = system.covariance(term);
        for (int k = 0; k < covariance.parameters(); k++) {
            double[] b = covariance.bases()[k];
            for (int i = 0; i < b.length; i++) {
                derivative[covariance.first() + k] += b[i] * s[i];
            }
        }
    }

    /** Σ over the nodes of a term of S K S' (q×q) for the columns from … to of the solved ones; K null for the identity. */
    private double[] products(int term, int from, int to, double[][] k) {
        int q = moments.layout().effects()[term];
        int r = solved.r();
        double[] s = solved.of(moments, term);
        double[] sum = new double[q * q];
        int at = solved.start(moments, term);
        for (int node = 0; node < moments.nodes(term); node++, at += q * r) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    for (int c = from; c <= to; c++) {
                        double other = 0;
                        if (k == null) {
                            other = s[at + j * r + c];
                        } else {
                            for (int d = from; d <= to; d++) {
                                other += k[c - from][d - from] * s[at + j * r + d];
                            }
                        }
                        sum[i * q + j] += s[at + i * r + c] * other;
                    }
                }
            }
        }
        return sum;
    }

    /** Σ T over the leaf nodes. */
    private double[] leafInformation() {
        LeafElimination leaf = system.leaf();
        int q = leaf.q;
        double[][] parts = IntStream.range(0, LeafElimination.PARTS).parallel().mapToObj(part -> {
            double[] sum = new double[q * q];
            LeafInformation information = new LeafInformation(leaf, system.root());
            for (int node = leaf.firstOf(part); node < leaf.firstOf(part + 1); node++) {
                information.at(node);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += information.own[i] - information.taken[i];
                }
            }
            return sum;
        }).toArray(double[][]::new);
        double[] sum = new double[q * q];
        for (double[] part : parts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }
        return sum;
    }

    /** Σ T over the nodes of a root term: T = Ψ⁻¹ − Ψ⁻¹GΨ⁻¹. */
    private double[] rootInformation(int term) {
        int q = moments.layout().effects()[term];
        double[] g = new double[q * q];
        for (int c = moments.rootOffset(term); c < moments.rootOffset(term + 1); c += q) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    g[i * q + j] += system.root().g(c + i, c + j);
                }
            }
        }
        double[] inverse = system.columns().inverse(term);
        double[] t = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                t[i * q + j] = moments.nodes(term) * inverse[i * q + j];
                for (int k = 0; k < q; k++) {
                    for (int l = 0; l < q; l++) {
                        t[i * q + j] -= inverse[i * q + k] * g[k * q + l] * inverse[l * q + j];
                    }
                }
            }
        }
        return t;
    }

    /** Sum of the diagonal blocks of the nodes of a root term. */
    private double[] nodeSums(double[] information, int term) {
        int m = moments.rootColumns();
        int q = moments.layout().effects()[term];
        double[] sum = new double[q * q];
        for (int c = moments.rootOffset(term); c < moments.rootOffset(term + 1); c += q) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    sum[i * q + j] += information[(c + i) * m + c + j];
                }
            }
        }
        return sum;
    }
}
