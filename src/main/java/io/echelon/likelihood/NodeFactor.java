package io.echelon.likelihood;

import io.echelon.linalg.Dense;
import io.echelon.linalg.SmallInverse;

/**
 * What the elimination of one node needs of its own block C = C_zz and the relative covariance Ψ of its level:
 *
 * <pre>
 *   N = (I + Ψ C)⁻¹    M = N Ψ    H = C N = (C⁻¹ + Ψ)⁻¹    log|I + Ψ C|
 * </pre>
 *
 * M and H are symmetric. No Ψ⁻¹ appears, so that singular Ψ are ordinary. All matrices are q×q, row by row.
 */
final class NodeFactor {
    /** Size of ΨC from which products with M are refined: T'MT then loses twice the digits that C does. */
    private static final double STIFF = 1e4;

    private final int q;
    private final double[] psi;
    private final SmallInverse inverse;
    final double[] c;
    final double[] n;
    final double[] m;
    final double[] h;

    NodeFactor(LevelCovariance level) {
        q = level.effects();
        psi = level.value();
        inverse = new SmallInverse(q);
        c = new double[q * q];
        n = inverse.inverse();
        m = new double[q * q];
        h = new double[q * q];
    }

    /** Takes the packed C at {@code block[at]} and returns log|I + Ψ C|. */
    double factor(double[] block, int at) {
        if (q == 1) {
            double s = psi[0] * block[at];
            c[0] = block[at];
            n[0] = 1 / (1 + s);
            m[0] = n[0] * psi[0];
            h[0] = n[0] * c[0];
            return Math.log(1 + s);
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                c[i * q + j] = block[at];
                c[j * q + i] = block[at++];
            }
        }
        return q == 2 ? factorTwo() : factorMany();
    }

    private double factorTwo() {
        double a = 1 + psi[0] * c[0] + psi[1] * c[2];
        double b = psi[0] * c[1] + psi[1] * c[3];
        double d = psi[2] * c[0] + psi[3] * c[2];
        double e = 1 + psi[2] * c[1] + psi[3] * c[3];
        double determinant = a * e - b * d;
        double f = 1 / determinant;
        n[0] = e * f;
        n[1] = -b * f;
        n[2] = -d * f;
        n[3] = a * f;
        symmetric(m, n[0] * psi[0] + n[1] * psi[2], n[0] * psi[1] + n[1] * psi[3], n[2] * psi[0] + n[3] * psi[2],
                n[2] * psi[1] + n[3] * psi[3]);
        symmetric(h, c[0] * n[0] + c[1] * n[2], c[0] * n[1] + c[1] * n[3], c[2] * n[0] + c[3] * n[2],
                c[2] * n[1] + c[3] * n[3]);
        return Math.log(determinant);
    }

    private static void symmetric(double[] to, double first, double upper, double lower, double last) {
        to[0] = first;
        to[1] = (upper + lower) / 2;
        to[2] = to[1];
        to[3] = last;
    }

    private double factorMany() {
        double[] a = inverse.matrix();
        Dense.multiply(psi, c, a, q, q, q);
        for (int i = 0; i < q; i++) {
            a[i * q + i] += 1;
        }
        double logDeterminant = inverse.invert();
        products();
        return logDeterminant;
    }

    /** Whether some effects are known so much better from their group than from Ψ that digits are lost in M T. */
    boolean stiff() {
        return q > 1 && largest(psi) * largest(c) > STIFF;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }

    /**
     * W = N'T and P = ΨW with one step of iterative refinement: W + CP = T holds to the rounding of T.
     *
     * @param t    q×r
     * @param work q×r, is overwritten
     */
    void refined(double[] t, int r, double[] w, double[] p, double[] work) {
        Dense.multiplyTransposed(n, t, w, q, q, r);
        Dense.multiply(psi, w, p, q, q, r);
        Dense.multiply(c, p, work, q, q, r);
        for (int i = 0; i < work.length; i++) {
            work[i] = t[i] - w[i] - work[i];
        }
        Dense.multiplyTransposed(n, work, p, q, q, r);
        for (int i = 0; i < work.length; i++) {
            w[i] += p[i];
        }
        Dense.multiply(psi, w, p, q, q, r);
    }

    private void products() {
        Dense.multiply(n, psi, m, q, q, q);
        Dense.multiply(c, n, h, q, q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++) {
                double mm = (m[i * q + j] + m[j * q + i]) / 2;
                m[i * q + j] = mm;
                m[j * q + i] = mm;
                double hh = (h[i * q + j] + h[j * q + i]) / 2;
                h[i * q + j] = hh;
                h[j * q + i] = hh;
            }
        }
    }
}
