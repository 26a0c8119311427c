package io.echelon.covariance;

import java.util.Optional;

/**
 * A square root R of a covariance matrix, Σ = R R' (q×q), with its derivatives in the k parameters that Σ is a function of.
 * Random effects are u = R v with v standard normal.
 *
 * @param value  R
 * @param first  k matrices ∂R
 * @param second k×k matrices ∂²R; null where R is linear in the parameters
 */
public record Root(double[][] value, double[][][] first, double[][][][] second) {

    /** A root that is linear in the parameters: R = R_0 + Σ a_k E_k. */
    static Root linear(double[] a, double[][] constant, double[][][] elements) {
        double[][] value = copy(constant);
        for (int k = 0; k < a.length; k++) {
            add(value, a[k], elements[k]);
        }
        return new Root(value, elements, null);
    }

    /**
     * The lower triangular root (Cholesky factor) of a covariance matrix that is linear in natural parameters; empty where it is not
     * positive definite. Rows of zeros are allowed. With Φ taking the lower triangle and half the diagonal,
     * ∂R = RΦ(R⁻¹ ∂Σ R⁻ᵀ) and ∂_i∂_jR = RΦ(R⁻¹(∂_i∂_jΣ − ∂_iR ∂_jR' − ∂_jR ∂_iR')R⁻ᵀ).
     *
     * @param sigma Σ
     * @param basis ∂Σ, one matrix a natural parameter
     */
    public static Optional<Root> cholesky(double[][] sigma, double[][][] basis) {
        int q = sigma.length;
        double[][] r = new double[q][q];
        for (int j = 0; j < q; j++) {
            double d = sigma[j][j];
            for (int k = 0; k < j; k++) {
                d -= r[j][k] * r[j][k];
            }
            boolean zero = sigma[j][j] == 0;
            if (!(d > 0) && !zero) {
                return Optional.empty();
            }
            r[j][j] = Math.sqrt(Math.max(d, 0));
            for (int i = j + 1; i < q; i++) {
                double s = sigma[i][j];
                for (int k = 0; k < j; k++) {
                    s -= r[i][k] * r[j][k];
                }
                if (zero && s != 0) {
                    return Optional.empty();
                }
                r[i][j] = zero ? 0 : s / r[j][j];
            }
        }
        int n = basis.length;
        double[][][] first = new double[n][][];
        for (int i = 0; i < n; i++) {
            first[i] = derivative(r, copy(basis[i]));
        }
        double[][][][] second = new double[n][n][][];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double[][] s = new double[q][q];
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < q; b++) {
                        for (int c = 0; c < q; c++) {
                            s[a][b] -= first[i][a][c] * first[j][b][c] + first[j][a][c] * first[i][b][c];
                        }
                    }
                }
                second[i][j] = derivative(r, s);
                second[j][i] = second[i][j];
            }
        }
        return Optional.of(new Root(r, first, second));
    }

    /** The root AR of AΣA', A (q×q) being constant. */
    public Root times(double[][] a) {
        double[][][] f = new double[first.length][][];
        double[][][][] s = second == null ? null : new double[first.length][first.length][][];
        for (int i = 0; i < f.length; i++) {
            f[i] = product(a, first[i]);
            for (int j = 0; s != null && j < f.length; j++) {
                s[i][j] = product(a, second[i][j]);
            }
        }
        return new Root(product(a, value), f, s);
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] out = new double[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b.length; j++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }

    /** The same root as a function of a, where θ_k = a_k² for the parameters named by {@code squared} and θ_k = a_k for the others. */
    Root inSquares(boolean[] squared, double[] a) {
        int n = a.length;
        double[][][] f = new double[n][][];
        double[][][][] s = new double[n][n][][];
        for (int i = 0; i < n; i++) {
            double di = squared[i] ? 2 * a[i] : 1;
            f[i] = new double[value.length][value.length];
            add(f[i], di, first[i]);
            for (int j = 0; j < n; j++) {
                s[i][j] = new double[value.length][value.length];
                add(s[i][j], di * (squared[j] ? 2 * a[j] : 1), second[i][j]);
                if (i == j && squared[i]) {
                    add(s[i][j], 2, first[i]);
                }
            }
        }
        return new Root(value, f, s);
    }

    /** RΦ(R⁻¹ S R⁻ᵀ); S is overwritten. */
    private static double[][] derivative(double[][] r, double[][] s) {
        int q = r.length;
        for (int column = 0; column < q; column++) {
            for (int i = 0; i < q; i++) {
                for (int k = 0; k < i; k++) {
                    s[i][column] -= r[i][k] * s[k][column];
                }
                s[i][column] = r[i][i] == 0 ? 0 : s[i][column] / r[i][i];
            }
        }
        for (int row = 0; row < q; row++) {
            for (int i = 0; i < q; i++) {
                for (int k = 0; k < i; k++) {
                    s[row][i] -= r[i][k] * s[row][k];
                }
                s[row][i] = r[i][i] == 0 ? 0 : s[row][i] / r[i][i];
            }
        }
        double[][] out = new double[q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = j; k <= i; k++) {
                    out[i][j] += r[i][k] * (k == j ? 0.5 * s[k][j] : s[k][j]);
                }
            }
        }
        return out;
    }

    private static double[][] copy(double[][] m) {
        double[][] c = new double[m.length][];
        for (int i = 0; i < c.length; i++) {
            c[i] = m[i].clone();
        }
        return c;
    }

    private static void add(double[][] to, double factor, double[][] m) {
        for (int i = 0; i < to.length; i++) {
            for (int j = 0; j < to.length; j++) {
                to[i][j] += factor * m[i][j];
            }
        }
    }
}
