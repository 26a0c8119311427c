package io.echelon.link;

/**
 * Largest extreme value distribution: F(x) = exp(−e⁻ˣ), that of −X where X has the smallest. It stands behind ordinal responses
 * with the complementary log-log link, and is not chosen by name.
 */
public record Loglog() implements ProbabilityLink {
    private static final Cloglog MIRROR = new Cloglog();

    @Override
    public String text() {
        return "loglog";
    }

    @Override
    public ProbabilityLink mirrored() {
        return MIRROR;
    }

    @Override
    public double logCdf(double x) {
        return MIRROR.logSurvival(-x);
    }

    @Override
    public double logSurvival(double x) {
        return MIRROR.logCdf(-x);
    }

    @Override
    public void logCdf(double x, double[] d) {
        MIRROR.logSurvival(-x, d);
        turn(d);
    }

    @Override
    public void logSurvival(double x, double[] d) {
        MIRROR.logCdf(-x, d);
        turn(d);
    }

    @Override
    public void logDensity(double x, double[] d) {
        MIRROR.logDensity(-x, d);
        turn(d);
    }

    /** Derivatives in x of a function of −x. */
    private static void turn(double[] d) {
        d[1] = -d[1];
        d[3] = -d[3];
    }
}
