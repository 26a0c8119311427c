package io.echelon.spec;

import java.io.Serializable;
import java.util.List;

/**
 * One factor of a {@link Term}. Names may be patterns ({@code child*}, {@code x?}) or ranges ({@code tr1-tr9}) until the
 * binder sees the columns.
 */
public sealed interface Factor extends Serializable {

    /** The variable, pattern or range as typed. */
    String variable();

    /** {@code x} or {@code c.x}: the values themselves. */
    record Continuous(String variable) implements Factor {}

    /** {@code i.x}, {@code ib3.x}, {@code ibn.x}: an indicator for each level but the base. */
    record Categorical(String variable, Base base) implements Factor {}

    /** {@code 3.x}, {@code i(1 2).x}: indicators of the named levels only, with no base. */
    record Levels(String variable, List<Double> levels) implements Factor {
        public Levels {
            levels = List.copyOf(levels);
        }
    }

    /** Which level of a categorical factor is the base. */
    sealed interface Base extends Serializable {
        /** The smallest level ({@code i.}, {@code ib(first).}). */
        record First() implements Base {}

        /** The largest level ({@code ib(last).}). */
        record Last() implements Base {}

        /** The most frequent level, the smallest of those on a tie ({@code ib(freq).}). */
        record Frequent() implements Base {}

        /** The level with this value ({@code ib3.}). */
        record Value(double value) implements Base {}

        /** The n-th smallest level, from 1 ({@code ib(#2).}). */
        record Position(int position) implements Base {}

        /** No base ({@code ibn.}). */
        record None() implements Base {}
    }
}
