package io.echelon.link;

/**
 * The standard normal distribution to full relative precision in both tails, from Mills' ratio
 * R(t) = (1 − Φ(t))/φ(t), t ≥ 0, by the rational approximations of W. J. Cody, "Rational Chebyshev approximations for
 * the error function", Mathematics of Computation 23 (1969), 631-637.
 */
public final class Normal {
    private static final double HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
    private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double SQRT_HALF_PI = Math.sqrt(Math.PI / 2);
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double INV_SQRT_PI = 1 / Math.sqrt(Math.PI);

    /** erf(x)/x on |x| ≤ 0.46875, in x². */
    private static final double[] NEAR_P = {1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2,
        3.77485237685302021e2, 3.20937758913846947e3};
    private static final double[] NEAR_Q = {1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
        2.84423683343917062e3};
    /** exp(x²)erfc(x) on 0.46875 ≤ x ≤ 4. */
    private static final double[] MIDDLE_P = {2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
        6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3,
        2.05107837782607147e3, 1.23033935479799725e3};
    private static final double[] MIDDLE_Q = {1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2,
        1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3,
        1.23033935480374942e3};
    /** (1/√π − x·exp(x²)erfc(x))·x² on x ≥ 4, in 1/x². */
    private static final double[] FAR_P = {1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
        1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4};
    private static final double[] FAR_Q = {1, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1,
        6.05183413124413191e-2, 2.33520497626869185e-3};

    private Normal() {}

    /** log φ(x). */
    public static double logDensity(double x) {
        return -0.5 * x * x - HALF_LOG_2PI;
    }

    /** φ(x). */
    public static double density(double x) {
        return INV_SQRT_2PI * Math.exp(-0.5 * x * x);
    }

    /** 1 − Φ(x). */
    public static double upper(double x) {
        return x >= 0 ? density(x) * millsRatio(x) : 1 - density(x) * millsRatio(-x);
    }

    /** log Φ(x). */
    public static double logCdf(double x) {
        if (x < 0) {
            return logDensity(x) + Math.log(millsRatio(-x));
        }
        return log1m(Math.exp(logDensity(x)) * millsRatio(x));
    }

    /** log Φ(x), r = φ(x)/Φ(x) and x + r, whose leading digits cancel in the lower tail if taken as it stands, into {@code d[0..2]}. */
    static void logCdf(double x, double[] d) {
        if (x >= 0) {
            double density = Math.exp(logDensity(x));
            double upper = density * millsRatio(x);
            d[0] = log1m(upper);
            d[1] = density / (1 - upper);
            d[2] = x + d[1];
            return;
        }
        double ratio = millsRatio(-x);
        d[0] = logDensity(x) + Math.log(ratio);
        d[1] = 1 / ratio;
        if (x > -4 / SQRT_HALF) {
            d[2] = x + d[1];
        } else {
            double inverse = 2 / (x * x);
            double delta = inverse * ratio(FAR_P, FAR_Q, inverse) / INV_SQRT_PI;
            d[2] = -x * delta / (1 - delta);
        }
    }

    /** log(1 − q), 0 ≤ q ≤ ½ (Kahan's correction of log for arguments near one). */
    private static double log1m(double q) {
        double u = 1 - q;
        return u == 1 ? -q : Math.log(u) * q / (1 - u);
    }

    /** (1 − Φ(t))/φ(t) for t ≥ 0. */
    public static double millsRatio(double t) {
        double x = t * SQRT_HALF;
        double x2 = x * x;
        double scaled;
        if (x <= 0.46875) {
            scaled = Math.exp(x2) * (1 - x * ratio(NEAR_P, NEAR_Q, x2));
        } else if (x <= 4) {
            scaled = ratio(MIDDLE_P, MIDDLE_Q, x);
        } else {
            double inverse = 1 / x2;
            scaled = (INV_SQRT_PI - inverse * ratio(FAR_P, FAR_Q, inverse)) / x;
        }
        return SQRT_HALF_PI * scaled;
    }

    private static double ratio(double[] p, double[] q, double x) {
        double a = p[0];
        double b = q[0];
        for (int i = 1; i < p.length; i++) {
            a = a * x + p[i];
            b = b * x + q[i];
        }
        return a / b;
    }
}
