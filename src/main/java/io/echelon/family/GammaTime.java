package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Log;
import java.util.List;
import org.hipparchus.distribution.continuous.GammaDistribution;

/**
 * Time with a gamma distribution of mean eᶯ and shape k = e^(−2a), a the log of the standard deviation relative to the mean.
 * The survivor function is the regularized upper incomplete gamma function Q(k, k t e⁻ᶯ).
 */
public record GammaTime() implements Survival {
    @Override
    public String text() {
        return "gamma";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public boolean accelerated() {
        return true;
    }

    @Override
    public List<String> ancillary() {
        return List.of("/logs");
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double k = Math.exp(-2 * a[0]);
        double[] g = new double[8];
        for (int i = from, j = 0; i < to; i++, j++) {
            boolean failed = r.event() == null || r.event()[i] != 0;
            double log = Math.log(r.y()[i]);
            double entry = r.entry() == null ? 0 : r.entry()[i];
            clear(out, j);
            if (failed) {
                double scaled = k * Math.exp(log - eta[j]);
                double value = -k * eta[j] - scaled + k * log;
                add(1, value - log, scaled - k, -scaled, scaled, -2 * value, 2 * (k - scaled), 4 * value, 2 * scaled, out, j);
            } else {
                survivor(1, k, log - eta[j], order, g, out, j);
            }
            if (entry > 0) {
                survivor(-1, k, Math.log(entry) - eta[j], order, g, out, j);
            }
        }
    }

    /** k log k − log Γ(k) of a failure. */
    @Override
    public void base(Response r, int i, double[] a, double weight, double[] sum) {
        if (r.event() != null && r.event()[i] == 0) {
            return;
        }
        double k = Math.exp(-2 * a[0]);
        double first = 1 - 2 * a[0] - PolyGamma.digamma(k);
        double second = 1 / k - PolyGamma.trigamma(k);
        sum[0] += weight * (-2 * a[0] * k - org.hipparchus.special.Gamma.logGamma(k));
        sum[1] -= weight * 2 * k * first;
        sum[2] += weight * 4 * k * (first + k * second);
    }

    /** Adds factor × log Q(k, k eʷ); w moves with −η, k = e^(−2a). */
    private static void survivor(double factor, double k, double w, int order, double[] g, Partials out, int j) {
        if (order == 0) {
            out.value[j] += factor * GammaSurvivor.logQ(k, k * Math.exp(w));
            return;
        }
        GammaSurvivor.logQ(k, w, g);
        add(factor, g[0], -g[1], g[2], -g[3], -2 * g[4], 2 * g[5], 4 * g[6], -2 * g[7], out, j);
    }

    private static void clear(Partials out, int j) {
        out.value[j] = 0;
        out.d1[j] = 0;
        out.d2[j] = 0;
        out.d3[j] = 0;
        out.a[0][j] = 0;
        out.ea[0][j] = 0;
        out.aa[0][j] = 0;
        out.eea[0][j] = 0;
    }

    private static void add(double factor, double value, double d1, double d2, double d3, double a, double ea, double aa,
                            double eea, Partials out, int j) {
        out.value[j] += factor * value;
        out.d1[j] += factor * d1;
        out.d2[j] += factor * d2;
        out.d3[j] += factor * d3;
        out.a[0][j] += factor * a;
        out.ea[0][j] += factor * ea;
        out.aa[0][j] += factor * aa;
        out.eea[0][j] += factor * eea;
    }

    @Override
    public double mean(double eta, double[] a) {
        return Math.exp(eta);
    }

    @Override
    public double median(double eta, double[] a) {
        double k = Math.exp(-2 * a[0]);
        return Math.exp(eta) * new GammaDistribution(k, 1 / k).inverseCumulativeProbability(0.5);
    }
}
