package io.echelon.estimate.effects;

import io.echelon.fit.RandomEffects;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.likelihood.generalized.PosteriorMoments;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicts the random effects u = Rv of the groups of a part at the estimates: posterior means and standard deviations,
 * posterior modes and standard errors by the curvature there.
 *
 * @param levels     names of levels and effects, outermost first
 * @param likelihood which predicts v
 * @param modes      which finds the modes of v
 * @param parameters the estimates
 */
public record EmpiricalBayes(List<RandomEffectsKernel.Names> levels, IntegratedLikelihood likelihood, IntegratedLikelihood modes,
                      Parameters parameters)
        implements PartStore.Kernel<GroupBlock, List<RandomEffects>> {
    @Override
    public List<RandomEffects> apply(GroupBlock block) {
        PosteriorMoments posterior = likelihood.posterior(block, parameters);
        PosteriorMoments atMode = modes.equals(likelihood) ? posterior : modes.posterior(block, parameters);
        List<RandomEffects> effects = new ArrayList<>();
        List<List<String[]>> keys = keys(block, levels);
        for (int l = 0; l < levels.size(); l++) {
            effects.add(effects(block, l, posterior, atMode, keys.get(l)));
        }
        return effects;
    }

    /** For each level the labels of its nodes, from the outermost level variable to its own. */
    static List<List<String[]>> keys(GroupBlock block, List<RandomEffectsKernel.Names> levels) {
        List<List<String[]>> keys = new ArrayList<>();
        List<String[]> above = List.<String[]>of(new String[0]);
        for (int l = 0; l < levels.size(); l++) {
            List<String[]> paths = paths(block, l, above);
            boolean all = block.crossing() == null && levels.get(l).level().equals(RandomEquation.ALL);
            keys.add(all ? Collections.nCopies(paths.size(), new String[] {RandomEquation.ALL}) : paths);
            // All observations together are no part of the names of the groups below.
            above = all ? Collections.nCopies(paths.size(), new String[0]) : paths;
        }
        return keys;
    }

    private static List<String[]> paths(GroupBlock block, int level, List<String[]> above) {
        if (block.crossing() != null) {
            return IntStream.range(0, block.crossing().nodes()[level]).mapToObj(j -> block.crossing().labels(level, j)).toList();
        }
        List<String[]> paths = new ArrayList<>(block.nodes(level));
        for (int parent = 0; parent < above.size(); parent++) {
            int from = level == 0 ? 0 : block.first(level - 1, parent);
            int to = level == 0 ? block.nodes(0) : block.first(level - 1, parent + 1);
            for (int j = from; j < to; j++) {
                String[] path = Arrays.copyOf(above.get(parent), above.get(parent).length + 1);
                path[path.length - 1] = block.keys(level).label(j);
                paths.add(path);
            }
        }
        return paths;
    }

    private RandomEffects effects(GroupBlock block, int level, PosteriorMoments posterior, PosteriorMoments atMode,
                                  List<String[]> keys) {
        int q = block.layout().effects()[level];
        int n = keys.size() * q;
        double[] estimate = new double[n];
        double[] stdError = new double[n];
        double[] mode = new double[n];
        double[] modeStdError = new double[n];
        transform(level, q, posterior, estimate, stdError);
        transform(level, q, atMode, mode, modeStdError);
        return new RandomEffects(levels.get(level).level(), keys, levels.get(level).terms(), estimate, stdError, mode,
                modeStdError);
    }

    /** From v to u = Rv. */
    private void transform(int level, int q, PosteriorMoments moments, double[] estimate, double[] stdError) {
        double[] root = parameters.roots()[level];
        double[] mean = moments.mean()[level];
        double[] covariance = moments.covariance()[level];
        int outer = moments.outer()[level];
        int side = outer + q;
        for (int node = 0; node < estimate.length / q; node++) {
            for (int i = 0; i < q; i++) {
                double variance = 0;
                for (int j = 0; j < q; j++) {
                    estimate[node * q + i] += root[i * q + j] * mean[node * side + outer + j];
                    for (int k = 0; k < q; k++) {
                        variance += root[i * q + j] * covariance[(node * side + outer + j) * side + outer + k] * root[i * q + k];
                    }
                }
                stdError[node * q + i] = Math.sqrt(Math.max(0, variance));
            }
        }
    }
}
