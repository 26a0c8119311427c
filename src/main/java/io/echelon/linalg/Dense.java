package io.echelon.linalg;

/** Products of small matrices held row by row. */
public final class Dense {
    private Dense() {}

    /** out (n×r) = a (n×k) b (k×r). */
    public static void multiply(double[] a, double[] b, double[] out, int n, int k, int r) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < r; j++) {
                double s = 0;
                for (int l = 0; l < k; l++) {
                    s += a[i * k + l] * b[l * r + j];
                }
                out[i * r + j] = s;
            }
        }
    }

    /** out (k×r) = a' b with a (n×k), b (n×r). */
    public static void multiplyTransposed(double[] a, double[] b, double[] out, int n, int k, int r) {
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < r; j++) {
                double s = 0;
                for (int l = 0; l < n; l++) {
                    s += a[l * k + i] * b[l * r + j];
                }
                out[i * r + j] = s;
            }
        }
    }

    /** tr(a b) of symmetric a and any b, both n×n. */
    public static double trace(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }
}
