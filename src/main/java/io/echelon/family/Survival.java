package io.echelon.family;

import java.util.Optional;

/**
 * Survival times: {@link Response#y} is the time at which the observation ends, {@link Response#event} says whether by
 * failure, {@link Response#entry} when it began. log f = event · log h(y) − H(y) + H(entry), h the hazard, H its integral;
 * densities are those of time itself, not of its logarithm.
 */
public sealed interface Survival extends Family permits Exponential, Weibull, LogLogistic, LogNormal, GammaTime {

    /** Whether η moves log time (accelerated failure time) rather than the log hazard (proportional hazards). */
    boolean accelerated();

    /** The mean time; NaN where it is infinite. */
    double mean(double eta, double[] a);

    /** The time that half of the subjects survive. */
    double median(double eta, double[] a);

    @Override
    default Optional<String> check(Response r, int i) {
        double t = r.y()[i];
        if (!(t > 0)) {
            return Optional.of("a time of " + Numbers.text(t) + "; survival times must be positive");
        }
        if (r.event() != null && r.event()[i] != 0 && r.event()[i] != 1) {
            return Optional.of("a failure indicator of " + Numbers.text(r.event()[i]) + "; it is 1 for a failure and 0 for none");
        }
        double t0 = r.entry() == null ? 0 : r.entry()[i];
        if (t0 < 0 || t0 >= t) {
            return Optional.of("entry at " + Numbers.text(t0) + " and exit at " + Numbers.text(t)
                    + "; observation must begin at 0 or later and end after it begins");
        }
        return Optional.empty();
    }

    /** Mean time per event on the log scale, with the sign that η has. */
    @Override
    default Start start(ResponseSummary s) {
        double log = Math.log(s.mean() / Math.max(s.events(), 1e-6));
        return new Start(accelerated() ? log : -log, new double[ancillary().size()]);
    }
}
