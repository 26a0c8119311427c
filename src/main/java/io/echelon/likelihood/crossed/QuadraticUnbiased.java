package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.linalg.Cholesky;
import io.echelon.linalg.Packed;
import java.util.Arrays;
import java.util.Optional;

/**
 * Quadratic unbiased estimates of one variance a term and of σ², to start from (MIVQUE0: Rao 1971, J. Multivariate Anal. 1,
 * 257–275; Hartley, Rao and LaMotte 1978, Biometrics 34, 233–242). With P = I − X(X'X)⁻¹X' and V_t = Z_tZ_t' they solve
 *
 * <pre>
 *   y'PV_tPy = Σ_u v_u tr(PV_tPV_u) + σ² tr(PV_t)       for each term t
 *   y'Py     = Σ_u v_u tr(PV_u)     + σ² (n − p)
 * </pre>
 *
 * which takes a look at the cross-products, and no large matrix.
 */
public final class QuadraticUnbiased {
    /** Share of the residual variance that a variance gets whose estimate is smaller or negative. */
    private static final double LEAST = 1e-3;
    /** The same for σ². */
    private static final double LEAST_RESIDUAL = 0.1;

    private final CrossedMoments moments;
    private final int terms;
    private final int p;
    private final double[][] inverse;
    private final double[] beta;
    private final double residualSquares;
    /** Z'X and Z'r of all effects. */
    private final EffectColumns fixed;

    private QuadraticUnbiased(CrossedMoments moments, Cholesky factor, double[][] products) {
        this.moments = moments;
        terms = moments.layout().levels();
        p = moments.layout().fixed();
        inverse = factor.inverse();
        double[] xy = Arrays.copyOf(products[p], p);
        beta = factor.solve(xy);
        double rest = products[p][p];
        for (int i = 0; i < p; i++) {
            rest -= xy[i] * beta[i];
        }
        residualSquares = rest;
        fixed = new EffectColumns(residual(moments.rootFixed()), residual(moments.leafFixed()), p + 1);
    }

    private double[] residual(double[] columnsOfXy) {
        double[] columns = columnsOfXy.clone();
        for (int at = 0; at < columns.length; at += p + 1) {
            for (int i = 0; i < p; i++) {
                columns[at + p] -= columns[at + i] * beta[i];
            }
        }
        return columns;
    }

    /**
     * Variances of the standardised columns of each term, then σ², in standardised units; empty where the cross-products
     * do not determine them.
     */
    public static Optional<double[]> estimate(CrossedMoments moments) {
        double[][] products = Packed.unpack(moments.fixed(), moments.layout().fixed() + 1);
        double[][] xx = Arrays.stream(products).limit(products.length - 1L)
                .map(row -> Arrays.copyOf(row, products.length - 1)).toArray(double[][]::new);
        return Cholesky.of(xx).flatMap(factor -> new QuadraticUnbiased(moments, factor, products).solve());
    }

    private Optional<double[]> solve() {
        double[][] system = new double[terms + 1][terms + 1];
        double[] right = new double[terms + 1];
        double[][] crossed = squares();
        double[][][] gram = new double[terms][][];
        for (int t = 0; t < terms; t++) {
            gram[t] = gram(t);
        }
        for (int t = 0; t < terms; t++) {
            for (int u = 0; u <= t; u++) {
                system[t][u] = crossed[t][u] + trace(gram[t], gram[u]);
                system[u][t] = system[t][u];
            }
            system[t][terms] = traceOfSquares(t) - trace(gram[t]);
            system[terms][t] = system[t][terms];
            double[] s = fixed.of(moments, t);
            int at = fixed.start(moments, t);
            for (int i = 0; i < moments.nodes(t) * moments.layout().effects()[t]; i++, at += p + 1) {
                right[t] += s[at + p] * s[at + p];
            }
        }
        system[terms][terms] = (double) moments.n() - p;
        right[terms] = residualSquares;
        double all = residualSquares / (moments.n() - p);
        return Cholesky.of(system).filter(f -> all > 0).map(f -> {
            double[] v = f.solve(right);
            for (int t = 0; t <= terms; t++) {
                v[t] = Math.min(all, Math.max(v[t], (t < terms ? LEAST : LEAST_RESIDUAL) * all));
            }
            return v;
        });
    }

