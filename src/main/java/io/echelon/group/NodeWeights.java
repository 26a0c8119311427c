package io.echelon.group;

import java.io.Serializable;

/**
 * Weights of the groups of each level.
 *
 * @param values    for each level the weight of each node, or null where all are 1
 * @param frequency whether a weight is a number of equal groups or rows, which then count as so many
 */
public record NodeWeights(double[][] values, boolean frequency) implements Serializable {
    /** Weight of a node. */
    public double of(int level, int node) {
        return values[level] == null ? 1 : values[level][node];
    }
}
