package io.echelon.link;

import io.echelon.linalg.ScalarFunctions;

/** Logistic distribution: F(x) = 1/(1 + e⁻ˣ). */
public record Logit() implements ProbabilityLink {
    @Override
    public String text() {
        return "logit";
    }

    /** log(1 + eˣ) to full relative precision. */
    public static double log1pExp(double x) {
        double tail = ScalarFunctions.log1p(Math.exp(-Math.abs(x)));
        return x > 0 ? x + tail : tail;
    }

    @Override
    public double logCdf(double x) {
        return -log1pExp(-x);
    }

    @Override
    public double logSurvival(double x) {
        return -log1pExp(x);
    }

    @Override
    public void logCdf(double x, double[] d) {
        double e = Math.exp(-Math.abs(x));
        double near = 1 / (1 + e);
        double far = e * near;
        double p = x > 0 ? near : far;
        double q = x > 0 ? far : near;
        d[0] = x > 0 ? -ScalarFunctions.log1p(e) : x - ScalarFunctions.log1p(e);
        d[1] = q;
        d[2] = -p * q;
        d[3] = -p * q * (q - p);
    }

    @Override
    public void logSurvival(double x, double[] d) {
        logCdf(-x, d);
        d[1] = -d[1];
        d[3] = -d[3];
    }

    @Override
    public void logDensity(double x, double[] d) {
        double e = Math.exp(-Math.abs(x));
        double pq = e / ((1 + e) * (1 + e));
        double tanh = Math.copySign((1 - e) / (1 + e), x);
        d[0] = -Math.abs(x) - 2 * ScalarFunctions.log1p(e);
        d[1] = -tanh;
        d[2] = -2 * pq;
        d[3] = 2 * pq * tanh;
    }
}
