package io.echelon.linalg;

import java.io.Serializable;

/**
 * A vector of running sums with Neumaier's correction (A. Neumaier, ZAMM 54, 1974), so that the order of the terms does
 * not show in the figures.
 */
public final class CompensatedSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] sum;
    private final double[] lost;

    /** Sums of {@code length} quantities, zero as yet. */
    public CompensatedSums(int length) {
        sum = new double[length];
        lost = new double[length];
    }

    /** Adds one term to each sum. */
    public void add(double[] terms) {
        for (int i = 0; i < sum.length; i++) {
            add(i, terms[i]);
        }
    }

    private void add(int i, double x) {
        double s = sum[i];
        double t = s + x;
        lost[i] += Math.abs(s) >= Math.abs(x) ? (s - t) + x : (x - t) + s;
        sum[i] = t;
    }

    /** Adds other sums of the same quantities, and returns this. */
    public CompensatedSums merge(CompensatedSums other) {
        for (int i = 0; i < sum.length; i++) {
            add(i, other.sum[i]);
            lost[i] += other.lost[i];
        }
        return this;
    }

    /** The sums. */
    public double[] values() {
        double[] v = new double[sum.length];
        for (int i = 0; i < v.length; i++) {
            v[i] = sum[i] + lost[i];
        }
        return v;
    }
}
