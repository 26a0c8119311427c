package io.echelon.spec;

import java.util.OptionalInt;

/**
 * {@code lrtest first [second] [, force stats df(#)]}: likelihood-ratio test of two fits, one nested in the other.
 *
 * @param first  name of stored results, or {@code .} for the last ones
 * @param second the same
 * @param force  test even where the two do not look comparable
 * @param stats  information criteria of both besides
 * @param df     degrees of freedom, where they are not the difference of the numbers of parameters
 */
public record Lrtest(String first, String second, boolean force, boolean stats, OptionalInt df)
        implements PostestimationCommand {
    /** The name of the results of the last estimation. */
    public static final String LAST = ".";

    @Override
    public String name() {
        return "lrtest";
    }
}
