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
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The errors of predicted random effects of nested levels together with the fixed effects. Made of the values of a fit and the
 * rows of its estimation sample.
 */
public final class EffectErrors {
    /** Steps of differences, in standard errors of the parameter. */
    private static final double STEP = 0.02;

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
        double[][] v = estimates.vcov().matrix();
        int fixed = point.space().coefficients();
        List<EmpiricalBayesErrors.Step> steps = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        Parameters here = point.parameters("predict, ci");
        for (GeneralizedPoint.Direction d : point.directions()) {
            double error = Math.sqrt(v[d.place()][d.place()]);
            double step = error > 0 && Double.isFinite(error) ? STEP * error : 0;
            Optional<Parameters> up = point.moved(d.direction(), step);
            Optional<Parameters> down = point.moved(d.direction(), -step);
            boolean moves = step > 0 && up.isPresent() && down.isPresent();
            // A coefficient without an error (held by a constraint) and a variance of zero do not move the predictions.
            if (moves || d.place() < fixed) {
                places.add(d.place());
                steps.add(moves ? new EmpiricalBayesErrors.Step(up.get(), down.get(), 2 * step)
                        : new EmpiricalBayesErrors.Step(here, here, 1));
            }
        }
        double[][] covariance = new double[places.size()][places.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = v[places.get(i)][places.get(j)];
            }
        }
        return new EmpiricalBayesErrors(RandomEffectsKernel.Names.of(design), modes ? point.laplace() : point.likelihood(), here,
                steps, covariance, fixed);
    }
}
