package io.echelon.family;

/**
 * Derivatives of log Γ to full precision (Hipparchus gives nine digits of ψ and six of ψ'): the recurrence up to an
 * argument of 16, Stirling's series from there (Abramowitz and Stegun 1964, 6.3.18 and 6.4.11).
 */
final class PolyGamma {
    private static final int LARGE = 16;
    /** B₂ₖ/(2k(2k−1)), k = 1…6: Stirling's series of log Γ in x^(1−2k). */
    private static final double[] STIRLING = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360};

    private PolyGamma() {}

    /** ψ(x) = (log Γ)'(x), x &gt; 0. */
    static double digamma(double x) {
        double sum = 0;
        double y = x;
        for (; y < LARGE; y++) {
            sum -= 1 / y;
        }
        return sum + Math.log(y) - 0.5 / y + stirling(1 / y, 1);
    }

    /** ψ'(x), x &gt; 0. */
    static double trigamma(double x) {
        double sum = 0;
        double y = x;
        for (; y < LARGE; y++) {
            sum += 1 / (y * y);
        }
        return sum + 1 / y + 0.5 / (y * y) + stirling(1 / y, 2);
    }

    /** The derivative of the given order of Σ B₂ₖ/(2k(2k−1)) x^(1−2k), at x = 1/w. */
    static double stirling(double w, int order) {
        double sum = 0;
        for (int k = STIRLING.length; k >= 1; k--) {
            double c = STIRLING[k - 1];
            int power = 2 * k - 1;
            for (int o = 0; o < order; o++) {
                c *= -(power + o);
            }
            sum += c * Math.pow(w, power + order);
        }
        return sum;
    }
}
