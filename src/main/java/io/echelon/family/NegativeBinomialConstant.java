package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Log;
import io.echelon.link.Logit;
import java.util.List;
import java.util.Optional;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** Counts with mean μ = eᶯ and variance μ(1 + δ); the ancillary parameter is log δ. */
public record NegativeBinomialConstant() implements MeanFamily {
    @Override
    public String text() {
        return "nbinomial constant";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public List<String> ancillary() {
        return List.of("/lndelta");
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return Numbers.checkCount(r.y()[i]);
    }

    /** With size s = μ/δ: log Γ(y + s)/Γ(s) − s log(1 + δ); s moves with η and with −log δ alike. */
    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double log = Logit.log1pExp(a[0]);
        double p = Math.exp(a[0] - log);
        double[] d = new double[4];
        for (int i = from, k = 0; i < to; i++, k++) {
            double s = Math.exp(eta[k] - a[0]);
            RisingFactorial.log(s, r.y()[i], d);
            out.value[k] = d[0] - s * log;
            if (order == 0) {
                continue;
            }
            double f1 = s * d[1];
            double f2 = f1 + s * s * d[2];
            out.d1[k] = f1 - s * log;
            out.d2[k] = f2 - s * log;
            out.a[0][k] = -out.d1[k] - s * p;
            out.ea[0][k] = -out.d2[k] - s * p;
            out.aa[0][k] = out.d2[k] + 2 * s * p - s * p * (1 - p);
            if (order == 3) {
                double f3 = f1 + 3 * s * s * d[2] + s * s * s * d[3];
                out.d3[k] = f3 - s * log;
                out.eea[0][k] = -out.d3[k] - s * p;
            }
        }
    }

    /** y log(δ/(1 + δ)) − log y!. */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        double y = r.y()[i];
        if (y == 0) {
            return;
        }
        double log = Logit.log1pExp(a[0]);
        double p = Math.exp(a[0] - log);
        sum[0] += weight * (y * (a[0] - log) - Gamma.logGamma(y + 1));
        sum[1] += weight * y * (1 - p);
        sum[2] -= weight * y * p * (1 - p);
    }

    @Override
    public Start start(ResponseSummary s) {
        double mu = Math.max(s.mean(), 1e-6);
        return new Start(Math.log(mu), new double[] {Math.log(Math.max(s.variance() / mu - 1, 0.01))});
    }

    @Override
    public double mean(double eta, double trials) {
        return Math.exp(eta);
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return mu * (1 + Math.exp(a[0]));
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        return 2 * (Numbers.timesLogRatio(y, mu) - (y - mu)) / (1 + Math.exp(a[0]));
    }

    @Override
    public double anscombe(double y, double trials, double[] a) {
        return 1.5 * Math.cbrt(y * y / (1 + Math.exp(a[0])));
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        double delta = Math.exp(a[0]);
        return Beta.regularizedBeta(1 / (1 + delta), Math.exp(eta) / delta, y + 1);
    }
}
