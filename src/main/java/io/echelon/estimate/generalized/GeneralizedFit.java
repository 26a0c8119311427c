package io.echelon.estimate.generalized;

import io.echelon.design.Design;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import java.util.List;

/**
 * A fitted generalized model.
 *
 * @param design        the design with collinear columns marked omitted
 * @param estimates     the saved results
 * @param parts         the rows of the estimation sample
 * @param randomEffects empirical Bayes predictions for the groups of a part, one entry a level, outermost first; can be sent
 *                      to executors
 */
public record GeneralizedFit(Design design, Estimates estimates, PartStore<GroupBlock> parts,
                             PartStore.Kernel<GroupBlock, List<RandomEffects>> randomEffects) {}
