package io.echelon.estimate;

import io.echelon.design.Design;
import io.echelon.fit.Estimates;

/**
 * A fitted generalized model.
 *
 * @param design    the design with collinear columns marked omitted
 * @param estimates the saved results
 */
public record GeneralizedFit(Design design, Estimates estimates) {}
