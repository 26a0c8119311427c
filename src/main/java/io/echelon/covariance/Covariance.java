package io.echelon.covariance;

import java.io.Serializable;

/**
 * Structure of the covariance matrix Σ (q×q) of the random effects of one equation. Σ is linear in its k natural
 * parameters (variances and covariances): Σ(θ) = Σ_0 + θ_1 B_1 + ... + θ_k B_k.
 */
public interface Covariance extends Serializable {
    /** q: number of random effects. */
    int dimension();

    /** k: number of natural parameters. */
    int parameters();
}
