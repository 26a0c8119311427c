package io.echelon.estimate;

import io.echelon.design.Design;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import java.util.List;
import java.util.function.Supplier;

/**
 * A fitted linear mixed model with crossed effects.
 *
 * @param design        the design with collinear columns marked omitted
 * @param estimates     the saved results
 * @param randomEffects computes the best linear unbiased predictors, one entry a level, in their order
 */
public record CrossedFit(Design design, Estimates estimates, Supplier<List<RandomEffects>> randomEffects) {}
