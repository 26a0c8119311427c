package io.echelon.family;

import io.echelon.link.MeanLink;
import io.echelon.link.Normal;
import java.util.List;
import java.util.Optional;

/** Normal response with mean μ(η); the ancillary parameter is the log of the residual variance. */
public record Gaussian(MeanLink link) implements MeanFamily {
    private static final double HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

    @Override
    public String text() {
        return "gaussian";
    }

    @Override
    public List<String> ancillary() {
        return List.of("/lnsig2");
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return Optional.empty();
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double precision = Math.exp(-a[0]);
        double[] mu = new double[4];
        for (int i = from, k = 0; i < to; i++, k++) {
            if (order == 0) {
                double e = r.y()[i] - link.mean(eta[k]);
                out.value[k] = -0.5 * e * e * precision;
                continue;
            }
            link.mean(eta[k], mu);
            double e = r.y()[i] - mu[0];
            double s = e * precision;
            double half = 0.5 * e * s;
            out.value[k] = -half;
            out.d1[k] = s * mu[1];
            out.d2[k] = s * mu[2] - precision * mu[1] * mu[1];
            out.a[0][k] = half;
            out.ea[0][k] = -out.d1[k];
            out.aa[0][k] = -half;
            if (order == 3) {
                out.d3[k] = s * mu[3] - 3 * precision * mu[1] * mu[2];
                out.eea[0][k] = -out.d2[k];
            }
        }
    }

    /** −½ log 2πσ². */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        sum[0] -= weight * (HALF_LOG_2PI + 0.5 * a[0]);
        sum[1] -= weight * 0.5;
    }

    @Override
    public Start start(ResponseSummary s) {
        boolean log = link instanceof io.echelon.link.Log;
        return new Start(log ? Math.log(Math.max(s.mean(), 1e-3)) : s.mean(), new double[] {Math.log(Math.max(s.variance(), 1e-300))});
    }

    @Override
    public double mean(double eta, double trials) {
        return link.mean(eta);
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return 1;
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        return (y - mu) * (y - mu);
    }

    @Override
    public double anscombe(double y, double trials, double[] a) {
        return y;
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        return Math.exp(Normal.logCdf((y - link.mean(eta)) * Math.exp(-0.5 * a[0])));
    }
}
