package io.echelon.family;

import org.hipparchus.special.Beta;

/** ∫ from 0 to x of (t(1 − t))^(−1/3) dt, the incomplete beta function of Anscombe residuals. */
final class IncompleteBeta {
    private static final double THIRDS = 2.0 / 3;
    private static final double COMPLETE = Math.exp(Beta.logBeta(THIRDS, THIRDS));

    private IncompleteBeta() {}

    static double of(double x) {
        return COMPLETE * Beta.regularizedBeta(x, THIRDS, THIRDS);
    }
}
