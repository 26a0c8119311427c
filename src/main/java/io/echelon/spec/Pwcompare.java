package io.echelon.spec;

import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code pwcompare terms [, effects cieffects pveffects small mcompare(method) level(#)]}: all pairwise differences of marginal
 * linear predictions.
 *
 * @param terms      the terms, {@code ##} expanded; no operators
 * @param tests      show test statistics and p-values
 * @param intervals  show confidence intervals
 * @param small      t with the denominator degrees of freedom of {@code dfmethod()}
 * @param adjustment for several comparisons
 * @param level      confidence level in percent; that of the fit where it is not given
 */
public record Pwcompare(List<Contrast.ContrastTerm> terms, boolean tests, boolean intervals, boolean small,
                        Adjustment adjustment, OptionalDouble level) implements PostestimationCommand {
    public Pwcompare {
        terms = List.copyOf(terms);
    }

    @Override
    public String name() {
        return "pwcompare";
    }
}
