package io.echelon.likelihood.generalized;

import java.io.Serializable;

/**
 * Where random effects enter, and which elements of the roots R_ℓ are parameters: element e multiplies random-effects column {@code row[e]} and the standard
 * normal {@code column[e]}, both numbered through all levels. Derivatives are taken with respect to β, then the ancillary
 * parameters, then these.
 *
 * @param row    numbers of random-effects columns
 * @param column numbers of standard normals
 * @param predictor for each random-effects column the linear predictor it enters, {@link #EVERY} for all; none where all enter all
 */
public record Loadings(int[] row, int[] column, int[] predictor) implements Serializable {
    /** In place of a linear predictor: all of them. */
    public static final int EVERY = -1;

    /** Of random effects that enter every linear predictor. */
    public Loadings(int[] row, int[] column) {
        this(row, column, new int[0]);
    }

    /** Whether a random-effects column enters a linear predictor. */
    public boolean enters(int effect, int linear) {
        return predictor.length == 0 || predictor[effect] == EVERY || predictor[effect] == linear;
    }

    /** Number of elements. */
    public int size() {
        return row.length;
    }
}
