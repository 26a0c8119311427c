package io.echelon.estimate.fitted;

import io.echelon.design.Design;
import io.echelon.estimate.effects.PredictionErrorsKernel;
import io.echelon.estimate.linear.CrossedPredictions;
import io.echelon.fit.Estimates;
import io.echelon.group.CrossedMoments;
import io.echelon.group.Standardization;
import io.echelon.likelihood.crossed.CrossedErrors;
import io.echelon.likelihood.crossed.CrossedLikelihood;
import io.echelon.linalg.LargeSymmetric;
import java.util.List;

/**
 * The errors of predicted effects of crossed terms of a linear model, in original units. Can be sent to executors.
 */
public final class CrossedEffectErrors implements JointErrors {
    private static final long serialVersionUID = 1L;

    private final CrossedErrors errors;
    private final double scale;
    private final double[][][] maps;
    private final double[][] fixed;
    private final double[][][] sigma;

    private CrossedEffectErrors(CrossedErrors errors, Standardization standardization, double[][][] sigma) {
        this.errors = errors;
        this.sigma = sigma;
        scale = standardization.responseScale() * standardization.responseScale();
        maps = new double[sigma.length][][];
        for (int t = 0; t < maps.length; t++) {
            maps[t] = standardization.effectsInverse(t);
        }
        fixed = standardization.coefficientsInverse();
    }

    /** The errors of a fit, from the cross-products of its estimation sample. */
    public static CrossedEffectErrors of(Design design, Estimates estimates, CrossedMoments moments,
                                         Standardization standardization) {
        LinearPoint point = LinearPoint.of(design, estimates, standardization);
        CrossedErrors errors = new CrossedLikelihood(moments, point.parameters(), standardization, false,
                LargeSymmetric.fastest()).errors(point.natural(), EffectErrors.standardized(estimates.vcov().matrix(), standardization));
        return new CrossedEffectErrors(errors, standardization, EquationEstimates.of(design, estimates).stream()
                .map(EquationEstimates::sigma).toArray(double[][][]::new));
    }

    /** Labels of the groups of a term, in the order of their numbers. */
    public static List<String[]> groups(CrossedMoments moments, int term) {
        return CrossedPredictions.paths(moments, term);
    }

    @Override
    public CrossedErrors.Joint of(int[] nodes) {
        CrossedErrors.Joint standard = errors.of(nodes);
        int s = (int) Math.round(Math.sqrt(standard.variance().length));
        double[][] map = new double[s][s];
        int at = 0;
        for (double[][] block : maps) {
            for (int i = 0; i < block.length; i++) {
                System.arraycopy(block[i], 0, map[at + i], at, block.length);
            }
            at += block.length;
        }
        double[] variance = PredictionErrorsKernel.product(map, standard.variance(), map, scale);
        at = 0;
        for (int t = 0; t < nodes.length; t++) {
            for (int i = 0; i < maps[t].length && nodes[t] < 0; i++) {
                for (int j = 0; j < maps[t].length; j++) {
                    variance[(at + i) * s + at + j] = sigma[t][i][j];
                }
            }
            at += maps[t].length;
        }
        return new CrossedErrors.Joint(variance, PredictionErrorsKernel.product(map, standard.withFixed(), fixed, scale));
    }
}
