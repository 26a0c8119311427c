package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code contrast terms [, effects small mcompare(method) nowald noeffects level(#)]}: contrasts of marginal linear
 * predictions and their joint tests.
 *
 * @param terms      the terms, {@code ##} expanded
 * @param effects    a table of the single contrasts with tests, also of terms without an operator
 * @param noeffects  no table of the single contrasts
 * @param nowald     no joint tests
 * @param small      F and t with the denominator degrees of freedom of {@code dfmethod()}
 * @param adjustment for several comparisons
 * @param level      confidence level in percent; that of the fit where it is not given
 */
public record Contrast(List<ContrastTerm> terms, boolean effects, boolean noeffects, boolean nowald, boolean small,
                       Adjustment adjustment, OptionalDouble level) implements PostestimationCommand {
    public Contrast {
        terms = List.copyOf(terms);
    }

    @Override
    public String name() {
        return "contrast";
    }

    /**
     * {@code r.a#b@c}: contrasts of the cells of some factors, within each cell of others.
     *
     * @param factors factors contrasted
     * @param within  factors at whose levels they are contrasted
     */
    public record ContrastTerm(List<ContrastFactor> factors, List<ContrastFactor> within) implements Serializable {
        public ContrastTerm {
            factors = List.copyOf(factors);
            within = List.copyOf(within);
        }
    }

    /**
     * A factor of a term.
     *
     * @param operator which contrasts of its levels
     * @param base     reference level, for {@code rb3.a}
     */
    public record ContrastFactor(String variable, Operator operator, OptionalDouble base) implements Serializable {}

    /** The operators of the manual. */
    public enum Operator {
        /** None: all contrasts together. */
        JOINT,
        /** {@code r.}: differences from the reference level. */
        REFERENCE,
        /** {@code a.}: differences from the next level. */
        ADJACENT,
        /** {@code ar.}: differences from the previous level. */
        REVERSE_ADJACENT,
        /** {@code g.}: differences from the balanced grand mean. */
        GRAND_MEAN,
        /** {@code h.}: differences from the mean of the subsequent levels (Helmert). */
        HELMERT,
        /** {@code j.}: differences from the mean of the previous levels. */
        REVERSE_HELMERT,
        /** {@code p.}: orthogonal polynomials in the level values. */
        POLYNOMIAL,
        /** {@code q.}: orthogonal polynomials in the level numbers. */
        POLYNOMIAL_IN_NUMBERS,
        /** {@code c.}: a continuous variable; the slopes are contrasted. */
        CONTINUOUS
    }
}
