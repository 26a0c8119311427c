package io.echelon.family;

import io.echelon.linalg.ElementaryFunctions;
import io.echelon.link.Link;
import io.echelon.link.Log;
import java.util.Optional;
import org.hipparchus.special.Gamma;

/** Counts with mean eᶯ. */
public record Poisson() implements MeanFamily {
    @Override
    public String text() {
        return "poisson";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return Numbers.checkCount(r.y()[i]);
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double[] y = r.y();
        double[] mean = out.value;
        System.arraycopy(eta, 0, mean, 0, to - from);
        ElementaryFunctions.fastest().exp(mean, to - from);
        for (int i = from, k = 0; i < to; i++, k++) {
            double mu = mean[k];
            out.value[k] = y[i] * eta[k] - mu;
            if (order > 0) {
                out.d1[k] = y[i] - mu;
                out.d2[k] = -mu;
                out.d3[k] = -mu;
            }
        }
    }

    /** −log y!. */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        if (r.y()[i] > 1) {
            sum[0] -= weight * Gamma.logGamma(r.y()[i] + 1);
        }
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return Optional.of(new PoissonKernel());
    }

    @Override
    public Start start(ResponseSummary s) {
        return new Start(Math.log(Math.max(s.mean(), 1e-6)), new double[0]);
    }

    @Override
    public double mean(double eta, double trials) {
        return Math.exp(eta);
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return mu;
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        return 2 * (Numbers.timesLogRatio(y, mu) - (y - mu));
    }

    @Override
    public double anscombe(double y, double trials, double[] a) {
        return 1.5 * Math.cbrt(y * y);
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        return Gamma.regularizedGammaQ(y + 1, Math.exp(eta));
    }
}
