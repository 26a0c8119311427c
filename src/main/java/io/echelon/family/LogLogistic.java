package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Log;
import io.echelon.link.Logit;
import java.util.List;

/** log t logistic with mean η and scale γ; the ancillary parameter is log γ. */
public record LogLogistic() implements Survival {
    @Override
    public String text() {
        return "loglogistic";
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
        new LogTime(new Logit(), true, -1).evaluate(r, from, to, eta, a, order, out);
    }

    /** Finite where the scale γ is less than 1. */
    @Override
    public double mean(double eta, double[] a) {
        double angle = Math.PI * Math.exp(a[0]);
        return angle < Math.PI ? Math.exp(eta) * angle / Math.sin(angle) : Double.NaN;
    }

    @Override
    public double median(double eta, double[] a) {
        return Math.exp(eta);
    }
}
