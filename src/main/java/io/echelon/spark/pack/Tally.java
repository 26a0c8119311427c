package io.echelon.spark.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Counts what the rows of the estimation sample were like: rows read, and rows dropped for each variable. */
public final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;

    private long rows;
    private final long[] missing;
    private int infinite = NONE;
    private int fractional = NONE;
    private double fraction;

    /** An empty tally for this many variables. */
    Tally(int variables) {
        missing = new long[variables];
    }

    void row() {
        rows++;
    }

    /** The row is dropped: this variable is the first that is missing. */
    void missing(int variable) {
        missing[variable]++;
    }

    void infinite(int variable) {
        infinite = variable;
    }

    /** A level variable has a value that is not whole. */
    void fractional(int variable, double value) {
        fractional = variable;
        fraction = value;
    }

    Tally merge(Tally other) {
        rows += other.rows;
        for (int v = 0; v < missing.length; v++) {
            missing[v] += other.missing[v];
        }
        infinite = Math.max(infinite, other.infinite);
        if (other.fractional != NONE) {
            fractional = other.fractional;
            fraction = other.fraction;
        }
        return this;
    }

    /** Rows read, complete or not. */
    public long rows() {
        return rows;
    }

    /** Rows dropped because of missing values. */
    public long dropped() {
        long sum = 0;
        for (long m : missing) {
            sum += m;
        }
        return sum;
    }

    /** The first variable found with an infinite value, or -1. */
    int infiniteVariable() {
        return infinite;
    }

    /** A level variable found with a fractional value, or -1. */
    int fractionalVariable() {
        return fractional;
    }

    double fraction() {
        return fraction;
    }

    /** {@code x (7), id (5)}: rows dropped for each variable. */
    String listed(List<String> names) {
        List<String> parts = new ArrayList<>();
        for (int v = 0; v < missing.length; v++) {
            if (missing[v] > 0) {
                parts.add(names.get(v) + " (" + missing[v] + ")");
            }
        }
        return String.join(", ", parts);
    }
}
