package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.family.Ordinal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Counts what the rows of the estimation sample were like: rows read, and rows dropped for each variable. */
public final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;

    /** Values from here on are told from usable ones: sums of products of such values overflow. */
    static final double LARGEST = 1e100;

    private long rows;
    private final long[] missing;
    private int tooLarge = NONE;
    private int fractional = NONE;
    private double fraction;
    private int unexposed = NONE;
    private double exposure;

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

    /** A variable has a value that is infinite or whose products would be. */
    void tooLarge(int variable) {
        tooLarge = variable;
    }

    /** The exposure has a value that is not positive. */
    void unexposed(int variable, double value) {
        unexposed = variable;
        exposure = value;
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
        tooLarge = Math.max(tooLarge, other.tooLarge);
        if (other.unexposed != NONE) {
            unexposed = other.unexposed;
            exposure = other.exposure;
        }
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

    /**
     * Requires that the rows can be used.
     *
     * @param names of the variables counted here
     * @throws EchelonException if no complete row is left, a value is infinite, an exposure is not positive, or a level
     *                          variable has fractions
     */
    void requireUsable(List<String> names) {
        if (tooLarge != NONE) {
            throw EchelonException.failure(names.get(tooLarge)
                    + " has infinite values, or values beyond 1e100; make them missing with replace, or leave their rows out with if");
        }
        if (unexposed != NONE) {
            throw EchelonException.failure("exposure " + names.get(unexposed) + " has the value " + Ordinal.text(exposure)
                    + "; exposures are positive: leave such rows out with if");
        }
        if (fractional != NONE) {
            String name = names.get(fractional);
            throw EchelonException.misuse("level variable " + name + " has the value " + fraction
                    + "; level variables hold whole numbers or strings: number its values with egen g = group(" + name + ")");
        }
        if (rows == 0) {
            throw EchelonException.failure("no observations: the data set has no rows, or no row fulfils the conditions");
        }
        if (rows == dropped()) {
            throw EchelonException.failure("no observations: all " + rows + " rows have missing values, in " + listed(names));
        }
    }

    /** The design with a note of the rows that were dropped. */
    Design noted(Design design, List<String> names) {
        if (dropped() == 0) {
            return design;
        }
        List<String> notes = new ArrayList<>(design.notes());
        // Records that stset does not use have no survival time.
        long unused = design.responseColumns().entry().isPresent() ? missing[design.response()] : 0;
        if (unused > 0) {
            notes.add(observations(unused) + " left out: stset does not use records that end when they begin or after a"
                    + " failure, or that its if excludes");
        }
        if (dropped() > unused) {
            Tally others = new Tally(missing.length).merge(this);
            others.missing[design.response()] -= unused;
            notes.add(observations(others.dropped()) + " dropped because of missing values in " + others.listed(names));
        }
        return design.with(design.fixed(), notes);
    }

    private static String observations(long n) {
        return n + (n == 1 ? " observation" : " observations");
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
