package io.echelon.family;

import io.echelon.link.Logit;
import io.echelon.link.ProbabilityLink;
import java.util.Optional;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** Number of successes in a known number of trials. */
public record Binomial(ProbabilityLink link) implements MeanFamily {
    @Override
    public String text() {
        return "binomial";
    }

    @Override
    public Optional<String> check(Response r, int i) {
        double y = r.y()[i];
        double n = r.trials()[i];
        if (!(n > 0) || n != Math.rint(n)) {
            return Optional.of("a binomial denominator of " + Numbers.text(n)
                    + "; denominators must be positive whole numbers");
        }
        if (y < 0 || y != Math.rint(y)) {
            return Optional.of("a count of " + Numbers.text(y) + "; counts must be whole numbers from 0");
        }
        if (y > n) {
            return Optional.of("a count of " + Numbers.text(y) + " above its binomial denominator " + Numbers.text(n));
        }
        return Optional.empty();
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        if (link instanceof Logit) {
            LogisticRun.evaluate(r.y(), r.trials(), from, to - from, eta, order, out);
            return;
        }
        double[] d = new double[4];
        for (int i = from, k = 0; i < to; i++, k++) {
            double y = r.y()[i];
            double fail = r.trials()[i] - y;
            if (order == 0) {
                out.value[k] = (y == 0 ? 0 : y * link.logCdf(eta[k])) + (fail == 0 ? 0 : fail * link.logSurvival(eta[k]));
                continue;
            }
            out.value[k] = 0;
            out.d1[k] = 0;
            out.d2[k] = 0;
            out.d3[k] = 0;
            if (y > 0) {
                link.logCdf(eta[k], d);
                add(y, d, out, k);
            }
            if (fail > 0) {
                link.logSurvival(eta[k], d);
                add(fail, d, out, k);
            }
        }
    }

    private static void add(double count, double[] d, Partials out, int k) {
        out.value[k] += count * d[0];
        out.d1[k] += count * d[1];
        out.d2[k] += count * d[2];
        out.d3[k] += count * d[3];
    }

    /** log of the binomial coefficient. */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        double y = r.y()[i];
        double n = r.trials()[i];
        if (y > 0 && y < n) {
            sum[0] += weight * (Gamma.logGamma(n + 1) - Gamma.logGamma(y + 1) - Gamma.logGamma(n - y + 1));
        }
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return link instanceof Logit ? Optional.of(new LogisticKernel()) : Optional.empty();
    }

    @Override
    public Start start(ResponseSummary s) {
        return new Start(Proportions.startingConstant(link, s.mean()), new double[0]);
    }

    @Override
    public double mean(double eta, double trials) {
        return trials * Math.exp(link.logCdf(eta));
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return mu * (1 - mu / trials);
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        return 2 * (Numbers.timesLogRatio(y, mu) + Numbers.timesLogRatio(trials - y, trials - mu));
    }

    /** n^(2/3) times the incomplete beta function at y/n. */
    @Override
    public double anscombe(double y, double trials, double[] a) {
        return Math.cbrt(trials * trials) * IncompleteBeta.of(y / trials);
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        return y >= trials ? 1 : Beta.regularizedBeta(Math.exp(link.logSurvival(eta)), trials - y, y + 1);
    }
}
