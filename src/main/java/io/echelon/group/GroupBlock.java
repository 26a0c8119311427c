package io.echelon.group;

import io.echelon.family.Response;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Packed rows of whole top-level groups, column kind by column kind. Rows of a node stand next to each other, and so do the
 * nodes of one parent, at every level.
 */
public final class GroupBlock implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupLayout layout;
    /** Random-effects columns of all levels. */
    private final int random;
    private final Response response;
    private final double[] x;
    private final double[] z;
    private final double[] offset;
    private final double[] weight;
    private final double[] time;
    private final double[] category;
    private final double[] cluster;
    private final int[][] first;
    private final double[][] nodeWeight;
    private final NodeKeys[] keys;
    private Crossing crossing;
    private transient double[][] modes;
    private transient double[][] placements;

    /**
     * Packs rows.
     *
     * @param layout     columns
     * @param response   n responses
     * @param x          n×p, row by row
     * @param z          n×Q, row by row: the random-effects columns of all levels, outermost first
     * @param offset     n values added to the linear predictor, or null
     * @param weight     n weights of observations, or null
     * @param time       n places in time, or null
     * @param category   n categories of the residual structure, or null
     * @param cluster    n values of the variable of {@code vce(cluster)}, or null
     * @param first      for each level and node: its first child one level down (its first row at the innermost level), and
     *                   one more entry after the last node
     * @param nodeWeight for each level the weights of its nodes, or null
     * @param keys       for each level the values of the level variable
     */
    public GroupBlock(GroupLayout layout, Response response, double[] x, double[] z, double[] offset, double[] weight,
                      double[] time, double[] category, double[] cluster, int[][] first, double[][] nodeWeight, NodeKeys[] keys) {
        this.layout = layout;
        random = layout.random();
        this.response = response;
        this.x = x;
        this.z = z;
        this.offset = offset;
        this.weight = weight;
        this.time = time;
        this.category = category;
        this.cluster = cluster;
        this.first = first;
        this.nodeWeight = nodeWeight;
        this.keys = keys;
    }

    /** Columns. */
    public GroupLayout layout() {
        return layout;
    }

    /** Number of rows. */
    public int rows() {
        return response.size();
    }

    /** The responses. */
    public Response response() {
        return response;
    }

    /** n×p fixed-effects columns, row by row. */
    public double[] x() {
        return x;
    }

    /** n×Q random-effects columns, row by row. */
    public double[] z() {
        return z;
    }

    /** Writes [z x y] of a row to {@code to}. */
    void working(int row, double[] to) {
        int p = layout.fixed();
        System.arraycopy(z, row * random, to, 0, random);
        System.arraycopy(x, row * p, to, random, p);
        to[random + p] = response.y()[row];
    }

    /** Offset of a row. */
    public double offset(int row) {
        return offset == null ? 0 : offset[row];
    }

    /** Weight of a row. */
    public double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    /** Weights of the rows, or null where all are 1. */
    public double[] weights() {
        return weight;
    }

    /** Place of a row in time. */
    public double time(int row) {
        return time == null ? 0 : time[row];
    }

    /** Category of the residual structure of a row. */
    public int category(int row) {
        return category == null ? 0 : (int) category[row];
    }

    /** Value of the variable of {@code vce(cluster)} of a row; NaN where there is none. */
    public double cluster(int row) {
        return cluster == null ? Double.NaN : cluster[row];
    }

    /** Weight of a node. */
    public double nodeWeight(int level, int node) {
        return nodeWeight[level] == null ? 1 : nodeWeight[level][node];
    }

    /** Whether nodes of a level below this one have weights. */
    public boolean weightedBelow(int level) {
        return Arrays.stream(nodeWeight).skip(level + 1L).anyMatch(Objects::nonNull);
    }

    /** Number of nodes of a level. */
    public int nodes(int level) {
        return first[level].length - 1;
    }

    /** First child of a node one level down, or its first row at the innermost level; valid for one node past the last. */
    public int first(int level, int node) {
        return first[level][node];
    }

    /** First row of a node; valid for one node past the last. */
    public int firstRow(int level, int node) {
        int k = node;
        for (int l = level; l < first.length; l++) {
            k = first[l][k];
        }
        return k;
    }

    /** Values of the level variable of every level. */
    public NodeKeys[] keys() {
        return keys.clone();
    }

    /** The same rows with other values of the level variables. */
    public GroupBlock withKeys(NodeKeys[] others) {
        return new GroupBlock(layout, response, x, z, offset, weight, time, category, cluster, first, nodeWeight, others);
    }

    /** The same rows with each top-level group a cluster of its own, by its number from 0. */
    public GroupBlock withGroupsAsClusters() {
        double[] numbers = new double[rows()];
        for (int g = 0; g < nodes(0); g++) {
            Arrays.fill(numbers, firstRow(0, g), firstRow(0, g + 1), g);
        }
        return new GroupBlock(layout, response, x, z, offset, weight, time, category, numbers, first, nodeWeight, keys);
    }

    /** The same rows with other weights of observations. */
    GroupBlock withWeights(double[] others) {
        return new GroupBlock(layout, response, x, z, offset, others, time, category, cluster, first, nodeWeight, keys);
    }

    /** The rows that pass, with the nodes that still have any. */
    public GroupBlock where(IntPredicate passes) {
        int[] rows = IntStream.range(0, rows()).filter(passes).toArray();
        int levels = first.length;
        int[][] starts = new int[levels][];
        double[][] weights = new double[levels][];
        NodeKeys[] others = new NodeKeys[levels];
        int[] children = rows;
        for (int l = levels - 1; l >= 0; l--) {
            int[] nodes = new int[nodes(l)];
            int[] from = new int[nodes(l) + 1];
            int used = 0;
            int at = 0;
            for (int node = 0; node < nodes(l); node++) {
                int begin = at;
                while (at < children.length && children[at] < first[l][node + 1]) {
                    at++;
                }
                if (at > begin) {
                    from[used] = begin;
                    nodes[used++] = node;
                }
            }
            from[used] = at;
            int[] kept = Arrays.copyOf(nodes, used);
            starts[l] = Arrays.copyOf(from, used + 1);
            weights[l] = selected(nodeWeight[l], kept, 1);
            others[l] = keys[l].inOrder(kept);
            children = kept;
        }
        Response r = new Response(selected(response.y(), rows, 1), selected(response.trials(), rows, 1),
                selected(response.entry(), rows, 1), selected(response.event(), rows, 1));
        GroupBlock left = new GroupBlock(layout, r, selected(x, rows, layout.fixed()), selected(z, rows, layout.random()),
                selected(offset, rows, 1), selected(weight, rows, 1), selected(time, rows, 1), selected(category, rows, 1),
                selected(cluster, rows, 1), starts, weights, others);
        return crossing == null ? left : left.crossedBy(crossing.where(rows));
    }

    private static double[] selected(double[] from, int[] places, int width) {
        if (from == null) {
            return null;
        }
        double[] to = new double[places.length * width];
        for (int k = 0; k < places.length; k++) {
            System.arraycopy(from, places[k] * width, to, k * width, width);
        }
        return to;
    }

    /**
     * The same rows, one node at each level, with the groups of crossed terms in place of nested ones: term t takes the columns
     * of level t.
     */
    public GroupBlock crossedBy(Crossing groups) {
        GroupBlock crossed = withKeys(keys);
        crossed.crossing = groups;
        return crossed;
    }

    /** Groups of crossed terms, or null where the groups are nested. */
    public Crossing crossing() {
        return crossing;
    }

    /** Values of the level variable of each node. */
    public NodeKeys keys(int level) {
        return keys[level];
    }

    /**
     * Room beside the rows for the modes of the random effects in the last evaluation, q values a node: the next search starts
     * from there. It is not sent along with the block, and results do not depend on it.
     */
    public double[][] modes() {
        if (modes == null) {
            modes = new double[layout.levels()][];
            for (int l = 0; l < modes.length; l++) {
                modes[l] = new double[nodes(l) * layout.effects()[l]];
            }
        }
        return modes;
    }

    /**
     * Room beside the rows for where the integration points of each level were last put, of the given number of values; all
     * zero at first. It is not sent along with the block, and results do not depend on it.
     */
    public double[][] placements(int[] size) {
        boolean fits = placements != null && placements.length == size.length;
        for (int l = 0; fits && l < size.length; l++) {
            fits = placements[l].length == size[l];
        }
        if (!fits) {
            placements = new double[size.length][];
            for (int l = 0; l < size.length; l++) {
                placements[l] = new double[size[l]];
            }
        }
        return placements;
    }
}
