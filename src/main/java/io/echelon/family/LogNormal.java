package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Log;
import io.echelon.link.Probit;
import java.util.List;

/** log t normal with mean η and standard deviation σ; the ancillary parameter is log σ. */
public record LogNormal() implements Survival {
    @Override
    public String text() {
        return "lognormal";
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
        new LogTime(new Probit(), true, -1).evaluate(r, from, to, eta, a, order, out);
    }

    @Override
    public double mean(double eta, double[] a) {
        return Math.exp(eta + 0.5 * Math.exp(2 * a[0]));
    }

    @Override
    public double median(double eta, double[] a) {
        return Math.exp(eta);
    }
}
