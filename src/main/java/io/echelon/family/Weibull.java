package io.echelon.family;

import io.echelon.link.Cloglog;
import io.echelon.link.Link;
import io.echelon.link.Log;
import java.util.List;

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
}
