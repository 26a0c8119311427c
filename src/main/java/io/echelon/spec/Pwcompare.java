package io.echelon.spec;

import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code pwcompare terms [, cieffects pveffects effects cimargins groups sort small mcompare(method) equation() atequations post level(#)]}:
 * all pairwise differences of marginal linear predictions, or of margins.
 *
 * @param terms      the terms, {@code ##} expanded; no operators
 * @param effects    columns of the table of differences; NONE where margins or groups alone are asked for
 * @param margins    a table of the margins themselves
 * @param groups     a table of the margins with letters, shared by those that do not differ significantly
 * @param sort       margins and differences in ascending order
 * @param small      t with the denominator degrees of freedom of {@code dfmethod()}
 * @param adjustment for several comparisons
 * @param adjustAll  for those of all terms together
 * @param equations  linear predictors of a model with several
 * @param post       make the differences the results that test, lincom and nlcom work on
 * @param level      confidence level in percent; that of the fit where it is not given
 */
public record Pwcompare(List<Contrast.ContrastTerm> terms, Contrast.Effects effects, boolean margins, boolean groups,
                        boolean sort, boolean small, Adjustment adjustment, boolean adjustAll, Equations equations,
                        boolean post, OptionalDouble level) implements PostestimationCommand {
    public Pwcompare {
        terms = List.copyOf(terms);
    }

    /** The same of other terms. */
    public Pwcompare with(List<Contrast.ContrastTerm> others) {
        return new Pwcompare(others, effects, margins, groups, sort, small, adjustment, adjustAll, equations, post, level);
    }

    @Override
    public String name() {
        return "pwcompare";
    }
}