    /** ‖Z_t'Z_u‖² − 2 tr((X'X)⁻¹ X'Z_tZ_t'Z_uZ_u'X) for all pairs of terms. */
    private double[][] squares() {
        double[][] sums = new double[terms][terms];
        int[] termOf = new int[moments.rootColumns()];
        for (int t = 0; t < terms; t++) {
            Arrays.fill(termOf, moments.rootOffset(t), moments.rootOffset(t + 1), t);
        }
        int leaf = moments.leafTerm();
        int q = moments.layout().effects()[leaf];
        CrossedMoments.Sparse cells = moments.cells();
        for (int node = 0; node < moments.nodes(leaf); node++) {
            for (int i = 0; i < q; i++) {
                for (int cell = cells.start()[node]; cell < cells.start()[node + 1]; cell++) {
                    int c = cells.column()[cell];
                    add(sums, leaf, termOf[c], cells.value()[cell * q + i], (node * q + i) * (p + 1), c * (p + 1), 1);
                }
                for (int j = 0; j <= i; j++) {
                    double v = moments.leaf()[node * q * (q + 1) / 2 + i * (i + 1) / 2 + j];
                    add(sums, leaf, leaf, v, (node * q + i) * (p + 1), (node * q + j) * (p + 1), i == j ? 1 : 2);
                }
            }
        }
        CrossedMoments.Sparse base = moments.root();
        for (int row = 0; row < termOf.length; row++) {
            for (int cell = base.start()[row]; cell < base.start()[row + 1]; cell++) {
                int c = base.column()[cell];
                int times = termOf[row] == termOf[c] && row != c ? 2 : 1;
                add(sums, termOf[row], termOf[c], base.value()[cell], row * (p + 1), c * (p + 1), times);
            }
        }
        return sums;
    }

    private void add(double[][] sums, int t, int u, double v, int atT, int atU, int times) {
        double[] x = fixed.of(moments, t);
        double[] y = fixed.of(moments, u);
        double product = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                product += x[atT + i] * inverse[i][j] * y[atU + j];
            }
        }
        sums[Math.max(t, u)][Math.min(t, u)] += times * v * (v - 2 * product);
    }

    /** (X'X)⁻¹ X'Z_tZ_t'X. */
    private double[][] gram(int term) {
        double[][] g = new double[p][p];
        double[] x = fixed.of(moments, term);
        int at = fixed.start(moments, term);
        double[] solved = new double[p];
        for (int row = 0; row < moments.nodes(term) * moments.layout().effects()[term]; row++, at += p + 1) {
            for (int i = 0; i < p; i++) {
                solved[i] = 0;
                for (int k = 0; k < p; k++) {
                    solved[i] += inverse[i][k] * x[at + k];
                }
            }
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    g[i][j] += solved[i] * x[at + j];
                }
            }
        }
        return g;
    }

    /** tr(Z_t'Z_t). */
    private double traceOfSquares(int term) {
        double sum = 0;
        int q = moments.layout().effects()[term];
        if (term == moments.leafTerm()) {
            for (int node = 0; node < moments.nodes(term); node++) {
                for (int i = 0; i < q; i++) {
                    sum += moments.leaf()[node * q * (q + 1) / 2 + i * (i + 3) / 2];
                }
            }
            return sum;
        }
        for (int c = moments.rootOffset(term); c < moments.rootOffset(term + 1); c++) {
            sum += moments.root().value()[moments.root().start()[c + 1] - 1];
        }
        return sum;
    }

    private double trace(double[][] g) {
        double sum = 0;
        for (int i = 0; i < p; i++) {
            sum += g[i][i];
        }
        return sum;
    }

    private double trace(double[][] g, double[][] k) {
        double sum = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                sum += g[i][j] * k[j][i];
            }
        }
        return sum;
    }
}
