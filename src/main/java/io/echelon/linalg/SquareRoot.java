package io.echelon.linalg;

/**
 * Cholesky factors of small matrices in place, without allocation. A matrix is n×n, row by row, starting at an offset of a
 * larger array; only its lower triangle is read and written.
 */
public final class SquareRoot {
    private SquareRoot() {}

    /** Replaces A by L with A = L L'; false, with the content spoilt, where A is not positive definite. */
    public static boolean decompose(double[] a, int at, int n) {
        for (int j = 0; j < n; j++) {
            int rowJ = at + j * n;
            double d = a[rowJ + j];
            for (int k = 0; k < j; k++) {
                d -= a[rowJ + k] * a[rowJ + k];
            }
            if (!(d > 0) || d == Double.POSITIVE_INFINITY) {
                return false;
            }
            double root = Math.sqrt(d);
            a[rowJ + j] = root;
            for (int i = j + 1; i < n; i++) {
                int rowI = at + i * n;
                double s = a[rowI + j];
                for (int k = 0; k < j; k++) {
                    s -= a[rowI + k] * a[rowJ + k];
                }
                a[rowI + j] = s / root;
            }
        }
        return true;
    }

    /** log|A| / 2 of a factor. */
    public static double halfLogDeterminant(double[] l, int at, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(l[at + i * n + i]);
        }
        return sum;
    }

    /** Replaces b by A⁻¹ b; element i of b is at {@code b[from + i * step]}. */
    public static void solve(double[] l, int at, int n, double[] b, int from, int step) {
        for (int i = 0; i < n; i++) {
            double s = b[from + i * step];
            for (int k = 0; k < i; k++) {
                s -= l[at + i * n + k] * b[from + k * step];
            }
            b[from + i * step] = s / l[at + i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double s = b[from + i * step];
            for (int k = i + 1; k < n; k++) {
                s -= l[at + k * n + i] * b[from + k * step];
            }
            b[from + i * step] = s / l[at + i * n + i];
        }
    }
}
