package io.echelon.estimate.effects;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.fit.RandomEffects;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.BestPredictor;
import io.echelon.spec.RandomEquation;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Predicts the random effects of the groups of a part, in original units.
 *
 * @param levels          names of levels and effects, outermost first
 * @param standardization of the cross-products, for the columns kept
 * @param kept            fixed-effects columns kept of those in the cross-products
 * @param predictor       in standardised coordinates
 */
public record RandomEffectsKernel(List<Names> levels, Standardization standardization, int[] kept, BestPredictor predictor)
        implements PartStore.Kernel<Moments, List<RandomEffects>> {
    /** What a level and its effects are called, without the rest of the design, which does not travel. */
    public record Names(String level, List<String> terms) implements Serializable {
        public static Names of(Level level) {
            return new Names(level.pathName(), level.effects().stream().flatMap(e -> e.names().size() == e.columns().size()
                    ? e.names().stream() : e.columns().stream().map(Column::name)).toList());
        }

        public static List<Names> of(Design design) {
            return design.levels().stream().map(Names::of).toList();
        }
    }

    @Override
    public List<RandomEffects> apply(Moments all) {
        Moments moments = kept.length == all.layout().fixed() ? all : all.withFixed(kept);
        BestPredictor.Predictions[] predictions = predictor.predict(moments);
        List<RandomEffects> effects = new ArrayList<>();
        for (int l = 0; l < levels.size(); l++) {
            List<String[]> keys = new ArrayList<>(moments.nodes(l));
            for (int node = 0; node < moments.nodes(l); node++) {
                keys.add(path(l, node, moments));
            }
            effects.add(inOriginalUnits(levels.get(l), standardization.effectsInverse(l), standardization.responseScale(),
                    predictions[l], keys));
        }
        return effects;
    }

    /**
     * Predictions of a level in original units.
     *
     * @param inverse q×q, takes effects of standardised columns to those of the columns themselves
     * @param scale   of the response
     * @param keys    labels of the nodes
     */
    public static RandomEffects inOriginalUnits(Names names, double[][] inverse, double scale,
                                         BestPredictor.Predictions predictions, List<String[]> keys) {
        int q = inverse.length;
        int nodes = keys.size();
        double[] estimate = new double[nodes * q];
        double[] stdError = new double[nodes * q];
        for (int node = 0; node < nodes; node++) {
            double[] u = predictions.effects()[node];
            double[] variance = predictions.variance()[node];
            for (int i = 0; i < q; i++) {
                double v = 0;
                for (int j = 0; j < q; j++) {
                    estimate[node * q + i] += scale * inverse[i][j] * u[j];
                    for (int k = 0; k < q; k++) {
                        v += inverse[i][j] * variance[j * q + k] * inverse[i][k];
                    }
                }
                stdError[node * q + i] = scale * Math.sqrt(Math.max(0, v));
            }
        }
        return new RandomEffects(names.level(), keys, names.terms(), estimate, stdError);
    }

    /** The values that tell a node apart; {@code _all} names itself only, not the groups below it. */
    String[] path(int level, int node, Moments moments) {
        Deque<String> path = new ArrayDeque<>();
        int at = node;
        for (int l = level; l >= 0; l--) {
            boolean all = levels.get(l).level().equals(RandomEquation.ALL);
            if (!all || l == level) {
                path.addFirst(all ? RandomEquation.ALL : moments.keys()[l].label(at));
            }
            at = l > 0 ? moments.parent()[l][at] : 0;
        }
        return path.toArray(String[]::new);
    }
}
