package io.echelon.likelihood.generalized;

import java.io.Serializable;

/**
 * Parameters of a generalized linear mixed model as its likelihood sees them: η = xβ + offset + Σ_ℓ z_ℓ R_ℓ v_ℓ with v ~ N(0, I), so that
 * the random effects of level ℓ have covariance matrix R_ℓ R_ℓ'.
 *
 * @param beta      β, p values; M of them where an observation has M linear predictors, predictor by predictor
 * @param ancillary ancillary parameters of the family
 * @param roots     R_ℓ of each level, q_ℓ×q_ℓ, row by row
 */
public record Parameters(double[] beta, double[] ancillary, double[][] roots) implements Serializable {}
