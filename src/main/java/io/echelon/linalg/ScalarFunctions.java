package io.echelon.linalg;

/** {@link ElementaryFunctions} one number after the other. */
public final class ScalarFunctions implements ElementaryFunctions {
    @Override
    public void exp(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = Math.exp(a[i]);
        }
    }

    @Override
    public void log(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = Math.log(a[i]);
        }
    }

    @Override
    public void log1p(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = log1p(a[i]);
        }
    }

    /** log(1 + a), a ≥ 0, to full relative precision (Kahan's correction of log for arguments near one). */
    public static double log1p(double a) {
        double u = 1 + a;
        return u == 1 ? a : Math.log(u) * a / (u - 1);
    }
}
