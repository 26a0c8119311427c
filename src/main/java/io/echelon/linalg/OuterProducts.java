package io.echelon.linalg;

import java.util.Arrays;

/**
 * Sums over many pairs of vectors (u, v) of the lower triangle of u v', taken in batches so that the inner loops run over
 * registers: 4×4 tiles of the result are kept in local variables while they run over the pairs of a batch.
 */
public final class OuterProducts {
    private static final int BATCH = 64;
    private static final int TILE = 4;

    private final int n;
    private final double[] left;
    private final double[] right;
    private final double[] sums;
    private int count;

    /** For vectors of n values. */
    public OuterProducts(int n) {
        this.n = n;
        int padded = (n + TILE - 1) / TILE * TILE;
        left = new double[padded * BATCH];
        right = new double[padded * BATCH];
        sums = new double[Packed.size(padded)];
    }

    /** Adds the pair of the n values at {@code u[uAt]} and at {@code v[vAt]}. */
    public void add(double[] u, int uAt, double[] v, int vAt) {
        int k = count;
        for (int i = 0; i < n; i++) {
            left[i * BATCH + k] = u[uAt + i];
            right[i * BATCH + k] = v[vAt + i];
        }
        if (++count == BATCH) {
            multiply();
        }
    }

    /** Adds {@code factor} times the packed sums to {@code out[at...]} and begins anew. */
    public void drain(double factor, double[] out, int at) {
        if (count > 0) {
            multiply();
        }
        for (int i = 0; i < Packed.size(n); i++) {
            out[at + i] += factor * sums[i];
        }
        Arrays.fill(sums, 0);
    }

    private void multiply() {
        for (int r = 0; r < n; r += TILE) {
            for (int c = 0; c <= r; c += TILE) {
                tile(r, c);
            }
        }
        count = 0;
    }

    private void tile(int r, int c) {
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s03 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s13 = 0;
        double s20 = 0;
        double s21 = 0;
        double s22 = 0;
        double s23 = 0;
        double s30 = 0;
        double s31 = 0;
        double s32 = 0;
        double s33 = 0;
        int a = r * BATCH;
        int b = c * BATCH;
        for (int end = a + count; a < end; a++, b++) {
            double u0 = left[a];
            double u1 = left[a + BATCH];
            double u2 = left[a + 2 * BATCH];
            double u3 = left[a + 3 * BATCH];
            double v = right[b];
            s00 += u0 * v;
            s10 += u1 * v;
            s20 += u2 * v;
            s30 += u3 * v;
            v = right[b + BATCH];
            s01 += u0 * v;
            s11 += u1 * v;
            s21 += u2 * v;
            s31 += u3 * v;
            v = right[b + 2 * BATCH];
            s02 += u0 * v;
            s12 += u1 * v;
            s22 += u2 * v;
            s32 += u3 * v;
            v = right[b + 3 * BATCH];
            s03 += u0 * v;
            s13 += u1 * v;
            s23 += u2 * v;
            s33 += u3 * v;
        }
        store(r, c, s00, s01, s02, s03);
        store(r + 1, c, s10, s11, s12, s13);
        store(r + 2, c, s20, s21, s22, s23);
        store(r + 3, c, s30, s31, s32, s33);
    }

    /** Adds the part of four neighbours in row r that is in the lower triangle. */
    private void store(int r, int c, double s0, double s1, double s2, double s3) {
        int at = Packed.size(r) + c;
        sums[at] += s0;
        if (c + 1 <= r) {
            sums[at + 1] += s1;
        }
        if (c + 2 <= r) {
            sums[at + 2] += s2;
        }
        if (c + 3 <= r) {
            sums[at + 3] += s3;
        }
    }
}
