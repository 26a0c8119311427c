package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code contrast terms [, effects small mcompare(method) nowald noeffects equation() atequations post level(#)]}: contrasts of
 * marginal linear predictions, or of margins, and their joint tests.
 *
 * @param terms      the terms, {@code ##} expanded
 * @param effects    what is shown of the single contrasts; empty for intervals of terms with an operator
 * @param nowald     no joint tests
 * @param overall    a joint test of all terms besides
 * @param lincom     weights given by hand need not sum to zero
 * @param small      F and t with the denominator degrees of freedom of {@code dfmethod()}
 * @param adjustment for several comparisons
 * @param adjustAll  for those of all terms together
 * @param equations  linear predictors of a model with several
 * @param post       make the contrasts the results that test, lincom and nlcom work on
 * @param level      confidence level in percent; that of the fit where it is not given
 */
public record Contrast(List<ContrastTerm> terms, Optional<Effects> effects, boolean nowald, boolean overall, boolean lincom,
                       boolean small, Adjustment adjustment, boolean adjustAll, Equations equations, boolean post,
                       OptionalDouble level) implements PostestimationCommand {
    /** Columns of the table of single contrasts. */
    public enum Effects {
        /** No table. */
        NONE,
        /** Confidence intervals. */
        CI,
        /** Tests. */
        PV,
        /** Both. */
        ALL;

        /** Whether tests are shown. */
        public boolean tests() {
            return this == PV || this == ALL;
        }

        /** Whether intervals are shown. */
        public boolean intervals() {
            return this == CI || this == ALL;
        }
    }

    public Contrast {
        terms = List.copyOf(terms);
    }

    /** The same of other terms. */
    public Contrast with(List<ContrastTerm> others) {
        return new Contrast(others, effects, nowald, overall, lincom, small, adjustment, adjustAll, equations, post, level);
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
     * @param nested  {@code a|c}: these are tested together, for the levels of the factors are others in each
     */
    public record ContrastTerm(List<ContrastFactor> factors, List<ContrastFactor> within, boolean nested)
            implements Serializable {
        /** A term without {@code |}. */
        public ContrastTerm(List<ContrastFactor> factors, List<ContrastFactor> within) {
            this(factors, within, false);
        }

        public ContrastTerm {
            factors = List.copyOf(factors);
            within = List.copyOf(within);
        }
    }

    /**
     * A factor of a term.
     *
     * @param operator which contrasts of its levels
     * @param weighted whether means of levels are weighted by their frequencies, as {@code gw.} and its relatives do
     * @param base     reference level, for {@code rb3.a}
     * @param weights  of the levels, for {@code {a 1 -1 0}}
     */
    public record ContrastFactor(String variable, Operator operator, boolean weighted, OptionalDouble base,
                                 List<Double> weights) implements Serializable {
        public ContrastFactor {
            weights = List.copyOf(weights);
        }

        /** All contrasts of a factor together. */
        public static ContrastFactor of(String variable) {
            return new ContrastFactor(variable, Operator.JOINT, false, OptionalDouble.empty(), List.of());
        }

        /** Whether an operator says which contrasts are meant. */
        public boolean operated() {
            return operator != Operator.JOINT && operator != Operator.CONTINUOUS;
        }
    }

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
        /** {@code {a 1 -1 0}}: weights given by hand. */
        CUSTOM,
        /** {@code c.}: a continuous variable; the slopes are contrasted. */
        CONTINUOUS
    }
}
