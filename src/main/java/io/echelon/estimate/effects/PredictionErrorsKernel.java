package io.echelon.estimate.effects;

import io.echelon.fit.PredictionErrors;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.BestPredictor;
import java.util.ArrayList;
import java.util.List;

/**
 * The errors of the predicted random effects of the groups of a part, in original units.
 *
 * @param effects       the predictions these are the errors of
 * @param fixedVariance Var(β̂) in standardised coordinates
 */
public record PredictionErrorsKernel(RandomEffectsKernel effects, double[][] fixedVariance)
        implements PartStore.Kernel<Moments, List<PredictionErrors>> {
    @Override
    public List<PredictionErrors> apply(Moments all) {
        Moments moments = effects.kept().length == all.layout().fixed() ? all : all.withFixed(effects.kept());
        Standardization standardization = effects.standardization();
        double scale = standardization.responseScale() * standardization.responseScale();
        double[][] fixed = standardization.coefficientsInverse();
        BestPredictor.Errors[] errors = effects.predictor().errors(moments, fixedVariance);
        List<PredictionErrors> levels = new ArrayList<>();
        for (int l = 0; l < errors.length; l++) {
            double[][] map = pathMap(standardization, l);
            int nodes = moments.nodes(l);
            double[][] variance = new double[nodes][];
            double[][] withFixed = new double[nodes][];
            List<String[]> keys = new ArrayList<>(nodes);
            for (int node = 0; node < nodes; node++) {
                variance[node] = product(map, errors[l].variance()[node], map, scale);
                withFixed[node] = product(map, errors[l].withFixed()[node], fixed, scale);
                keys.add(effects.path(l, node, moments));
            }
            levels.add(new PredictionErrors(effects.levels().get(l).level(), keys, variance, withFixed));
        }
        return levels;
    }

    /** From effects of standardised columns to effects of the columns, for a level and those above it. */
    private static double[][] pathMap(Standardization standardization, int level) {
        int side = standardization.layout().offset(level) + standardization.layout().effects()[level];
        double[][] map = new double[side][side];
        for (int l = 0; l <= level; l++) {
            double[][] block = standardization.effectsInverse(l);
            int at = standardization.layout().offset(l);
            for (int i = 0; i < block.length; i++) {
                System.arraycopy(block[i], 0, map[at + i], at, block.length);
            }
        }
        return map;
    }

    /** scale × A M B', M row by row. */
    public static double[] product(double[][] a, double[] m, double[][] b, double scale) {
        double[] result = new double[a.length * b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    for (int e = 0; e < b.length && a[i][k] != 0; e++) {
                        result[i * b.length + j] += scale * a[i][k] * m[k * b.length + e] * b[j][e];
                    }
                }
            }
        }
        return result;
    }
}
