package io.echelon.fit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicted random effects (best linear unbiased predictors) of one level, group by group. For n groups and q effects,
 * {@code estimate} and {@code stdError} hold n·q values, group by group.
 *
 * @param level  path of the level
 * @param keys   labels of each group, from the outermost level variable to this one
 * @param terms  names of the q effects
 * @param mode         posterior modes, where they differ from the means in {@code estimate}; else null
 * @param modeStdError standard errors by the curvature at the modes, or null
 */
public record RandomEffects(String level, List<String[]> keys, List<String> terms, double[] estimate, double[] stdError,
                            double[] mode, double[] modeStdError) implements Serializable {
    /** Of a linear model, whose posterior modes are the means. */
    public RandomEffects(String level, List<String[]> keys, List<String> terms, double[] estimate, double[] stdError) {
        this(level, keys, terms, estimate, stdError, null, null);
    }

    /** Those of the groups {@code from} to {@code to}, the last not included. */
    public RandomEffects groups(int from, int to) {
        return new RandomEffects(level, new ArrayList<>(keys.subList(from, to)), terms, of(estimate, from, to),
                of(stdError, from, to), of(mode, from, to), of(modeStdError, from, to));
    }

    private double[] of(double[] values, int from, int to) {
        return values == null ? null : Arrays.copyOfRange(values, from * terms.size(), to * terms.size());
    }
}
