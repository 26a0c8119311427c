package io.echelon.family;

import io.echelon.link.Logit;
import io.echelon.link.ProbabilityLink;
import java.util.Optional;

/** Binary response: 0 is the negative outcome, every other value the positive one. */
public record Bernoulli(ProbabilityLink link) implements MeanFamily {
    @Override
    public String text() {
        return "bernoulli";
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return Optional.empty();
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        if (link instanceof Logit) {
            LogisticRun.evaluate(r.y(), null, from, to - from, eta, order, out);
            return;
        }
        double[] y = r.y();
        if (order == 0) {
            double[] value = out.value;
            for (int i = from, k = 0; i < to; i++, k++) {
                value[k] = y[i] != 0 ? link.logCdf(eta[k]) : link.logSurvival(eta[k]);
            }
            return;
        }
        double[] d = new double[4];
        for (int i = from, k = 0; i < to; i++, k++) {
            if (y[i] != 0) {
                link.logCdf(eta[k], d);
            } else {
                link.logSurvival(eta[k], d);
            }
            out.value[k] = d[0];
            out.d1[k] = d[1];
            out.d2[k] = d[2];
            out.d3[k] = d[3];
        }
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return link instanceof Logit ? Optional.of(new LogisticKernel())
                : Optional.of(new CategoryKernel(this, a, new double[1], new double[] {0, 1}));
    }

    @Override
    public Start start(ResponseSummary s) {
        return new Start(Proportions.startingConstant(link, s.mean()), new double[0]);
    }

    @Override
    public double outcome(double y) {
        return y != 0 ? 1 : 0;
    }

    @Override
    public double mean(double eta, double trials) {
        return Math.exp(link.logCdf(eta));
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return mu * (1 - mu);
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        return -2 * (y != 0 ? Math.log(mu) : Math.log1p(-mu));
    }

    @Override
    public double anscombe(double y, double trials, double[] a) {
        return IncompleteBeta.of(y);
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        return y != 0 ? 1 : Math.exp(link.logSurvival(eta));
    }
}
