package io.echelon.postestimation.predict;

import io.echelon.family.Family;
import io.echelon.family.Partials;
import io.echelon.family.Response;

/** Densities of one response after the other, as a family gives them. */
final class Observation {
    private final Family family;
    private final double[] y = new double[1];
    private final double[] trials = new double[1];
    private final double[] event = new double[1];
    private final double[] eta = new double[1];
    private final Response response = new Response(y, trials, null, event);
    private final Partials partials;
    private final double[] base;

    Observation(Family family) {
        this.family = family;
        int m = family.ancillary().size();
        partials = new Partials(m);
        base = new double[1 + m + m * (m + 1) / 2];
    }

    /** log f(y | η). */
    double logDensity(double value, double denominator, double predictor, double[] ancillary) {
        event[0] = 1;
        double density = evaluate(value, denominator, predictor, ancillary);
        java.util.Arrays.fill(base, 0);
        family.base(response, 0, ancillary, 1, base);
        return density + base[0];
    }

    /** log Pr(T > t | η) of a survival time. */
    double logSurvivor(double t, double predictor, double[] ancillary) {
        event[0] = 0;
        return evaluate(t, 1, predictor, ancillary);
    }

    private double evaluate(double value, double denominator, double predictor, double[] ancillary) {
        y[0] = value;
        trials[0] = denominator;
        eta[0] = predictor;
        family.evaluate(response, 0, 1, eta, ancillary, 0, partials);
        return partials.value[0];
    }
}
