package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Log;
import io.echelon.link.Logit;
import java.util.List;
import java.util.Optional;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** Counts with mean μ = eᶯ and variance μ(1 + αμ); the ancillary parameter is log α. */
public record NegativeBinomialMean() implements MeanFamily {
    @Override
    public String text() {
        return "nbinomial mean";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public List<String> ancillary() {
        return List.of("/lnalpha");
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return Numbers.checkCount(r.y()[i]);
    }

    /** yη − (y + 1/α) log(1 + αμ); P = αμ/(1 + αμ). */
    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double m = Math.exp(-a[0]);
        for (int i = from, k = 0; i < to; i++, k++) {
            double y = r.y()[i];
            double t = eta[k] + a[0];
            double log = Logit.log1pExp(t);
            out.value[k] = y * eta[k] - (y + m) * log;
            if (order == 0) {
                continue;
            }
            double e = Math.exp(-Math.abs(t));
            double p = t > 0 ? 1 / (1 + e) : e / (1 + e);
            double pq = e / ((1 + e) * (1 + e));
            double slope = (y + m) * p;
            double curve = (y + m) * pq;
            out.d1[k] = y - slope;
            out.d2[k] = -curve;
            out.a[0][k] = m * log - slope;
            out.ea[0][k] = m * p - curve;
            out.aa[0][k] = m * (2 * p - log) - curve;
            if (order == 3) {
                out.d3[k] = -curve * (1 - 2 * p);
                out.eea[0][k] = m * pq - curve * (1 - 2 * p);
            }
        }
    }

    /** log Γ(y + 1/α)/Γ(1/α) + y log α − log y!. */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        double y = r.y()[i];
        if (y == 0) {
            return;
        }
        double m = Math.exp(-a[0]);
        double[] d = new double[4];
        RisingFactorial.log(m, y, d);
        sum[0] += weight * (d[0] + y * a[0] - Gamma.logGamma(y + 1));
        sum[1] += weight * (y - m * d[1]);
        sum[2] += weight * m * (d[1] + m * d[2]);
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return Optional.of(new NegativeBinomialKernel(Math.exp(a[0])));
    }

    @Override
    public Start start(ResponseSummary s) {
        double mu = Math.max(s.mean(), 1e-6);
        double alpha = Math.max((s.variance() - mu) / (mu * mu), 0.01);
        return new Start(Math.log(mu), new double[] {Math.log(alpha)});
    }

    @Override
    public double mean(double eta, double trials) {
        return Math.exp(eta);
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return mu * (1 + Math.exp(a[0]) * mu);
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        double alpha = Math.exp(a[0]);
        return 2 * (Numbers.timesLogRatio(y, mu) - (y + 1 / alpha) * (Math.log1p(alpha * y) - Math.log1p(alpha * mu)));
    }

    /** With w = αy/(1 + αy): α^(−2/3) (3 w^(2/3) (1 − w)^(−1/3) − the incomplete beta function at w). */
    @Override
    public double anscombe(double y, double trials, double[] a) {
        double alpha = Math.exp(a[0]);
        double w = alpha * y / (1 + alpha * y);
        return (3 * Math.cbrt(w * w) * Math.cbrt(1 + alpha * y) - IncompleteBeta.of(w)) / Math.cbrt(alpha * alpha);
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        double alpha = Math.exp(a[0]);
        return Beta.regularizedBeta(1 / (1 + alpha * Math.exp(eta)), 1 / alpha, y + 1);
    }
}
