package io.echelon.group;

import java.io.Serializable;

/**
 * Cross-products of whole top-level groups: all that a linear mixed model with independent residuals needs of the rows.
 * Nodes of a level are numbered in the order of their parents: those of one parent stand next to each other.
 * The sums of a node run over all rows below it.
 *
 * @param layout columns
 * @param parent for each level but the outermost (whose entry is empty): index of each node's parent one level up
 * @param rows   for each level: rows of each node
 * @param data   for each level: {@link MomentLayout#stride} doubles a node
 * @param root   packed lower triangle of the (p+1)×(p+1) cross-products of [x y]
 * @param n      rows in all
 * @param keys   for each level: the values of the level variable
 */
public record Moments(MomentLayout layout, int[][] parent, int[][] rows, double[][] data, double[] root, long n,
                      NodeKeys[] keys) implements Serializable {
    /** Number of nodes of a level. */
    public int nodes(int level) {
        return rows[level].length;
    }
}
