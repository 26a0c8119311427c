package io.echelon.fit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What would change in a fit by quadrature if the integration points were doubled: the log likelihood at the estimates, and the
 * estimates by one Newton step.
 *
 * @param points              points of the fit in each dimension, one entry a level, outermost first
 * @param groups              top-level groups that were looked at; the changes are those of all groups, estimated where these are fewer
 * @param logLikelihoodChange change of the log likelihood at the estimates
 * @param estimates           changes of the estimates; none where the log likelihood has no maximum to step to
 */
public record QuadratureChange(List<Integer> points, long groups, double logLikelihoodChange, List<Estimate> estimates) {
    /** Share of the log likelihood by which twice the points may change it: that of the manual's {@code quadchk}. */
    private static final double NOTABLE_SHARE = 1e-4;
    /** Standard errors by which they may change an estimate. */
    private static final double NOTABLE_ERRORS = 0.1;

    /**
     * Change of an estimate.
     *
     * @param term           name of a coefficient, a variance or a covariance
     * @param standardErrors change in standard errors; of variances and covariances those of the estimation metric
     */
    public record Estimate(String term, double standardErrors) {}

    public QuadratureChange {
        points = List.copyOf(points);
        estimates = List.copyOf(estimates);
    }

    /** Twice the points of the fit. */
    public List<Integer> doubled() {
        return points.stream().map(p -> 2 * p).toList();
    }

    /** The estimate that changes most. */
    public Optional<Estimate> largest() {
        return estimates.stream().max(Comparator.comparingDouble(e -> Math.abs(e.standardErrors)));
    }

    /** What to do where the points are too few for a fit of this log likelihood. */
    public Optional<String> warning(double logLikelihood) {
        boolean notable = Math.abs(logLikelihoodChange) > NOTABLE_SHARE * Math.abs(logLikelihood)
                || largest().filter(e -> Math.abs(e.standardErrors) > NOTABLE_ERRORS).isPresent();
        if (!notable) {
            return Optional.empty();
        }
        String twice = doubled().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return Optional.of(String.format(Locale.ROOT, "With intpoints(%s) the log likelihood changes by %.2g%s; give more"
                + " integration points until the results no longer change.", twice, logLikelihoodChange,
                largest().map(e -> String.format(Locale.ROOT, " and the estimate of %s by %.2g standard errors", e.term(),
                        e.standardErrors())).orElse("")));
    }
}
