package io.echelon.family;

import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.special.Gamma;

/**
 * log Q(k, x), Q the regularized upper incomplete gamma function, with derivatives in its shape: the power series of P = 1 − Q
 * below x = k + 1 and the continued fraction of Q above (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31), evaluated in
 * truncated Taylor series.
 */
final class GammaSurvivor {
    private static final DSFactory VALUE = new DSFactory(2, 0);
    private static final DSFactory THIRD = new DSFactory(2, 3);
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-17;
    /** Factors of the continued fraction (and their derivatives) come no nearer to 1 (and 0) than rounding lets them. */
    private static final double SETTLED = 1e-14;
    private static final int MAX_TERMS = 100_000;

    private GammaSurvivor() {}

    /** log Q(k, x). */
    static double logQ(double k, double x) {
        return logQ(VALUE.variable(0, Math.log(x / k)), VALUE.variable(1, Math.log(k))).getValue();
    }

    /**
     * log Q(eᶜ, e^(c + w)) and its partial derivatives: into {@code g} the value, ∂w, ∂w², ∂w³, ∂c, ∂w∂c, ∂c², ∂w²∂c.
     */
    static void logQ(double k, double w, double[] g) {
        DerivativeStructure q = logQ(THIRD.variable(0, w), THIRD.variable(1, Math.log(k)));
        g[0] = q.getValue();
        g[1] = q.getPartialDerivative(1, 0);
        g[2] = q.getPartialDerivative(2, 0);
        g[3] = q.getPartialDerivative(3, 0);
        g[4] = q.getPartialDerivative(0, 1);
        g[5] = q.getPartialDerivative(1, 1);
        g[6] = q.getPartialDerivative(0, 2);
        g[7] = q.getPartialDerivative(2, 1);
    }

    private static DerivativeStructure logQ(DerivativeStructure w, DerivativeStructure c) {
        DerivativeStructure k = c.exp();
        DerivativeStructure logX = w.add(c);
        DerivativeStructure x = logX.exp();
        DerivativeStructure logTerm = k.multiply(logX).subtract(x).subtract(logGamma(k));
        if (x.getValue() < k.getValue() + 1) {
            DerivativeStructure p = logTerm.exp().multiply(series(k, x));
            return p.negate().log1p();
        }
        return logTerm.add(fraction(k, x).log());
    }

    /** log Γ; its third derivative enters only the third derivative in c, which nobody asks for. */
    private static DerivativeStructure logGamma(DerivativeStructure k) {
        double v = k.getValue();
        double[] d = {Gamma.logGamma(v), PolyGamma.digamma(v), PolyGamma.trigamma(v), 0};
        return k.compose(java.util.Arrays.copyOf(d, k.getOrder() + 1));
    }

    /** P(k, x) Γ(k) eˣ x⁻ᵏ = Σ xⁿ / (k(k+1)…(k+n)). */
    private static DerivativeStructure series(DerivativeStructure k, DerivativeStructure x) {
        DerivativeStructure term = k.reciprocal();
        DerivativeStructure sum = term;
        for (int n = 1; n < MAX_TERMS; n++) {
            term = term.multiply(x).divide(k.add(n));
            sum = sum.add(term);
            if (largest(term) < PRECISION * largest(sum)) {
                break;
            }
        }
        return sum;
    }

    /** Q(k, x) Γ(k) eˣ x⁻ᵏ as a continued fraction, by Lentz's method. */
    private static DerivativeStructure fraction(DerivativeStructure k, DerivativeStructure x) {
        DerivativeStructure b = x.add(1).subtract(k);
        DerivativeStructure c = b.getField().getOne().divide(TINY);
        DerivativeStructure d = b.reciprocal();
        DerivativeStructure h = d;
        for (int n = 1; n < MAX_TERMS; n++) {
            DerivativeStructure an = k.subtract(n).multiply(n);
            b = b.add(2);
            d = an.multiply(d).add(b).reciprocal();
            c = b.add(an.divide(c));
            DerivativeStructure step = c.multiply(d);
            h = h.multiply(step);
            if (largest(step.subtract(1)) < SETTLED) {
                break;
            }
        }
        return h;
    }

    private static double largest(DerivativeStructure s) {
        double max = 0;
        for (double v : s.getAllDerivatives()) {
            max = Math.max(max, Math.abs(v));
        }
        return max;
    }
}
