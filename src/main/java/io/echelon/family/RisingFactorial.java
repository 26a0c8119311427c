package io.echelon.family;

/**
 * log of the rising factorial s(s+1)…(s+n−1) = Γ(s+n)/Γ(s) and its derivatives in s. A difference of log gamma functions
 * loses all digits when s is large; the sum does not. The first terms are added one by one, the rest by the
 * Euler-Maclaurin formula.
 */
final class RisingFactorial {
    /** Terms added one by one; beyond s + 16 the remainder of the formula is below 1e-17. */
    private static final int DIRECT = 16;

    private RisingFactorial() {}

    /** Value and three derivatives into {@code d[0..3]}; n a whole number from 0. */
    static void log(double s, double n, double[] d) {
        int direct = (int) Math.min(n, DIRECT);
        double d0 = 0;
        double d1 = 0;
        double d2 = 0;
        double d3 = 0;
        for (int j = 0; j < direct; j++) {
            double x = s + j;
            double inverse = 1 / x;
            d0 += Math.log(x);
            d1 += inverse;
            d2 -= inverse * inverse;
            d3 += 2 * inverse * inverse * inverse;
        }
        double rest = n - direct;
        if (rest > 0) {
            double a = s + direct;
            double b = a + rest;
            double u = 1 / a;
            double v = 1 / b;
            d0 += rest * Math.log(a) + b * Math.log1p(rest * u) - rest - 0.5 * Math.log1p(rest * u);
            d1 += Math.log1p(rest * u) + 0.5 * (u - v);
            d2 += (v - u) - 0.5 * (u * u - v * v);
            d3 += (u * u - v * v) + (u * u * u - v * v * v);
            d0 += PolyGamma.stirling(v, 0) - PolyGamma.stirling(u, 0);
            d1 += PolyGamma.stirling(v, 1) - PolyGamma.stirling(u, 1);
            d2 += PolyGamma.stirling(v, 2) - PolyGamma.stirling(u, 2);
            d3 += PolyGamma.stirling(v, 3) - PolyGamma.stirling(u, 3);
        }
        d[0] = d0;
        d[1] = d1;
        d[2] = d2;
        d[3] = d3;
    }
}
