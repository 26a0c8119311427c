package io.echelon.estimate.linear;

import io.echelon.design.Design;
import io.echelon.estimate.effects.RandomEffectsKernel;
import io.echelon.fit.RandomEffects;
import io.echelon.group.CrossedMoments;
import io.echelon.group.NodeKeys;
import io.echelon.group.Standardization;
import io.echelon.likelihood.BestPredictor;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.crossed.CrossedLikelihood;
import io.echelon.linalg.LargeSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Predicts the random effects of crossed terms, in original units. */
public final class CrossedPredictions {
    private CrossedPredictions() {}

    /**
     * The predictions of every level of the design.
     *
     * @param betaVariance Var(β̂) in standardised coordinates, or null to treat β as known
     */
    static List<RandomEffects> of(Design design, Standardization standardization, CrossedMoments moments,
                                  CovarianceParameters parameters, MixedLikelihood.Evaluation evaluation,
                                  double[][] betaVariance) {
        BestPredictor.Predictions[] predictions = new CrossedLikelihood(moments, parameters, standardization,
                design.spec().linear().reml(), LargeSymmetric.fastest()).predict(evaluation, betaVariance);
        List<RandomEffects> effects = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            effects.add(RandomEffectsKernel.inOriginalUnits(RandomEffectsKernel.Names.of(design.levels().get(l)), standardization.effectsInverse(l),
                    standardization.responseScale(), predictions[l], paths(moments, l)));
        }
        return effects;
    }

    /** Labels of the groups of a term. */
    public static List<String[]> paths(CrossedMoments moments, int level) {
        List<String[]> paths = new ArrayList<>(moments.nodes(level));
        for (int node = 0; node < moments.nodes(level); node++) {
            int at = node;
            paths.add(Arrays.stream(moments.keys()[level]).map((NodeKeys k) -> k.label(at)).toArray(String[]::new));
        }
        return paths;
    }
}
