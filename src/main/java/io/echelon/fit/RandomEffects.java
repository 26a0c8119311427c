package io.echelon.fit;

import java.io.Serializable;
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
}
