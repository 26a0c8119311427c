package io.echelon.spec;

/**
 * {@code lrtest first [second] [, force]}: likelihood-ratio test of two fits, one nested in the other.
 *
 * @param first  name of stored results, or {@code .} for the last ones
 * @param second the same
 * @param force  test even where the two do not look comparable
 */
public record Lrtest(String first, String second, boolean force) implements PostestimationCommand {
    /** The name of the results of the last estimation. */
    public static final String LAST = ".";

    @Override
    public String name() {
        return "lrtest";
    }
}
