package io.echelon.estimate.linear;

import io.echelon.design.Design;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A fitted linear mixed model with crossed effects.
 *
 * @param design        the design with collinear columns marked omitted
 * @param estimates     the saved results
 * @param randomEffects computes the best linear unbiased predictors, one entry a level, in their order
 * @param freedom       denominator degrees of freedom by the {@code dfmethod()} asked for
 */
public record CrossedFit(Design design, Estimates estimates, Supplier<List<RandomEffects>> randomEffects,
                         Optional<DenominatorDf> freedom) {}
