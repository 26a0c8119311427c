package io.echelon;

/** What a command gives: a {@link Fit}, or what a command on its results found. {@code toString} is its report. */
public sealed interface Result permits Fit, Answered {
    /** The values as one JSON document in one line. */
    String toJson();
}
