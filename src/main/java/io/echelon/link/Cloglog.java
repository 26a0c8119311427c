package io.echelon.link;

/** Smallest extreme value distribution: F(x) = 1 − exp(−eˣ), the complementary log-log link. */
public record Cloglog() implements ProbabilityLink {
    /** Below this eˣ the slope of the log is taken from its Bernoulli series, which keeps the leading digits. */
    private static final double SERIES = 0.1;

    @Override
    public String text() {
        return "cloglog";
    }

    @Override
    public ProbabilityLink mirrored() {
        return new Loglog();
    }

    @Override
    public double logCdf(double x) {
        double m = Math.exp(x);
        return m < 0.5 ? Math.log(-Math.expm1(-m)) : Math.log1p(-Math.exp(-m));
    }

    @Override
    public double logSurvival(double x) {
        return -Math.exp(x);
    }

    /** With m = eˣ: r = m/(eᵐ − 1), r' = rc with c = 1 − m − r, r'' = r(c² − m − rc). */
    @Override
    public void logCdf(double x, double[] d) {
        double m = Math.exp(x);
        double r = m < 1e-300 ? 1 : m / Math.expm1(m);
        double c;
        if (m < SERIES) {
            double m2 = m * m;
            c = -m / 2 - m2 * (1.0 / 12 - m2 * (1.0 / 720 - m2 * (1.0 / 30240 - m2 / 1209600)));
        } else {
            c = 1 - m - r;
        }
        d[0] = logCdf(x);
        d[1] = r;
        d[2] = r == 0 ? 0 : r * c;
        d[3] = r == 0 ? 0 : r * (c * c - m - r * c);
    }

    @Override
    public void logSurvival(double x, double[] d) {
        double m = -Math.exp(x);
        d[0] = m;
        d[1] = m;
        d[2] = m;
        d[3] = m;
    }

    @Override
    public void logDensity(double x, double[] d) {
        double m = Math.exp(x);
        d[0] = x - m;
        d[1] = 1 - m;
        d[2] = -m;
        d[3] = -m;
    }
}
