package io.echelon.group;

import io.echelon.family.Response;
import io.echelon.group.GroupLayout.Extra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs rows, which may come in any order, into a {@link GroupBlock}. Nodes are numbered within their level in the order of
 * their making; {@link #build} renumbers them so that those of one parent stand next to each other.
 */
public final class GroupBlockBuilder {
    /** Binary logarithm of the rows that are stored together. */
    private static final int CHUNK = 10;

    private final GroupLayout layout;
    private final int levels;
    private final int width;
    private final int[] count;
    private final int[][] parent;
    private final double[][] nodeWeight;
    private int[] leaf = new int[64];
    private final List<double[]> chunks = new ArrayList<>();
    private int n;

    /** A builder without nodes and rows. */
    public GroupBlockBuilder(GroupLayout layout) {
        this.layout = layout;
        levels = layout.levels();
        width = layout.width();
        count = new int[levels];
        parent = new int[levels][16];
        nodeWeight = new double[levels][];
    }

    /** Makes a new node and returns its number; {@code parent} is the number of a node one level up (ignored at level 0). */
    public int node(int level, int parent) {
        int k = count[level]++;
        if (k == this.parent[level].length) {
            this.parent[level] = Arrays.copyOf(this.parent[level], 2 * k);
        }
        this.parent[level][k] = parent;
        return k;
    }

    /** Gives a node a weight other than 1. */
    public void weight(int level, int node, double weight) {
        int capacity = parent[level].length;
        if (nodeWeight[level] == null) {
            nodeWeight[level] = new double[capacity];
            Arrays.fill(nodeWeight[level], 1);
        } else if (nodeWeight[level].length <= node) {
            int old = nodeWeight[level].length;
            nodeWeight[level] = Arrays.copyOf(nodeWeight[level], capacity);
            Arrays.fill(nodeWeight[level], old, capacity, 1);
        }
        nodeWeight[level][node] = weight;
    }

    /** The weight a node was given. */
    public double weight(int level, int node) {
        return nodeWeight[level] == null || node >= nodeWeight[level].length ? 1 : nodeWeight[level][node];
    }

    /** Adds a row of {@link GroupLayout#width()} values to a node of the innermost level (any number where there is no level). */
    public void add(int innermost, double[] row) {
        if (n == leaf.length) {
            leaf = Arrays.copyOf(leaf, 2 * n);
        }
        int place = n & (1 << CHUNK) - 1;
        if (place == 0) {
            chunks.add(new double[width << CHUNK]);
        }
        leaf[n] = innermost;
        System.arraycopy(row, 0, chunks.get(n >> CHUNK), place * width, width);
        n++;
    }

    /**
     * The block of all rows added.
     *
     * @param keys for each level the values of its nodes, in the order of their making
     */
    public GroupBlock build(NodeKeys[] keys) {
        int[][] first = new int[levels][];
        double[][] weights = new double[levels][];
        NodeKeys[] newKeys = new NodeKeys[levels];
        int[] place = null;
        for (int l = 0; l < levels; l++) {
            int[] order = new int[count[l]];
            if (l == 0) {
                Arrays.setAll(order, k -> k);
            } else {
                int[] under = parent[l];
                int[] up = place;
                first[l - 1] = starts(count[l], k -> up[under[k]], count[l - 1], order);
            }
            newKeys[l] = keys[l].inOrder(order);
            place = new int[count[l]];
            for (int k = 0; k < order.length; k++) {
                place[order[k]] = k;
            }
            if (nodeWeight[l] != null) {
                weights[l] = new double[count[l]];
                for (int k = 0; k < order.length; k++) {
                    weights[l][k] = order[k] < nodeWeight[l].length ? nodeWeight[l][order[k]] : 1;
                }
            }
        }
        int[] order = new int[n];
        if (levels == 0) {
            Arrays.setAll(order, k -> k);
        } else {
            int[] up = place;
            first[levels - 1] = starts(n, k -> up[leaf[k]], count[levels - 1], order);
        }
        return new GroupBlock(layout, response(order), columns(order, layout.random(), layout.fixed()),
                columns(order, 0, layout.random()), extra(order, Extra.OFFSET), extra(order, Extra.WEIGHT),
                extra(order, Extra.TIME), extra(order, Extra.CATEGORY), extra(order, Extra.CLUSTER), first, weights, newKeys);
    }

    /** Counting sort of children by their parents: fills {@code order} and returns where the children of each parent start. */
    private static int[] starts(int children, java.util.function.IntUnaryOperator parentOf, int parents, int[] order) {
        int[] start = new int[parents + 1];
        for (int k = 0; k < children; k++) {
            start[parentOf.applyAsInt(k) + 1]++;
        }
        for (int k = 1; k <= parents; k++) {
            start[k] += start[k - 1];
        }
        int[] next = start.clone();
        for (int k = 0; k < children; k++) {
            order[next[parentOf.applyAsInt(k)]++] = k;
        }
        return start;
    }

    private Response response(int[] order) {
        return new Response(columns(order, layout.response(), 1), extra(order, Extra.TRIALS), extra(order, Extra.ENTRY),
                extra(order, Extra.EVENT));
    }

    private double[] extra(int[] order, Extra extra) {
        int place = layout.place(extra);
        return place < 0 ? null : columns(order, place, 1);
    }

    private double[] columns(int[] order, int from, int length) {
        double[] out = new double[Math.multiplyExact(n, length)];
        for (int i = 0; i < n; i++) {
            int row = order[i];
            System.arraycopy(chunks.get(row >> CHUNK), (row & (1 << CHUNK) - 1) * width + from, out, i * length, length);
        }
        return out;
    }
}
