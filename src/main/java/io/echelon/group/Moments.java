package io.echelon.group;

import io.echelon.residual.ResidualModel;
import java.io.Serializable;

/**
 * Cross-products of whole top-level groups: all that a linear mixed model needs of the rows.
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
 * @param mass   sum of the weights of the rows: n where there are none
 * @param weights weights of the groups, or null; those of inner groups are in {@code data}, all of them in {@code root}
 * @param series cross-products for a residual structure, or null for independent residuals with one variance; {@code data}
 *               and {@code root} are then those of residuals with covariance matrix I
 * @param top    what scores need of the top-level groups, where they are asked for, else null
 */
public record Moments(MomentLayout layout, int[][] parent, int[][] rows, double[][] data, double[] root, long n,
                      NodeKeys[] keys, double mass, NodeWeights weights, SeriesMoments series, TopGroups top)
        implements Serializable {
    /** Without weights, for independent residuals with one variance. */
    public Moments(MomentLayout layout, int[][] parent, int[][] rows, double[][] data, double[] root, long n,
                   NodeKeys[] keys) {
        this(layout, parent, rows, data, root, n, keys, n, null, null, null);
    }

    /** Number of nodes of a level. */
    public int nodes(int level) {
        return rows[level].length;
    }

    /** The same groups with another residual model, whose series have the same pieces and components. */
    public Moments withResiduals(ResidualModel model) {
        return new Moments(layout, parent, rows, data, root, n, keys, mass, weights, series.with(model), top);
    }

    /** Doubles that the groups hold. */
    public long doubles() {
        long doubles = 0;
        for (double[] level : data) {
            doubles += level.length;
        }
        return doubles;
    }

    /** The same groups with only the fixed-effects columns {@code kept}, given by their positions in order. */
    public Moments withFixed(int[] kept) {
        FixedSelection selection = new FixedSelection(layout, kept);
        double[][] blocks = new double[data.length][];
        for (int l = 0; l < data.length; l++) {
            blocks[l] = selection.blocks(l, data[l]);
        }
        return new Moments(selection.selected(), parent, rows, blocks, selection.products(root), n, keys, mass, weights,
                series == null ? null : series.with(selection), top == null ? null : top.with(selection));
    }
}
