package io.echelon.link;

/** Standard normal distribution. */
public record Probit() implements ProbabilityLink {
    @Override
    public String text() {
        return "probit";
    }

    @Override
    public double logCdf(double x) {
        return Normal.logCdf(x);
    }

    @Override
    public double logSurvival(double x) {
        return Normal.logCdf(-x);
    }

    /** With r = φ/Φ: r' = −r(x + r), r'' = r((x + 2r)(x + r) − 1). */
    @Override
    public void logCdf(double x, double[] d) {
        Normal.logCdf(x, d);
        double r = d[1];
        double excess = d[2];
        d[2] = -r * excess;
        d[3] = r * ((excess + r) * excess - 1);
    }

    @Override
    public void logSurvival(double x, double[] d) {
        logCdf(-x, d);
        d[1] = -d[1];
        d[3] = -d[3];
    }

    @Override
    public void logDensity(double x, double[] d) {
        d[0] = Normal.logDensity(x);
        d[1] = -x;
        d[2] = -1;
        d[3] = 0;
    }
}
