package io.echelon.linalg;

import java.util.Arrays;

/** Inverse and log-determinant of small general matrices (n×n, row by row), with workspace kept between calls. */
public final class SmallInverse {
    private final int n;
    private final double[] work;
    private final double[] inverse;

    /** For n×n matrices. */
    public SmallInverse(int n) {
        this.n = n;
        work = new double[n * n];
        inverse = new double[n * n];
    }

    /** The matrix to invert, to be filled by the caller; {@link #invert} destroys it. */
    public double[] matrix() {
        return work;
    }

    /** The inverse after {@link #invert}. */
    public double[] inverse() {
        return inverse;
    }

    /** Gauss-Jordan elimination with row pivoting. Returns log|det|; the inverse is in {@link #inverse}. */
    public double invert() {
        if (n == 1) {
            inverse[0] = 1 / work[0];
            return Math.log(Math.abs(work[0]));
        }
        Arrays.fill(inverse, 0);
        for (int i = 0; i < n; i++) {
            inverse[i * n + i] = 1;
        }
        double determinant = 1;
        double logDeterminant = 0;
        for (int c = 0; c < n; c++) {
            int p = c;
            for (int i = c + 1; i < n; i++) {
                if (Math.abs(work[i * n + c]) > Math.abs(work[p * n + c])) {
                    p = i;
                }
            }
            if (p != c) {
                swap(work, p, c);
                swap(inverse, p, c);
            }
            double pivot = work[c * n + c];
            determinant *= Math.abs(pivot);
            if (determinant > 1e100 || determinant < 1e-100) {
                logDeterminant += Math.log(determinant);
                determinant = 1;
            }
            double f = 1 / pivot;
            for (int j = 0; j < n; j++) {
                work[c * n + j] *= f;
                inverse[c * n + j] *= f;
            }
            for (int i = 0; i < n; i++) {
                double g = work[i * n + c];
                if (i != c && g != 0) {
                    for (int j = 0; j < n; j++) {
                        work[i * n + j] -= g * work[c * n + j];
                        inverse[i * n + j] -= g * inverse[c * n + j];
                    }
                }
            }
        }
        return logDeterminant + Math.log(determinant);
    }

    private void swap(double[] m, int a, int b) {
        for (int j = 0; j < n; j++) {
            double t = m[a * n + j];
            m[a * n + j] = m[b * n + j];
            m[b * n + j] = t;
        }
    }
}
