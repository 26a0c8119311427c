package io.echelon.estimate.linear;

import io.echelon.design.Design;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import java.util.List;
import java.util.Optional;

/**
 * A fitted linear mixed model.
 *
 * @param design        the design with collinear columns marked omitted
 * @param estimates     the saved results
 * @param randomEffects best linear unbiased predictors of the groups of a part, one entry a level, outermost first;
 *                      can be sent to executors
 * @param freedom       denominator degrees of freedom by the {@code dfmethod()} asked for
 */
public record MixedFit(Design design, Estimates estimates, PartStore.Kernel<Moments, List<RandomEffects>> randomEffects,
                       Optional<DenominatorDf> freedom) {}
