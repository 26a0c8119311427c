package io.echelon.estimate.fitted;

import io.echelon.design.Design;
import io.echelon.estimate.effects.ParameterSteps;
import io.echelon.estimate.effects.PredictionErrorsKernel;
import io.echelon.fit.Estimates;
import io.echelon.group.GroupBlock;
import io.echelon.likelihood.crossed.CrossedErrors;
import io.echelon.likelihood.generalized.CrossedPosterior;
import io.echelon.likelihood.generalized.LaplaceLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import java.util.List;

/**
 * The errors of predicted effects of crossed terms of a generalized model at the joint mode û = Rv: with H the negative Hessian in v and
 * J = ∂û/∂θ,
 *
 * <pre>
 *   Var(û − u) = R H⁻¹ R' + J Var(θ̂) J'        Cov(û − u, θ̂ − θ) = J Var(θ̂)
 * </pre>
 *
 * (Kristensen and others, Journal of Statistical Software 70, 2016, section 2). J is taken by central differences. Can be sent to
 * executors.
 */
public final class CrossedModeErrors implements JointErrors {
    private static final long serialVersionUID = 1L;

    private final CrossedPosterior posterior;
    private final double[][] roots;
    private final double[][] covariance;
    private final int fixed;
    /** For each parameter and term: derivatives of the effects, node by node; null for a parameter that is held. */
    private final double[][][] slopes;

    private CrossedModeErrors(CrossedPosterior posterior, ParameterSteps steps, double[][][] slopes) {
        this.posterior = posterior;
        this.slopes = slopes;
        roots = steps.here().roots();
        covariance = steps.covariance();
        fixed = steps.fixed();
    }

    /**
     * The errors of a fit.
     *
     * @param block the rows of its estimation sample, with their crossed groups
     */
    public static CrossedModeErrors of(Design design, Estimates estimates, GroupBlock block) {
        GeneralizedPoint point = GeneralizedPoint.of(design, estimates);
        ParameterSteps parameters = point.steps(estimates);
        LaplaceLikelihood likelihood = point.laplace();
        CrossedPosterior posterior = likelihood.crossedPosterior(block, parameters.here());
        List<ParameterSteps.Step> steps = parameters.steps();
        double[][][] slopes = new double[steps.size()][][];
        for (int k = 0; k < slopes.length; k++) {
            ParameterSteps.Step step = steps.get(k);
            if (step.none()) {
                continue;
            }
            slopes[k] = effects(likelihood.crossedModes(block, step.up()), step.up());
            double[][] down = effects(likelihood.crossedModes(block, step.down()), step.down());
            for (int t = 0; t < down.length; t++) {
                for (int i = 0; i < down[t].length; i++) {
                    slopes[k][t][i] = (slopes[k][t][i] - down[t][i]) / step.width();
                }
            }
        }
        return new CrossedModeErrors(posterior, parameters, slopes);
    }

    /** u = Rv. */
    private static double[][] effects(double[][] mode, Parameters at) {
        double[][] effects = new double[mode.length][];
        for (int t = 0; t < mode.length; t++) {
            double[] root = at.roots()[t];
            int q = side(root);
            effects[t] = new double[mode[t].length];
            for (int k = 0; k < mode[t].length; k++) {
                for (int c = 0; c < q; c++) {
                    effects[t][k] += root[k % q * q + c] * mode[t][k - k % q + c];
                }
            }
        }
        return effects;
    }

    private static int side(double[] square) {
        return (int) Math.round(Math.sqrt(square.length));
    }

    @Override
    public CrossedErrors.Joint of(int[] nodes) {
        double[] normals = posterior.covariance(nodes);
        int s = side(normals);
        double[][] root = new double[s][s];
        double[][] slope = new double[s][slopes.length];
        boolean[] known = new boolean[s];
        int at = 0;
        for (int t = 0; t < nodes.length; t++) {
            int q = side(roots[t]);
            for (int i = 0; i < q; i++) {
                System.arraycopy(roots[t], i * q, root[at + i], at, q);
                known[at + i] = nodes[t] >= 0;
                for (int k = 0; k < slopes.length && nodes[t] >= 0; k++) {
                    slope[at + i][k] = slopes[k] == null ? 0 : slopes[k][t][nodes[t] * q + i];
                }
                // Groups not known keep the variance of the model, that of normals of variance 1.
                normals[(at + i) * s + at + i] = nodes[t] >= 0 ? normals[(at + i) * s + at + i] : 1;
            }
            at += q;
        }
        double[] variance = PredictionErrorsKernel.product(root, normals, root, 1);
        double[] withFixed = new double[s * fixed];
        for (int i = 0; i < s; i++) {
            for (int k = 0; k < slopes.length && known[i]; k++) {
                double jv = 0;
                for (int m = 0; m < slopes.length; m++) {
                    jv += slope[i][m] * covariance[m][k];
                }
                if (k < fixed) {
                    withFixed[i * fixed + k] = jv;
                }
                for (int j = 0; j < s; j++) {
                    variance[i * s + j] += jv * slope[j][k];
                }
            }
        }
        return new CrossedErrors.Joint(variance, withFixed);
    }
}
