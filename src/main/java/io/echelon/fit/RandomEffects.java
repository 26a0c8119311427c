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
 */
public record RandomEffects(String level, List<String[]> keys, List<String> terms, double[] estimate, double[] stdError)
        implements Serializable {}
