package io.echelon.likelihood.generalized;

import java.io.Serializable;

/**
 * Which elements of the roots R_ℓ are parameters: element e multiplies random-effects column {@code row[e]} and the standard
 * normal {@code column[e]}, both numbered through all levels. Derivatives are taken with respect to β, then the ancillary
 * parameters, then these.
 *
 * @param row    numbers of random-effects columns
 * @param column numbers of standard normals
 */
public record Loadings(int[] row, int[] column) implements Serializable {
    /** Number of elements. */
    public int size() {
        return row.length;
    }
}
