package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;

/**
 * r numbers for each random effect of every term: {@code root} is m×r, {@code leaf} q×r a leaf node, both row by row.
 */
record EffectColumns(double[] root, double[] leaf, int r) {
    static EffectColumns zero(CrossedMoments moments, int r) {
        int term = moments.leafTerm();
        return new EffectColumns(new double[moments.rootColumns() * r],
                new double[moments.nodes(term) * moments.layout().effects()[term] * r], r);
    }

    /** The array that holds a term. */
    double[] of(CrossedMoments moments, int term) {
        return term == moments.leafTerm() ? leaf : root;
    }

    /** Where in {@link #of} the term starts. */
    int start(CrossedMoments moments, int term) {
        return term == moments.leafTerm() ? 0 : moments.rootOffset(term) * r;
    }
}
