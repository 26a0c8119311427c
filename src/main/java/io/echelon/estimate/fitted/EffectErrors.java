package io.echelon.estimate.fitted;

import io.echelon.design.Design;
import io.echelon.estimate.effects.EmpiricalBayesErrors;
import io.echelon.estimate.effects.PredictionErrorsKernel;
import io.echelon.estimate.effects.RandomEffectsKernel;
import io.echelon.fit.Estimates;
import io.echelon.fit.PredictionErrors;
import io.echelon.group.BlockScales;
import io.echelon.group.GroupBlock;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.BestPredictor;
import io.echelon.spec.CommandName;
import java.util.Arrays;
import java.util.List;

/**
 * The errors of predicted random effects of nested levels together with the fixed effects. Made of the values of a fit and the
 * rows of its estimation sample.
 */
public final class EffectErrors {
    private EffectErrors() {}

    /**
     * A function that finds the errors of the groups of a part, one entry a level, outermost first.
     *
     * @param modes whether posterior modes are predicted rather than means
     * @param parts the rows of the estimation sample, packed by the design
     */
    public static PartStore.Kernel<GroupBlock, List<PredictionErrors>> of(Design design, Estimates estimates, boolean modes,
                                                                         PartStore<GroupBlock> parts) {
        return design.spec().command() == CommandName.MIXED ? linear(design, estimates, parts)
                : generalized(design, estimates, modes);
    }

    private static PartStore.Kernel<GroupBlock, List<PredictionErrors>> linear(Design design, Estimates estimates,
                                                                              PartStore<GroupBlock> parts) {
        Standardization standardization = BlockScales.of(design, parts);
        LinearPoint point = LinearPoint.of(design, estimates, standardization);
        double scale = standardization.responseScale();
        RandomEffectsKernel effects = new RandomEffectsKernel(RandomEffectsKernel.Names.of(design), standardization,
                all(point.beta().length), new BestPredictor(point.parameters(), point.natural(), point.beta(),
                        point.residualVariance() / (scale * scale), null));
        PartStore.Kernel<GroupBlock, Moments> moments = LinearPoint.moments(design, standardization, false);
        PredictionErrorsKernel errors = new PredictionErrorsKernel(effects, standardized(estimates.vcov().matrix(),
                standardization));
        return block -> errors.apply(moments.apply(block));
    }

    private static int[] all(int n) {
        int[] places = new int[n];
        Arrays.setAll(places, i -> i);
        return places;
    }

    /** Var(β̂) in standardised coordinates: A V A'/scale². */
    static double[][] standardized(double[][] v, Standardization standardization) {
        double[][] a = standardization.coefficientsMap();
        int p = a.length;
        double scale = standardization.responseScale();
        double[][] out = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < p; k++) {
                double half = 0;
                for (int l = 0; l < p; l++) {
                    half += a[i][l] * v[l][k];
                }
                for (int j = 0; j < p && half != 0; j++) {
                    out[i][j] += half * a[j][k] / (scale * scale);
                }
            }
        }
        return out;
    }

    private static PartStore.Kernel<GroupBlock, List<PredictionErrors>> generalized(Design design, Estimates estimates,
                                                                                   boolean modes) {
        GeneralizedPoint point = GeneralizedPoint.of(design, estimates);
        return new EmpiricalBayesErrors(RandomEffectsKernel.Names.of(design), modes ? point.laplace() : point.likelihood(),
                point.steps(estimates));
    }
}
