package io.echelon.likelihood.generalized;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The joint mode of the standard normals of crossed terms, and H⁻¹ there for groups that need not meet in the data: with the parts of
 * {@link CrossedFactor} the blocks are G of the root, −L'⁻¹UG between a node of the leaf and the root, and L'⁻¹(I + UGU')L⁻¹ of a
 * node of the leaf. Holds the square of the columns of the root.
 */
public final class CrossedPosterior implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[][] mode;
    private final int leaf;
    private final int[] q;
    private final int[] offset;
    private final int[] firstCell;
    private final int[] column;
    /** L'⁻¹U of each cell, q values of the leaf. */
    private final double[] coupling;
    /** The blocks of the leaf nodes. */
    private final double[] own;
    /** G, packed lower triangle. */
    private final double[] g;

    /**
     * @param mode     v of each term, node by node
     * @param coupling L'⁻¹U of each cell
     * @param own      L'⁻¹(I + UGU')L⁻¹ of each leaf node
     * @param g        G, packed lower triangle row by row
     */
    CrossedPosterior(CrossedCells cells, double[][] mode, double[] coupling, double[] own, double[] g) {
        this.mode = mode;
        this.coupling = coupling;
        this.own = own;
        this.g = g;
        leaf = cells.leaf;
        q = cells.q;
        offset = cells.offset;
        firstCell = cells.firstCell;
        column = cells.column;
    }

    /** v of each term, node by node. */
    public double[][] mode() {
        return mode;
    }

    /**
     * The covariance matrix of the normals of one group of each term, s×s in the order of the terms; zero for groups not known.
     *
     * @param nodes number of the group of each term, or a negative number
     */
    public double[] covariance(int[] nodes) {
        int s = Arrays.stream(q).sum();
        double[] all = new double[s * s];
        int first = 0;
        for (int t = 0; t < q.length; t++) {
            int second = 0;
            for (int o = 0; o <= t; o++) {
                for (int i = 0; i < q[t] && nodes[t] >= 0 && nodes[o] >= 0; i++) {
                    for (int j = 0; j < q[o]; j++) {
                        double v = element(nodes, t, i, o, j);
                        all[(first + i) * s + second + j] = v;
                        all[(second + j) * s + first + i] = v;
                    }
                }
                second += q[o];
            }
            first += q[t];
        }
        return all;
    }

    private double element(int[] nodes, int t, int i, int o, int j) {
        if (t == leaf) {
            return o == leaf ? own[(nodes[t] * q[t] + i) * q[t] + j] : cross(nodes[t], i, root(nodes, o, j));
        }
        return o == leaf ? cross(nodes[o], j, root(nodes, t, i)) : g(root(nodes, t, i), root(nodes, o, j));
    }

    private int root(int[] nodes, int term, int normal) {
        return offset[term] + nodes[term] * q[term] + normal;
    }

    private double cross(int node, int normal, int rootColumn) {
        double sum = 0;
        for (int k = firstCell[node]; k < firstCell[node + 1]; k++) {
            sum -= coupling[k * q[leaf] + normal] * g(column[k], rootColumn);
        }
        return sum;
    }

    private double g(int i, int j) {
        return i >= j ? g[(int) ((long) i * (i + 1) / 2 + j)] : g(j, i);
    }
}
