package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.likelihood.LevelCovariance;
import io.echelon.linalg.LargeSymmetric;
import java.util.stream.IntStream;

/**
 * Second derivatives log|H|_kl = −tr(H⁻¹V_kH⁻¹V_l) with respect to the relative covariance parameters, exactly. With
 * T = Z_c'H⁻¹Z_c of the root, N, Y = BGB', own H = N'C and taken R = N'YN of the leaf nodes, and for a leaf parameter k
 * the derivative W_k = −ΣB'NB_kN'B of W and X_k = W_k − TΨW_k (so that GW_k = ΨX_k):
 *
 * <pre>
 *   root, root   −Σ tr(B_k T_ab B_l T_ba)  over pairs of nodes a, b
 *   leaf, root   Σ tr(B_l (X_k(I − ΨT))_aa)  over the nodes a
 *   leaf, leaf   −Σ tr(B_kHB_l(H − 2R))  over the leaf nodes, − tr(ΨX_kΨX_l)
 * </pre>
 *
 * One product of m×m matrices for each leaf parameter.
 */
final class TraceCurvature {
    private final CrossedSystem system;
    private final CrossedMoments moments;
    private final LargeSymmetric algebra;
    private final RootColumns columns;
    private final int m;
    private final double[] t;
    private final double[][] second;

    TraceCurvature(CrossedSystem system, int count, LargeSymmetric algebra) {
        this.system = system;
        this.algebra = algebra;
        moments = system.moments();
        columns = system.columns();
        m = moments.rootColumns();
        t = system.root().information();
        second = new double[count][count];
        rootRoot();
        leafAll();
    }

    /** log|H|_kl. */
    double[][] second() {
        return second;
    }

    private void put(int k, int l, double v) {
        second[k][l] = v;
        second[l][k] = v;
    }

    private void rootRoot() {
        int levels = moments.layout().levels();
        for (int one = 0; one < levels; one++) {
            for (int two = 0; two <= one; two++) {
                if (one == moments.leafTerm() || two == moments.leafTerm()) {
                    continue;
                }
                LevelCovariance a = system.covariance(one);
                LevelCovariance b = system.covariance(two);
                for (int k = 0; k < a.parameters(); k++) {
                    for (int l = 0; l < b.parameters(); l++) {
                        put(a.first() + k, b.first() + l, -product(one, a.bases()[k], two, b.bases()[l]));
                    }
                }
            }
        }
    }

