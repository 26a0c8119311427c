package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Cross-products that a linear mixed model with crossed random effects needs of the rows. A working row is
 * {@code [z_1 | ... | z_T | x | y]} for T terms in the order typed, each a set of columns on the nodes of one grouping
 * (in {@link MomentLayout} the levels). One term, the leaf, is eliminated node by node; the effects of all others, the m
 * columns of the root, stand in one dense system, term by term and node by node.
 *
 * @param layout    columns
 * @param leafTerm  the term that is eliminated
 * @param rows      for each term: rows of each node
 * @param leaf      packed lower z'z of each leaf node
 * @param leafFixed z'[x y] of each leaf node: q × (p+1), row by row
 * @param cells     Z_c'z: leaf node by leaf node, its non-zero root columns with q sums each
 * @param root      lower triangle of Z_c'Z_c, root column by root column, one sum each
 * @param rootFixed Z_c'[x y]: m × (p+1), row by row
 * @param fixed     packed lower triangle of the (p+1)×(p+1) cross-products of [x y]
 * @param n         rows in all
 * @param keys      for each term and each variable of its grouping: the values, in the order of the nodes
 */
public record CrossedMoments(MomentLayout layout, int leafTerm, int[][] rows, double[] leaf, double[] leafFixed,
                             Sparse cells, Sparse root, double[] rootFixed, double[] fixed, long n, NodeKeys[][] keys) implements Serializable {
    /**
     * Rows of a sparse matrix. Row i has the columns {@code column[start[i]] … column[start[i + 1] − 1]}, ascending, and
     * as many groups of numbers in {@code value}.
     */
    public record Sparse(int[] start, int[] column, double[] value) implements Serializable {}

    /** Nodes of a term. */
    public int nodes(int term) {
        return rows[term].length;
    }

    /** First root column of a term (of the leaf: where it would be); with the number of terms it is m. */
    public int rootOffset(int term) {
        int o = 0;
        for (int t = 0; t < term; t++) {
            o += t == leafTerm ? 0 : nodes(t) * layout.effects()[t];
        }
        return o;
    }

    /** m: columns of the root. */
    public int rootColumns() {
        return rootOffset(layout.levels());
    }

    /** The same groups with only the fixed-effects columns {@code kept}, given by their positions in order. */
    public CrossedMoments withFixed(int[] kept) {
        int side = layout.fixed() + 1;
        int[] columns = Arrays.copyOf(kept, kept.length + 1);
        columns[kept.length] = layout.fixed();
        double[] products = new double[columns.length * (columns.length + 1) / 2];
        int at = 0;
        for (int i : columns) {
            for (int j = 0; columns[j] != i; j++) {
                products[at++] = fixed[i * (i + 1) / 2 + columns[j]];
            }
            products[at++] = fixed[i * (i + 3) / 2];
        }
        return new CrossedMoments(new MomentLayout(layout.effects(), kept.length), leafTerm, rows, leaf,
                selected(leafFixed, side, columns), cells, root, selected(rootFixed, side, columns), products, n, keys);
    }

    private static double[] selected(double[] from, int side, int[] columns) {
        double[] to = new double[from.length / side * columns.length];
        int at = 0;
        for (int row = 0; row < from.length; row += side) {
            for (int c : columns) {
                to[at++] = from[row + c];
            }
        }
        return to;
    }
}
