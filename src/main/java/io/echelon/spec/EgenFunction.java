package io.echelon.spec;

import java.io.Serializable;
import java.util.List;

/** The functions of {@code egen}. Missing values of the argument take no part. */
public sealed interface EgenFunction extends Serializable {
    /**
     * {@code group(variables) [, missing]}: 1, 2, ... over the distinct combinations in sorted order; missing where a variable
     * is missing, unless {@code missing} makes missing a level of its own.
     */
    record Group(List<String> variables, boolean missing) implements EgenFunction {
        public Group {
            variables = List.copyOf(variables);
        }
    }

    /** {@code tag(variables)}: 1 for one row of each distinct combination, 0 for the others. */
    record Tag(List<String> variables) implements EgenFunction {
        public Tag {
            variables = List.copyOf(variables);
        }
    }

    /** {@code std(exp) [, mean(#) std(#)]}: standardised to the given mean (0) and standard deviation (1). */
    record Standardize(Expression value, double mean, double sd) implements EgenFunction {}

    /** {@code mean(exp)} and the like: one figure a group of {@code by()}. */
    record Aggregate(Kind kind, Expression value) implements EgenFunction {
        /** By the names of the functions. */
        public enum Kind { MEAN, TOTAL, MIN, MAX, COUNT, SD, MEDIAN }
    }
}
