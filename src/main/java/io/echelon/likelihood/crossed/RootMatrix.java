package io.echelon.likelihood.crossed;

import io.echelon.linalg.LargeSymmetric;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The dense m×m system of the root effects. One square array serves for two matrices: above the diagonal stands
 * W = Z_c'H₀⁻¹Z_c, where H₀ = V₀/σ² holds the residuals and the leaf effects; below it stand, one after the other, W, the
 * Cholesky factor of I + Λ'WΛ, and G = Λ(I + Λ'WΛ)⁻¹Λ', the relative covariance matrix of the root effects given the
 * data. A Ψ that is singular is an ordinary case, as no inverse of it is taken.
 */
final class RootMatrix {
    /** Side of the squares in which a transpose is taken. */
    private static final int SQUARE = 64;
    /** Least product of Ψ and information at which G serves; see {@link #weak}. */
    private static final double WEAK = 1e-6;

    private final LargeSymmetric algebra;
    private final int m;
    private final double[] a;
    private final double[] diagonal;
    private RootColumns columns;

    RootMatrix(int m, LargeSymmetric algebra) {
        this.algebra = algebra;
        this.m = m;
        a = new double[m * m];
        diagonal = new double[m];
    }

    /** m. */
    int size() {
        return m;
    }

    /** The array, whose lower triangle is filled with W before {@link #factor}. */
    double[] array() {
        return a;
    }

    /** Keeps W above the diagonal and factors I + Λ'WΛ below. Returns its log-determinant, or NaN where that fails. */
    double factor(RootColumns columns) {
        this.columns = columns;
        for (int i = 0; i < m; i++) {
            diagonal[i] = a[i * m + i];
        }
        int side = (m + SQUARE - 1) / SQUARE;
        IntStream.range(0, side).parallel().forEach(t -> mirror(t * SQUARE));
        congruence(false);
        for (int i = 0; i < m; i++) {
            a[i * m + i] += 1;
        }
        if (!algebra.factor(a, m)) {
            return Double.NaN;
        }
        double logDeterminant = 0;
        for (int i = 0; i < m; i++) {
            logDeterminant += 2 * Math.log(a[i * m + i]);
        }
        return logDeterminant;
    }

    private void mirror(int from) {
        int to = Math.min(m, from + SQUARE);
        for (int left = 0; left <= from; left += SQUARE) {
            for (int i = from; i < to; i++) {
                for (int j = left; j < Math.min(i, left + SQUARE); j++) {
                    a[j * m + i] = a[i * m + j];
                }
            }
        }
    }

    /** After {@link #factor}: replaces the factor by G. */
    void invert() {
        algebra.invert(a, m);
        congruence(true);
    }

    /** Lower triangle S := Λ'SΛ, or ΛSΛ'. */
    private void congruence(boolean transposed) {
        int[] heads = IntStream.range(0, m).filter(i -> columns.head[i] == i).toArray();
        Arrays.stream(heads).parallel().forEach(head -> {
            int q = columns.effects(head);
            int end = head + q;
            double[][] rows = new double[q][end];
            for (int i = 0; i < q; i++) {
                System.arraycopy(a, (head + i) * m, rows[i], 0, head + i + 1);
                for (int j = 0; j < i; j++) {
                    rows[j][head + i] = rows[i][head + j];
                }
            }
            rowsTransformed(rows, head, transposed);
            for (double[] row : rows) {
                columnsTransformed(row, end, transposed);
            }
            for (int i = 0; i < q; i++) {
                System.arraycopy(rows[i], 0, a, (head + i) * m, head + i + 1);
            }
        });
    }

    private void rowsTransformed(double[][] rows, int head, boolean transposed) {
        int q = rows.length;
        if (q == 1) {
            double lambda = columns.lambda(head, head);
            for (int j = 0; j < rows[0].length; j++) {
                rows[0][j] *= lambda;
            }
            return;
        }
        double[] old = new double[q];
        for (int j = 0; j < rows[0].length; j++) {
            for (int i = 0; i < q; i++) {
                old[i] = rows[i][j];
                rows[i][j] = 0;
            }
            for (int i = 0; i < q; i++) {
                for (int k = 0; k < q; k++) {
                    rows[i][j] += old[k] * element(head, i, k, transposed);
                }
            }
        }
    }

    private void columnsTransformed(double[] row, int end, boolean transposed) {
        for (int head = 0; head < end;) {
            int q = columns.effects(head);
            if (q == 1) {
                row[head] *= columns.lambda(head, head);
            } else {
                double[] old = Arrays.copyOfRange(row, head, head + q);
                for (int i = 0; i < q; i++) {
                    double v = 0;
                    for (int k = 0; k < q; k++) {
                        v += old[k] * element(head, i, k, transposed);
                    }
                    row[head + i] = v;
                }
            }
            head += q;
        }
    }

    /** Element (i, k) of Λ' or, transposed, of Λ for the node whose first column is {@code head}. */
    private double element(int head, int i, int k, boolean transposed) {
        return transposed ? columns.lambda(head + i, head + k) : columns.lambda(head + k, head + i);
    }

