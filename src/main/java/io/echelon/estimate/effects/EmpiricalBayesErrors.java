package io.echelon.estimate.effects;

import io.echelon.fit.PredictionErrors;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.likelihood.generalized.PosteriorMoments;
import java.util.ArrayList;
import java.util.List;

/**
 * The errors of the predicted random effects û(θ̂) of the groups of a part together with the fixed effects: with
 * J = ∂û/∂θ and V = Var(θ̂), θ all parameters of the fit,
 *
 * <pre>
 *   Var(û − u) = Var(u | y, θ̂) + J V J'        Cov(û − u, θ̂ − θ) = J V
 * </pre>
 *
 * (Kass and Steffey, Journal of the American Statistical Association 84, 1989; Kristensen and others, Journal of Statistical
 * Software 70, 2016). J is taken by central differences.
 *
 * @param levels     names of levels and effects, outermost first
 * @param likelihood which predicts the standard normals
 * @param parameters the estimates and their neighbourhood
 */
public record EmpiricalBayesErrors(List<RandomEffectsKernel.Names> levels, IntegratedLikelihood likelihood,
                                   ParameterSteps parameters)
        implements PartStore.Kernel<GroupBlock, List<PredictionErrors>> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<PredictionErrors> apply(GroupBlock block) {
        Parameters at = parameters.here();
        List<ParameterSteps.Step> steps = parameters.steps();
        PosteriorMoments here = likelihood.posterior(block, at);
        double[][][] slopes = new double[steps.size()][][];
        for (int k = 0; k < slopes.length; k++) {
            double[][] up = effects(likelihood.posterior(block, steps.get(k).up()), steps.get(k).up());
            double[][] down = effects(likelihood.posterior(block, steps.get(k).down()), steps.get(k).down());
            for (int l = 0; l < up.length; l++) {
                for (int i = 0; i < up[l].length; i++) {
                    up[l][i] = (up[l][i] - down[l][i]) / steps.get(k).width();
                }
            }
            slopes[k] = up;
        }
        List<PredictionErrors> errors = new ArrayList<>();
        List<List<String[]>> keys = EmpiricalBayes.keys(block, levels);
        for (int l = 0; l < levels.size(); l++) {
            double[] root = pathRoot(l, at);
            int s = (int) Math.round(Math.sqrt(root.length));
            double[][] variance = new double[keys.get(l).size()][];
            double[][] withFixed = new double[variance.length][];
            for (int node = 0; node < variance.length; node++) {
                double[] own = sandwich(root, s, here.covariance()[l], node * s * s);
                double[] jv = timesCovariance(slopes, l, node * s, s);
                addSpread(own, jv, slopes, l, node * s, s);
                variance[node] = own;
                withFixed[node] = firstColumns(jv, s);
            }
            errors.add(new PredictionErrors(levels.get(l).level(), keys.get(l), variance, withFixed));
        }
        return errors;
    }

    /** u = Rv of the paths of all nodes. */
    private double[][] effects(PosteriorMoments moments, Parameters parameters) {
        double[][] all = new double[levels.size()][];
        for (int l = 0; l < all.length; l++) {
            double[] root = pathRoot(l, parameters);
            int s = (int) Math.round(Math.sqrt(root.length));
            double[] mean = moments.mean()[l];
            all[l] = new double[mean.length];
            for (int at = 0; at < mean.length; at += s) {
                for (int i = 0; i < s; i++) {
                    for (int j = 0; j < s; j++) {
                        all[l][at + i] += root[i * s + j] * mean[at + j];
                    }
                }
            }
        }
        return all;
    }

    /** The roots of a level and those above it as the blocks of one matrix, s×s. */
    private static double[] pathRoot(int level, Parameters parameters) {
        int s = 0;
        for (int l = 0; l <= level; l++) {
            s += (int) Math.round(Math.sqrt(parameters.roots()[l].length));
        }
        double[] root = new double[s * s];
        int from = 0;
        for (int l = 0; l <= level; l++) {
            double[] block = parameters.roots()[l];
            int q = (int) Math.round(Math.sqrt(block.length));
            for (int i = 0; i < q; i++) {
                System.arraycopy(block, i * q, root, (from + i) * s + from, q);
            }
            from += q;
        }
        return root;
    }

    /** R C R', C from {@code from} on. */
    private static double[] sandwich(double[] root, int s, double[] c, int from) {
        double[] half = new double[s * s];
        double[] all = new double[s * s];
        for (int i = 0; i < s; i++) {
            for (int k = 0; k < s; k++) {
                for (int j = 0; j < s && root[i * s + k] != 0; j++) {
                    half[i * s + j] += root[i * s + k] * c[from + k * s + j];
                }
            }
        }
        for (int i = 0; i < s; i++) {
            for (int j = 0; j < s; j++) {
                for (int k = 0; k < s; k++) {
                    all[i * s + j] += half[i * s + k] * root[j * s + k];
                }
            }
        }
        return all;
    }

    /** J V of a node, s×P. */
    private double[] timesCovariance(double[][][] slopes, int level, int at, int s) {
        int n = slopes.length;
        double[] jv = new double[s * n];
        for (int i = 0; i < s; i++) {
            for (int k = 0; k < n; k++) {
                for (int m = 0; m < n; m++) {
                    jv[i * n + m] += slopes[k][level][at + i] * parameters.covariance()[k][m];
                }
            }
        }
        return jv;
    }

    /** Adds J V J'. */
    private static void addSpread(double[] to, double[] jv, double[][][] slopes, int level, int at, int s) {
        int n = slopes.length;
        for (int i = 0; i < s; i++) {
            for (int j = 0; j < s; j++) {
                for (int m = 0; m < n; m++) {
                    to[i * s + j] += jv[i * n + m] * slopes[m][level][at + j];
                }
            }
        }
    }

    private double[] firstColumns(double[] jv, int s) {
        int fixed = parameters.fixed();
        double[] columns = new double[s * fixed];
        for (int i = 0; i < s; i++) {
            System.arraycopy(jv, i * parameters.covariance().length, columns, i * fixed, fixed);
        }
        return columns;
    }
}
