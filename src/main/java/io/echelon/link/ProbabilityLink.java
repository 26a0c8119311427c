package io.echelon.link;

/**
 * A link between η and a probability, given by a standard distribution with cumulative distribution function F and
 * density f: Pr(success) = F(η). The same distributions stand behind ordinal responses and, on the scale of log time,
 * behind survival models. Everything is on the log scale, so that nothing under- or overflows in the tails.
 */
public sealed interface ProbabilityLink extends Link permits Logit, Probit, Cloglog, Loglog {

    /** The link of the distribution of −X where X has this one: 1 − F(−x). */
    default ProbabilityLink mirrored() {
        return this;
    }

    /** log F(x). */
    double logCdf(double x);

    /** log(1 − F(x)). */
    double logSurvival(double x);

    /** log F and its first three derivatives, into {@code d[0..3]}. */
    void logCdf(double x, double[] d);

    /** log(1 − F) and its first three derivatives, into {@code d[0..3]}. */
    void logSurvival(double x, double[] d);

    /** log f and its first three derivatives, into {@code d[0..3]}. */
    void logDensity(double x, double[] d);

    /** log(F(b) − F(a)) for a &lt; b, from the tail that keeps the digits; −∞ where a ≥ b. */
    default double logInterval(double a, double b) {
        if (!(a < b)) {
            return Double.NEGATIVE_INFINITY;
        }
        boolean upper = a + b > 0;
        double large = upper ? logSurvival(a) : logCdf(b);
        double small = upper ? logSurvival(b) : logCdf(a);
        double gap = small - large;
        return large + (gap > -0.693 ? Math.log(-Math.expm1(gap)) : Math.log1p(-Math.exp(gap)));
    }
}
