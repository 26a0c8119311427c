package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;

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

    /** The same groups with only the fixed-effects columns {@code kept}, given by their positions in order. */
    public Moments withFixed(int[] kept) {
        MomentLayout selected = new MomentLayout(layout.effects(), kept.length);
        double[][] blocks = new double[data.length][];
        for (int l = 0; l < data.length; l++) {
            blocks[l] = selectBlocks(l, kept, selected);
        }
        int side = kept.length + 1;
        int[] columns = Arrays.copyOf(kept, side);
        columns[kept.length] = layout.fixed();
        double[] products = new double[side * (side + 1) / 2];
        int at = 0;
        for (int i = 0; i < side; i++) {
            for (int j = 0; j <= i; j++) {
                products[at++] = root[columns[i] * (columns[i] + 1) / 2 + columns[j]];
            }
        }
        return new Moments(selected, parent, rows, blocks, products, n, keys);
    }

    private double[] selectBlocks(int level, int[] kept, MomentLayout selected) {
        int q = layout.effects()[level];
        int zz = q * (q + 1) / 2;
        int outer = layout.offset(level);
        double[] from = data[level];
        double[] to = new double[nodes(level) * selected.stride(level)];
        int at = 0;
        for (int node = 0; node < nodes(level); node++) {
            int start = node * layout.stride(level);
            System.arraycopy(from, start, to, at, zz);
            at += zz;
            for (int i = 0; i < q; i++) {
                int row = start + zz + i * layout.rest(level);
                System.arraycopy(from, row, to, at, outer);
                at += outer;
                for (int k : kept) {
                    to[at++] = from[row + outer + k];
                }
                to[at++] = from[row + outer + layout.fixed()];
            }
        }
        return to;
    }
}