    /** Σ tr(B T_ab B' T_ba) over the nodes a of one term and b of another. */
    private double product(int one, double[] basisOne, int two, double[] basisTwo) {
        int q1 = moments.layout().effects()[one];
        int q2 = moments.layout().effects()[two];
        double[] parts = IntStream.range(0, moments.nodes(one)).parallel().mapToDouble(node -> {
            int a = moments.rootOffset(one) + node * q1;
            double sum = 0;
            for (int i = 0; i < q1; i++) {
                for (int j = 0; j < q1; j++) {
                    double v = basisOne[i * q1 + j];
                    for (int g = 0; v != 0 && g < q2; g++) {
                        for (int h = 0; h < q2; h++) {
                            double w = v * basisTwo[g * q2 + h];
                            sum += w == 0 ? 0 : w * rowProduct((a + j) * m + g, (a + i) * m + h, two, q2);
                        }
                    }
                }
            }
            return sum;
        }).toArray();
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    private double rowProduct(int atOne, int atTwo, int term, int step) {
        double sum = 0;
        int end = moments.rootOffset(term + 1);
        for (int b = moments.rootOffset(term); b < end; b += step) {
            sum += t[atOne + b] * t[atTwo + b];
        }
        return sum;
    }

    private void leafAll() {
        LevelCovariance covariance = system.covariance(moments.leafTerm());
        int count = covariance.parameters();
        double[][] y = new double[count][];
        for (int k = 0; k < count; k++) {
            y[k] = leafRoot(covariance.first() + k, covariance.bases()[k]);
        }
        double[][] local = localSums(covariance);
        for (int k = 0; k < count; k++) {
            for (int l = 0; l <= k; l++) {
                double trace = 0;
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < m; j++) {
                        trace += y[k][i * m + j] * y[l][j * m + i];
                    }
                }
                put(covariance.first() + k, covariance.first() + l, -local[k][l] - trace);
            }
        }
    }

    /** Second derivatives of leaf parameter k with all root parameters; returns ΨX_k. */
    private double[] leafRoot(int k, double[] basis) {
        double[] derivative = new double[m * m];
        system.leaf().subtractFrom(derivative, m, kernel(basis));
        IntStream.range(0, m).parallel().forEach(i -> {
            for (int j = i + 1; j < m; j++) {
                derivative[i * m + j] = derivative[j * m + i];
            }
        });
        double[] x = new double[m * m];
        algebra.multiply(t, psiTimes(derivative), x, m);
        IntStream.range(0, m).parallel().forEach(i -> {
            for (int j = i * m; j < (i + 1) * m; j++) {
                x[j] = derivative[j] - x[j];
            }
        });
        for (int term = 0; term < moments.layout().levels(); term++) {
            if (term != moments.leafTerm()) {
                leafTerm(k, x, term);
            }
        }
        return psiTimes(x);
    }

    private void leafTerm(int k, double[] x, int term) {
        LevelCovariance covariance = system.covariance(term);
        int q = covariance.effects();
        double[][] blocks = IntStream.range(0, moments.nodes(term)).parallel()
                .mapToObj(node -> block(x, moments.rootOffset(term) + node * q, q)).toArray(double[][]::new);
        double[] sum = new double[q * q];
        for (double[] block : blocks) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += block[i];
            }
        }
        for (int l = 0; l < covariance.parameters(); l++) {
            double trace = 0;
            for (int i = 0; i < sum.length; i++) {
                trace += covariance.bases()[l][i] * sum[i];
            }
            put(k, covariance.first() + l, trace);
        }
    }

    /** The diagonal block of X(I − ΨT) of a node. */
    private double[] block(double[] x, int head, int q) {
        double[] block = new double[q * q];
        double[] row = new double[m];
        for (int a = head; a < head + q; a++) {
            for (int c = 0; c < m; c++) {
                row[c] = 0;
                for (int d = columns.head[c]; d < columns.head[c] + columns.effects(c); d++) {
                    row[c] += x[a * m + d] * columns.psi(d, c);
                }
            }
            for (int b = head; b < head + q; b++) {
                double v = x[a * m + b];
                for (int c = 0; c < m; c++) {
                    v -= row[c] * t[b * m + c];
                }
                block[(a - head) * q + b - head] += v;
            }
        }
        return block;
    }

    /** N B N' of each leaf node. */
    private double[] kernel(double[] basis) {
        LeafElimination leaf = system.leaf();
        int q = leaf.q;
        double[] kernel = new double[leaf.nodes * q * q];
        double[] half = new double[q * q];
        for (int node = 0; node < leaf.nodes; node++) {
            int at = node * q * q;
            leaf.multiply(leaf.n(), at, basis, 0, half, 0);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    for (int c = 0; c < q; c++) {
                        kernel[at + i * q + j] += half[i * q + c] * leaf.n()[at + j * q + c];
                    }
                }
            }
        }
        return kernel;
    }

    /** Ψ X for a full matrix X. */
    private double[] psiTimes(double[] x) {
        double[] out = new double[m * m];
        IntStream.range(0, m).parallel().forEach(i -> {
            for (int k = columns.head[i]; k < columns.head[i] + columns.effects(i); k++) {
                double psi = columns.psi(i, k);
                for (int j = 0; j < m; j++) {
                    out[i * m + j] += psi * x[k * m + j];
                }
            }
        });
        return out;
    }

    /** Σ tr(B_kHB_l(H − 2R)) over the leaf nodes. */
    private double[][] localSums(LevelCovariance covariance) {
        LeafElimination leaf = system.leaf();
        int q = leaf.q;
        int count = covariance.parameters();
        double[][][] parts = IntStream.range(0, LeafElimination.PARTS).parallel().mapToObj(part -> {
            double[][] sum = new double[count][count];
            LeafInformation information = new LeafInformation(leaf, system.root());
            double[][] bh = new double[count][q * q];
            double[][] br = new double[count][q * q];
            for (int node = leaf.firstOf(part); node < leaf.firstOf(part + 1); node++) {
                information.at(node);
                for (int i = 0; i < q * q; i++) {
                    information.taken[i] = information.own[i] - 2 * information.taken[i];
                }
                for (int k = 0; k < count; k++) {
                    leaf.multiply(covariance.bases()[k], 0, information.own, 0, bh[k], 0);
                    leaf.multiply(covariance.bases()[k], 0, information.taken, 0, br[k], 0);
                }
                for (int k = 0; k < count; k++) {
                    for (int l = 0; l < count; l++) {
                        for (int i = 0; i < q; i++) {
                            for (int j = 0; j < q; j++) {
                                sum[k][l] += bh[k][i * q + j] * br[l][j * q + i];
                            }
                        }
                    }
                }
            }
            return sum;
        }).toArray(double[][][]::new);
        double[][] sum = new double[count][count];
        for (double[][] part : parts) {
            for (int k = 0; k < count; k++) {
                for (int l = 0; l < count; l++) {
                    sum[k][l] += (part[k][l] + part[l][k]) / 2;
                }
            }
        }
        return sum;
    }
}
