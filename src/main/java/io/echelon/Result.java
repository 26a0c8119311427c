package io.echelon;

/** What a command gives: a {@link Fit}, what a command on its results found, or a {@link Drawing}. {@code toString} is its report. */
public sealed interface Result permits Fit, Answered, Drawing {
    /** The values as one JSON document in one line. */
    String toJson();
}
