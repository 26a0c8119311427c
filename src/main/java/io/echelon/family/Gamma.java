package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Log;
import java.util.List;
import java.util.Optional;

/** Positive response with mean μ = eᶯ and variance φμ²; the ancillary parameter is log φ. */
public record Gamma() implements MeanFamily {
    @Override
    public String text() {
        return "gamma";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public List<String> ancillary() {
        return List.of("/logs");
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return r.y()[i] > 0 ? Optional.empty()
                : Optional.of("a value of " + Numbers.text(r.y()[i]) + "; a gamma response must be positive");
    }

    /** −k(η + y e⁻ᶯ) with the shape k = 1/φ. */
    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double shape = Math.exp(-a[0]);
        for (int i = from, k = 0; i < to; i++, k++) {
            double t = shape * r.y()[i] * Math.exp(-eta[k]);
            double value = -shape * eta[k] - t;
            out.value[k] = value;
            if (order > 0) {
                out.d1[k] = t - shape;
                out.d2[k] = -t;
                out.d3[k] = t;
                out.a[0][k] = -value;
                out.ea[0][k] = shape - t;
                out.aa[0][k] = value;
                out.eea[0][k] = t;
            }
        }
    }

    /** k log k − log Γ(k) + (k − 1) log y. */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        double k = Math.exp(-a[0]);
        double logY = Math.log(r.y()[i]);
        double first = 1 - a[0] - PolyGamma.digamma(k) + logY;
        double second = 1 / k - PolyGamma.trigamma(k);
        sum[0] += weight * (-k * a[0] - org.hipparchus.special.Gamma.logGamma(k) + (k - 1) * logY);
        sum[1] -= weight * k * first;
        sum[2] += weight * k * (first + k * second);
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return Optional.of(new GammaKernel(Math.exp(-a[0])));
    }

    @Override
    public Start start(ResponseSummary s) {
        double mu = Math.max(s.mean(), 1e-300);
        return new Start(Math.log(mu), new double[] {Math.log(Math.max(s.variance() / (mu * mu), 1e-8))});
    }

    @Override
    public double mean(double eta, double trials) {
        return Math.exp(eta);
    }

    @Override
    public double variance(double mu, double trials, double[] a) {
        return mu * mu;
    }

    @Override
    public double deviance(double y, double mu, double trials, double[] a) {
        return 2 * ((y - mu) / mu - Math.log(y / mu));
    }

    @Override
    public double anscombe(double y, double trials, double[] a) {
        return 3 * Math.cbrt(y);
    }

    @Override
    public double distribution(double y, double eta, double trials, double[] a) {
        double shape = Math.exp(-a[0]);
        return org.hipparchus.special.Gamma.regularizedGammaP(shape, shape * y * Math.exp(-eta));
    }
}
