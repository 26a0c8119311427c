package io.echelon.estimate;

import io.echelon.fit.RandomEffects;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.likelihood.generalized.PosteriorMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts the random effects u = Rv of the groups of a part at the estimates: posterior means and standard deviations.
 *
 * @param levels     names of levels and effects, outermost first
 * @param likelihood which predicts v
 * @param parameters the estimates
 */
record EmpiricalBayes(List<RandomEffectsKernel.Names> levels, IntegratedLikelihood likelihood, Parameters parameters)
        implements PartStore.Kernel<GroupBlock, List<RandomEffects>> {
    @Override
    public List<RandomEffects> apply(GroupBlock block) {
        PosteriorMoments posterior = likelihood.posterior(block, parameters);
        List<RandomEffects> effects = new ArrayList<>();
        List<String[]> above = List.of();
        for (int l = 0; l < levels.size(); l++) {
            above = paths(block, l, above);
            effects.add(effects(block, l, posterior, above));
        }
        return effects;
    }

    private static List<String[]> paths(GroupBlock block, int level, List<String[]> above) {
        List<String[]> paths = new ArrayList<>(block.nodes(level));
        for (int j = 0; level == 0 && j < block.nodes(0); j++) {
            paths.add(new String[] {block.keys(0).label(j)});
        }
        for (int parent = 0; parent < above.size(); parent++) {
            for (int j = block.first(level - 1, parent); j < block.first(level - 1, parent + 1); j++) {
                String[] path = Arrays.copyOf(above.get(parent), level + 1);
                path[level] = block.keys(level).label(j);
                paths.add(path);
            }
        }
        return paths;
    }

    private RandomEffects effects(GroupBlock block, int level, PosteriorMoments posterior, List<String[]> keys) {
        int q = block.layout().effects()[level];
        double[] root = parameters.roots()[level];
        double[] mean = posterior.mean()[level];
        double[] covariance = posterior.covariance()[level];
        double[] estimate = new double[keys.size() * q];
        double[] stdError = new double[keys.size() * q];
        for (int node = 0; node < keys.size(); node++) {
            for (int i = 0; i < q; i++) {
                double variance = 0;
                for (int j = 0; j < q; j++) {
                    estimate[node * q + i] += root[i * q + j] * mean[node * q + j];
                    for (int k = 0; k < q; k++) {
                        variance += root[i * q + j] * covariance[(node * q + j) * q + k] * root[i * q + k];
                    }
                }
                stdError[node * q + i] = Math.sqrt(Math.max(0, variance));
            }
        }
        return new RandomEffects(levels.get(level).level(), keys, levels.get(level).terms(), estimate, stdError);
    }
}