    /** After {@link #factor}: U = L⁻¹Λ'V for V (m×r, row by row). */
    double[] forward(double[] v, int r) {
        double[] u = lambdaTimes(v, r, false);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                double l = a[i * m + j];
                for (int k = 0; k < r; k++) {
                    u[i * r + k] -= l * u[j * r + k];
                }
            }
            for (int k = 0; k < r; k++) {
                u[i * r + k] /= a[i * m + i];
            }
        }
        return u;
    }

    /** After {@link #factor}: ΛL'⁻¹U, which is G V for U = {@link #forward}(V). */
    double[] backward(double[] u, int r) {
        double[] x = u.clone();
        for (int i = m - 1; i >= 0; i--) {
            for (int k = 0; k < r; k++) {
                x[i * r + k] /= a[i * m + i];
            }
            for (int j = 0; j < i; j++) {
                double l = a[i * m + j];
                for (int k = 0; k < r; k++) {
                    x[j * r + k] -= l * x[i * r + k];
                }
            }
        }
        return lambdaTimes(x, r, true);
    }

    private double[] lambdaTimes(double[] v, int r, boolean transposed) {
        double[] x = new double[v.length];
        for (int i = 0; i < m; i++) {
            int head = columns.head[i];
            for (int j = head; j < head + columns.effects(i); j++) {
                double l = element(head, i - head, j - head, transposed);
                for (int k = 0; k < r; k++) {
                    x[i * r + k] += l * v[j * r + k];
                }
            }
        }
        return x;
    }

    /** W X for X (m×r). */
    double[] timesW(double[] x, int r) {
        return times(x, r, true);
    }

    /** After {@link #invert}: G X for X (m×r). */
    double[] timesG(double[] x, int r) {
        return times(x, r, false);
    }

    private double[] times(double[] x, int r, boolean above) {
        double[][] parts = IntStream.range(0, LeafElimination.PARTS).parallel().mapToObj(part -> {
            double[] y = new double[m * r];
            for (int i = part; i < m; i += LeafElimination.PARTS) {
                multiplyAdd(above ? diagonal[i] : a[i * m + i], x, i, y, i, r);
                for (int j = above ? i + 1 : 0; j < (above ? m : i); j++) {
                    double v = a[i * m + j];
                    multiplyAdd(v, x, j, y, i, r);
                    multiplyAdd(v, x, i, y, j, r);
                }
            }
            return y;
        }).toArray(double[][]::new);
        double[] y = parts[0];
        for (int part = 1; part < parts.length; part++) {
            for (int i = 0; i < y.length; i++) {
                y[i] += parts[part][i];
            }
        }
        return y;
    }

    private static void multiplyAdd(double f, double[] x, int from, double[] y, int to, int r) {
        for (int k = 0; k < r; k++) {
            y[to * r + k] += f * x[from * r + k];
        }
    }

    /** Element of W. */
    double w(int i, int j) {
        return i == j ? diagonal[i] : i < j ? a[i * m + j] : a[j * m + i];
    }

    /** Element of G, after {@link #invert}. */
    double g(int i, int j) {
        return i >= j ? a[i * m + j] : a[j * m + i];
    }

    /**
     * Whether Ψ of a term is so small, compared with the information on its effects, that their information given the data
     * must be computed from W: from G it would lose as many digits.
     */
    boolean weak(int term) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < m; i++) {
            if (columns.term[i] == term) {
                least = Math.min(least, columns.lambda(i, i));
                most = Math.max(most, diagonal[i]);
            }
        }
        return least * least * most < WEAK;
    }

    /** After {@link #invert}: T = Z_c'H⁻¹Z_c (m×m, both triangles), which is W − WGW or Ψ⁻¹ − Ψ⁻¹GΨ⁻¹. */
    double[] information() {
        boolean weak = IntStream.range(0, columns.factor.length).anyMatch(t -> columns.factor[t] != null && weak(t));
        return weak ? informationFromW() : informationFromG();
    }

    private double[] informationFromW() {
        double[] full = new double[m * m];
        IntStream.range(0, m).parallel().forEach(i -> {
            for (int j = 0; j < m; j++) {
                full[i * m + j] = w(i, j);
            }
        });
        double[] gw = new double[m * m];
        algebra.multiply(a, full, gw, m);
        double[] t = new double[m * m];
        algebra.multiply(full, gw, t, m);
        for (int i = 0; i < t.length; i++) {
            t[i] = full[i] - t[i];
        }
        return t;
    }

    private double[] informationFromG() {
        double[][] inverse = new double[columns.factor.length][];
        for (int t = 0; t < inverse.length; t++) {
            inverse[t] = columns.factor[t] == null ? null : columns.inverse(t);
        }
        double[] t = new double[m * m];
        IntStream.range(0, m).parallel().forEach(i -> {
            double[] left = inverse[columns.term[i]];
            int qi = columns.effects(i);
            int hi = columns.head[i];
            for (int j = 0; j < m; j++) {
                double[] right = inverse[columns.term[j]];
                int qj = columns.effects(j);
                int hj = columns.head[j];
                double v = hi == hj ? left[(i - hi) * qi + j - hj] : 0;
                for (int k = 0; k < qi; k++) {
                    for (int l = 0; l < qj; l++) {
                        v -= left[(i - hi) * qi + k] * g(hi + k, hj + l) * right[l * qj + j - hj];
                    }
                }
                t[i * m + j] = v;
            }
        });
        return t;
    }
}
