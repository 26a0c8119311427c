package io.echelon.likelihood;

import java.io.Serializable;

/**
 * Relative covariance matrix Ψ = Σ/σ² of the random effects of one level, in standardised coordinates, with its
 * derivatives: Ψ = Σ_k ψ_k B_k.
 *
 * @param effects q
 * @param first   number of this level's first parameter among those of all levels, outermost first
 * @param value   Ψ, q×q row by row
 * @param bases   B_k, each q×q row by row
 */
public record LevelCovariance(int effects, int first, double[] value, double[][] bases) implements Serializable {
    /** Number of parameters. */
    public int parameters() {
        return bases.length;
    }
}
