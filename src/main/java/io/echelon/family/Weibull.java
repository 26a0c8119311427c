package io.echelon.family;

import io.echelon.link.Cloglog;
import io.echelon.link.Link;
import io.echelon.link.Log;
import java.util.List;
import org.hipparchus.special.Gamma;

/** H(t) = eᶯ tᵖ, or (t e⁻ᶯ)ᵖ in the accelerated form; the ancillary parameter is log p. */
public record Weibull(boolean accelerated) implements Survival {
    @Override
    public String text() {
        return "weibull";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public List<String> ancillary() {
        return List.of("/ln_p");
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        new LogTime(new Cloglog(), accelerated, 1).evaluate(r, from, to, eta, a, order, out);
    }

    private double scale(double eta, double[] a) {
        return Math.exp(accelerated ? eta : -eta * Math.exp(-a[0]));
    }

    @Override
    public double mean(double eta, double[] a) {
        return scale(eta, a) * Gamma.gamma(1 + Math.exp(-a[0]));
    }

    @Override
    public double median(double eta, double[] a) {
        return scale(eta, a) * Math.pow(Math.log(2), Math.exp(-a[0]));
    }
}
