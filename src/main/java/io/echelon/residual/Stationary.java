package io.echelon.residual;

import io.echelon.linalg.Jet;

/** A structure of one variance in which the correlation of two rows depends on the time between them. */
sealed interface Stationary extends Residual permits Ar, Ma, Exponential {
    /** The lower triangle of R and its mirror image, at times since the first row. */
    Jet[][] correlations(double[] times, Jet[] a, Jet one);
}
