package io.echelon.postestimation;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Gamma;

/**
 * Distribution of the range of k independent normal variables divided by an independent estimate of their standard
 * deviation with ν degrees of freedom (Copenhaver and Holland, Journal of Statistical Computation and Simulation 30, 1988).
 */
final class StudentizedRange {
    private static final GaussIntegratorFactory RULES = new GaussIntegratorFactory();
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final int POINTS = 64;
    private static final double FAR = 9;

    private StudentizedRange() {}

    /**
     * P(range &gt; q).
     *
     * @param df ν; NaN where the standard deviation is known
     */
    static double tail(double q, int k, double df) {
        return Math.max(0, 1 - cumulative(q, k, df));
    }

    /** The value not exceeded with this probability. */
    static double quantile(double probability, int k, double df) {
        double high = 10;
        while (cumulative(high, k, df) < probability) {
            high *= 2;
        }
        return new BrentSolver(1e-10).solve(200, q -> cumulative(q, k, df) - probability, 1e-6, high);
    }

    static double cumulative(double q, int k, double df) {
        if (Double.isNaN(df)) {
            return ofRange(q, k);
        }
        // s = χ_ν/√ν has density c s^(ν−1) exp(−νs²/2), most of it within a few 1/√(2ν) of 1.
        double spread = 1 / Math.sqrt(2 * df);
        double log = df / 2 * Math.log(df / 2) + Math.log(2) - Gamma.logGamma(df / 2);
        return integral(s -> Math.exp(log + (df - 1) * Math.log(s) - df * s * s / 2) * ofRange(q * s, k),
                Math.max(1e-10, 1 - FAR * spread), 1 + (FAR + 3 / Math.sqrt(df)) * spread);
    }

    /** k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz. */
    private static double ofRange(double q, int k) {
        return q <= 0 ? 0 : integral(z -> k * NORMAL.density(z)
                * Math.pow(NORMAL.cumulativeProbability(z) - NORMAL.cumulativeProbability(z - q), k - 1), -FAR, FAR + q);
    }

    private static double integral(UnivariateFunction f, double from, double to) {
        double middle = (from + to) / 2;
        GaussIntegrator left = RULES.legendre(POINTS, from, middle);
        GaussIntegrator right = RULES.legendre(POINTS, middle, to);
        return left.integrate(f) + right.integrate(f);
    }
}
