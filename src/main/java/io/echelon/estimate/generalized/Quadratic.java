package io.echelon.estimate.generalized;

import io.echelon.linalg.Packed;

/** Quadratic forms. */
final class Quadratic {
    private Quadratic() {}

    /** K'AK for a packed lower triangle A. */
    static double[][] sandwich(double[][] k, double[] packed) {
        int rows = k.length;
        int columns = rows == 0 ? 0 : k[0].length;
        double[][] half = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double a = packed[Packed.index(i, j)];
                if (a != 0) {
                    for (int f = 0; f < columns; f++) {
                        half[i][f] += a * k[j][f];
                    }
                }
            }
        }
        double[][] out = new double[columns][columns];
        for (int i = 0; i < rows; i++) {
            for (int f = 0; f < columns; f++) {
                if (k[i][f] != 0) {
                    for (int g = 0; g < columns; g++) {
                        out[f][g] += k[i][f] * half[i][g];
                    }
                }
            }
        }
        return out;
    }

    /** K'g. */
    static double[] transposedTimes(double[][] k, double[] g) {
        double[] out = new double[k.length == 0 ? 0 : k[0].length];
        for (int i = 0; i < k.length; i++) {
            for (int f = 0; f < out.length; f++) {
                out[f] += k[i][f] * g[i];
            }
        }
        return out;
    }

    /** ASA' for square matrices. */
    static double[][] congruent(double[][] a, double[][] s) {
        int q = a.length;
        double[][] out = new double[q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < q; k++) {
                    for (int l = 0; l < q; l++) {
                        out[i][j] += a[i][k] * s[k][l] * a[j][l];
                    }
                }
            }
        }
        return out;
    }

    /** I (n×n). */
    static double[][] identity(int n) {
        double[][] i = new double[n][n];
        for (int k = 0; k < n; k++) {
            i[k][k] = 1;
        }
        return i;
    }
}
