package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.likelihood.LevelCovariance;

/**
 * Second-order products of right-hand sides. With F_k = V_kH⁻¹[X r], where V_k = Z_t(I ⊗ B_k)Z_t' is the derivative of H
 * by ψ_k, this holds D_kl = F_k'H⁻¹F_l and E_k = X'H⁻¹F_k, from which follow (P = H⁻¹ − H⁻¹XA⁻¹X'H⁻¹)
 *
 * <pre>
 *   Q_kl      = 2 r'H⁻¹V_kPV_lH⁻¹r                    = 2 (D_kl[r,r] − E_k[,r]'A⁻¹E_l[,r])
 *   log|A|_kl = tr(A⁻¹(D_kl[X,X] + D_lk[X,X])) − tr(A⁻¹E_k[,X]A⁻¹E_l[,X])
 * </pre>
 */
final class QuadraticCurvature {
    private final int p;
    private final int count;
    /** Columns of F_k: those of X and r, or r alone. */
    private final int width;
    /** D[k][l] is width×width, E[k] is p×width, row by row. */
    private final double[][][] d;
    private final double[][] e;
    private final double[][] inverse;

    /**
     * @param solved Z'H⁻¹[X r]
     * @param count  number of parameters ψ
     * @param ofX    whether log|A| is wanted too
     */
    QuadraticCurvature(CrossedSystem system, EffectColumns solved, int count, boolean ofX) {
        CrossedMoments moments = system.moments();
        p = moments.layout().fixed();
        this.count = count;
        width = ofX ? p + 1 : 1;
        inverse = system.factor().inverse();
        d = new double[count][count][];
        e = new double[count][];
        EffectColumns[] weighted = new EffectColumns[count];
        int[] term = new int[count];
        for (int t = 0; t < moments.layout().levels(); t++) {
            LevelCovariance covariance = system.covariance(t);
            for (int k = 0; k < covariance.parameters(); k++) {
                term[covariance.first() + k] = t;
                weighted[covariance.first() + k] = weighted(moments, solved, t, covariance.bases()[k]);
            }
        }
        EffectColumns answer = system.solve(crossProducts(system, weighted, term));
        for (int k = 0; k < count; k++) {
            int t = term[k];
            e[k] = inner(moments, t, solved, 0, p, weighted[k], 0, width);
            for (int l = 0; l < count; l++) {
                d[k][l] = inner(moments, t, weighted[k], 0, width, answer, l * width, width);
            }
        }
    }

    /** (I ⊗ B) times the wanted columns of a term; zero elsewhere. */
    private EffectColumns weighted(CrossedMoments moments, EffectColumns solved, int term, double[] basis) {
        int q = moments.layout().effects()[term];
        EffectColumns out = EffectColumns.zero(moments, width);
        double[] from = solved.of(moments, term);
        double[] to = out.of(moments, term);
        int first = solved.r() - width;
        int at = solved.start(moments, term);
        int start = out.start(moments, term);
        for (int node = 0; node < moments.nodes(term); node++, at += q * solved.r(), start += q * width) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    for (int c = 0; c < width; c++) {
                        to[start + i * width + c] += basis[i * q + j] * from[at + j * solved.r() + first + c];
                    }
                }
            }
        }
        return out;
    }

    /** Z'[F_1 … F_K], from the cross-products of the moments. */
    private EffectColumns crossProducts(CrossedSystem system, EffectColumns[] weighted, int[] term) {
        CrossedMoments moments = system.moments();
        EffectColumns out = EffectColumns.zero(moments, count * width);
        CrossedMoments.Sparse cells = moments.cells();
        CrossedMoments.Sparse base = moments.root();
        int q = system.leaf().q;
        int r = out.r();
        for (int k = 0; k < count; k++) {
            boolean ofLeaf = term[k] == moments.leafTerm();
            double[] x = ofLeaf ? weighted[k].leaf() : weighted[k].root();
            for (int node = 0; node < system.leaf().nodes; node++) {
                for (int i = 0; i < q; i++) {
                    if (ofLeaf) {
                        for (int j = 0; j < q; j++) {
                            multiplyAdd(system.leaf().c()[(node * q + i) * q + j], x, node * q + j, out.leaf(),
                                    (node * q + i) * r + k * width);
                        }
                    }
                    for (int cell = cells.start()[node]; cell < cells.start()[node + 1]; cell++) {
                        double b = cells.value()[cell * q + i];
                        if (ofLeaf) {
                            multiplyAdd(b, x, node * q + i, out.root(), cells.column()[cell] * r + k * width);
                        } else {
                            multiplyAdd(b, x, cells.column()[cell], out.leaf(), (node * q + i) * r + k * width);
                        }
                    }
                }
            }
            for (int i = 0; !ofLeaf && i < moments.rootColumns(); i++) {
                for (int cell = base.start()[i]; cell < base.start()[i + 1]; cell++) {
                    int j = base.column()[cell];
                    multiplyAdd(base.value()[cell], x, j, out.root(), i * r + k * width);
                    if (j != i) {
                        multiplyAdd(base.value()[cell], x, i, out.root(), j * r + k * width);
                    }
                }
            }
        }
        return out;
    }

    private void multiplyAdd(double f, double[] x, int row, double[] y, int at) {
        for (int c = 0; c < width; c++) {
            y[at + c] += f * x[row * width + c];
        }
    }

    /** a'b over the effects of a term, for the given columns of each. */
    private static double[] inner(CrossedMoments moments, int term, EffectColumns a, int firstOfA, int columnsOfA,
                                  EffectColumns b, int firstOfB, int columnsOfB) {
        double[] out = new double[columnsOfA * columnsOfB];
        double[] x = a.of(moments, term);
        double[] y = b.of(moments, term);
        int atX = a.start(moments, term) + firstOfA;
        int atY = b.start(moments, term) + firstOfB;
        int rows = moments.nodes(term) * moments.layout().effects()[term];
        for (int row = 0; row < rows; row++, atX += a.r(), atY += b.r()) {
            for (int i = 0; i < columnsOfA; i++) {
                for (int j = 0; j < columnsOfB; j++) {
                    out[i * columnsOfB + j] += x[atX + i] * y[atY + j];
                }
            }
        }
        return out;
    }

    /** Q_kl. */
    double quadratic(int k, int l) {
        int r = width - 1;
        double v = d[k][l][r * width + r];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                v -= e[k][i * width + r] * inverse[i][j] * e[l][j * width + r];
            }
        }
        return 2 * v;
    }

    /** log|A|_kl. */
    double logInformation(int k, int l) {
        double v = 0;
        double[][] left = timesInverse(e[k]);
        double[][] right = timesInverse(e[l]);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                v += inverse[i][j] * (d[k][l][j * width + i] + d[l][k][j * width + i]);
                v -= left[i][j] * right[j][i];
            }
        }
        return v;
    }

    /** A_k = −E_k[,X], p×p. */
    double[][] first(int k) {
        double[][] out = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                out[i][j] = -e[k][i * width + j];
            }
        }
        return out;
    }

    /** A_kl = D_kl[X,X] + D_lk[X,X], p×p. */
    double[][] second(int k, int l) {
        double[][] out = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                out[i][j] = d[k][l][i * width + j] + d[l][k][i * width + j];
            }
        }
        return out;
    }

    /** A⁻¹E for the columns of X. */
    private double[][] timesInverse(double[] columns) {
        double[][] out = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    out[i][j] += inverse[i][k] * columns[k * width + j];
                }
            }
        }
        return out;
    }
}
