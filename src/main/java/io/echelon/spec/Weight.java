package io.echelon.spec;

import java.io.Serializable;

/** A weight: its kind and the variable (or expression) that holds it. */
public record Weight(Kind kind, Expression value) implements Serializable {
    /** What the weight means. */
    public enum Kind { FREQUENCY, SAMPLING, IMPORTANCE }
}
