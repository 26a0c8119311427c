package io.echelon.family;

import io.echelon.link.Cloglog;
import io.echelon.link.Link;
import io.echelon.link.Log;

/** Constant hazard: h = eᶯ, or e⁻ᶯ in the accelerated form. */
public record Exponential(boolean accelerated) implements Survival {
    @Override
    public String text() {
        return "exponential";
    }

    @Override
    public Link link() {
        return new Log();
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        new LogTime(new Cloglog(), accelerated, 1).evaluate(r, from, to, eta, a, order, out);
    }

    @Override
    public double mean(double eta, double[] a) {
        return Math.exp(accelerated ? eta : -eta);
    }

    @Override
    public double median(double eta, double[] a) {
        return Math.log(2) * mean(eta, a);
    }
}
