package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What the generalized commands have and {@code mixed} has not. Empty where not given: the estimator knows the defaults
 * of each command.
 *
 * @param family       family name with its argument, as in {@code family(binomial n)}
 * @param link         link name
 * @param binomial     denominator of a binomial response: a number or a variable
 * @param dispersion   {@code mean} or {@code constant} for negative binomial models
 * @param distribution survival distribution
 * @param time         accelerated failure-time metric
 * @param method       integration method
 * @param points       integration points, one value or one a level
 * @param baseOutcome  base outcome of multinomial models: a number or a text
 * @param constraints  numbers of the constraints in force
 * @param startValues  {@code startvalues()}
 * @param startGrid    {@code startgrid()}
 */
public record GeneralizedOptions(Optional<FamilyChoice> family, Optional<String> link, Optional<String> binomial,
                                 Optional<String> dispersion, Optional<String> distribution, boolean time,
                                 Optional<IntegrationMethod> method, List<Integer> points, Optional<String> baseOutcome,
                                 List<Integer> constraints, Optional<String> startValues, Optional<String> startGrid)
        implements Serializable {
    /** A family and its optional argument (denominator, dispersion). */
    public record FamilyChoice(String name, Optional<String> argument) implements Serializable {}

    /** {@code intmethod()} by the manual's names. */
    public enum IntegrationMethod { MVAGHERMITE, MCAGHERMITE, GHERMITE, LAPLACE, PCAGHERMITE }

    public GeneralizedOptions {
        points = List.copyOf(points);
        constraints = List.copyOf(constraints);
    }

    /** The same with other integration points. */
    public GeneralizedOptions withPoints(List<Integer> others) {
        return new GeneralizedOptions(family, link, binomial, dispersion, distribution, time, method, others, baseOutcome,
                constraints, startValues, startGrid);
    }

    /** Nothing given. */
    public static GeneralizedOptions defaults() {
        return new GeneralizedOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), false, Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty(),
                Optional.empty());
    }
}
