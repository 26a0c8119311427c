package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums the cross-products of working rows, which may come in any order, for {@link CrossedMoments}. Builders filled from
 * different rows merge. Nodes of each term are numbered by the caller.
 */
public final class CrossedMomentsBuilder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final MomentLayout layout;
    private final int terms;
    private final int side;
    private final int[] nodes;
    private final int[][] rows;
    /** Z_t'Z_t of each node, packed. */
    private final double[][] own;
    /** Z_t'[x y] of each node: q_t × (p+1). */
    private final double[][] fixed;
    /** Z_s'Z_t for terms s < t by (node of s, node of t): q_s × q_t sums. */
    private final CellSums[][] pairs;
    private final double[] root;
    private long n;

    /** A builder without rows; the levels of the layout are the terms. */
    public CrossedMomentsBuilder(MomentLayout layout) {
        this.layout = layout;
        terms = layout.levels();
        side = layout.fixed() + 1;
        nodes = new int[terms];
        rows = new int[terms][0];
        own = new double[terms][0];
        fixed = new double[terms][0];
        pairs = new CellSums[terms][terms];
        for (int t = 0; t < terms; t++) {
            for (int s = 0; s < t; s++) {
                pairs[s][t] = new CellSums(effects(s) * effects(t));
            }
        }
        root = new double[side * (side + 1) / 2];
    }

    private int effects(int term) {
        return layout.effects()[term];
    }

    private int square(int term) {
        return effects(term) * (effects(term) + 1) / 2;
    }

    /** Adds a working row that belongs to the nodes {@code node} (one a term). */
    public void add(int[] node, double[] row) {
        int xy = layout.offset(terms);
        int from = 0;
        for (int t = 0; t < terms; t++) {
            reserve(t, node[t] + 1);
            rows[t][node[t]]++;
            int q = effects(t);
            lower(row, from, q, own[t], node[t] * square(t));
            outer(row, from, q, xy, side, fixed[t], node[t] * q * side);
            int other = 0;
            for (int s = 0; s < t; s++) {
                int at = pairs[s][t].at(node[s], node[t]);
                outer(row, other, effects(s), from, q, pairs[s][t].sums(), at);
                other += effects(s);
            }
            from += q;
        }
        lower(row, xy, side, root, 0);
        n++;
    }

    private static void lower(double[] row, int from, int length, double[] sums, int start) {
        int at = start;
        for (int i = from; i < from + length; i++) {
            for (int j = from; j <= i; j++) {
                sums[at++] += row[i] * row[j];
            }
        }
    }

    private static void outer(double[] row, int a, int rowsOfA, int b, int columnsOfB, double[] sums, int start) {
        int at = start;
        for (int i = 0; i < rowsOfA; i++) {
            double v = row[a + i];
            for (int j = 0; j < columnsOfB; j++) {
                sums[at++] += v * row[b + j];
            }
        }
    }

    private void reserve(int term, int needed) {
        nodes[term] = Math.max(nodes[term], needed);
        if (needed > rows[term].length) {
            resize(term, Math.max(needed, rows[term].length * 3 / 2 + 8));
        }
    }

    private void resize(int term, int capacity) {
        rows[term] = Arrays.copyOf(rows[term], capacity);
        own[term] = Arrays.copyOf(own[term], Math.multiplyExact(capacity, square(term)));
        fixed[term] = Arrays.copyOf(fixed[term], Math.multiplyExact(capacity, effects(term) * side));
    }

    /** Gives room that is not needed back, and returns this. */
    public CrossedMomentsBuilder trimmed() {
        for (int t = 0; t < terms; t++) {
            resize(t, nodes[t]);
            for (int s = 0; s < t; s++) {
                pairs[s][t].trim();
            }
        }
        return this;
    }

    /**
     * Adds the sums of another builder of the same layout.
     *
     * @param node for each term: the number here of each node there
     */
    public void add(CrossedMomentsBuilder other, int[][] node) {
        for (int t = 0; t < terms; t++) {
            for (int k = 0; k < other.nodes[t]; k++) {
                int here = node[t][k];
                reserve(t, here + 1);
                rows[t][here] += other.rows[t][k];
                addTo(own[t], here * square(t), other.own[t], k * square(t), square(t));
                addTo(fixed[t], here * effects(t) * side, other.fixed[t], k * effects(t) * side, effects(t) * side);
            }
            for (int s = 0; s < t; s++) {
                CellSums from = other.pairs[s][t];
                for (int c = 0; c < from.size(); c++) {
                    int at = pairs[s][t].at(node[s][from.first(c)], node[t][from.second(c)]);
                    addTo(pairs[s][t].sums(), at, from.sums(), c * from.width(), from.width());
                }
            }
        }
        addTo(root, 0, other.root, 0, root.length);
        n += other.n;
    }

    private static void addTo(double[] to, int at, double[] from, int start, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += from[start + i];
        }
    }

    /**
     * The moments of all rows added, with the term as leaf that leaves the fewest columns to the root.
     *
     * @param keys for each term: the values of its nodes, one entry a grouping variable
     */
    public CrossedMoments build(NodeKeys[][] keys) {
        int leaf = 0;
        for (int t = 1; t < terms; t++) {
            if ((long) nodes[t] * effects(t) > (long) nodes[leaf] * effects(leaf)) {
                leaf = t;
            }
        }
        return build(keys, leaf);
    }

    /** The moments of all rows added, with a given term as leaf. */
    public CrossedMoments build(NodeKeys[][] keys, int leaf) {
        trimmed();
        int[] offset = new int[terms + 1];
        double[] rootFixed = new double[0];
        for (int t = 0; t < terms; t++) {
            offset[t + 1] = offset[t];
            if (t != leaf) {
                offset[t + 1] = Math.addExact(offset[t], Math.multiplyExact(nodes[t], effects(t)));
                int length = rootFixed.length;
                rootFixed = Arrays.copyOf(rootFixed, length + fixed[t].length);
                System.arraycopy(fixed[t], 0, rootFixed, length, fixed[t].length);
            }
        }
        return new CrossedMoments(layout, leaf, rows.clone(), own[leaf], fixed[leaf], leafCells(leaf, offset),
                rootCells(leaf, offset), rootFixed, root.clone(), n, keys.clone());
    }

    private interface Entry {
        void accept(int row, int column, int cell, int i, int j);
    }

    /** The sums by leaf node; the columns of a node come in ascending order because the terms and their cells do. */
    private CrossedMoments.Sparse leafCells(int leaf, int[] offset) {
        int q = effects(leaf);
        int[] start = new int[nodes[leaf] + 1];
        for (int t = 0; t < terms; t++) {
            eachLeafCell(leaf, t, offset, (node, column, c, i, j) -> start[node + 1]++);
        }
        int[] next = cumulate(start);
        int[] columns = new int[start[nodes[leaf]]];
        double[] values = new double[Math.multiplyExact(columns.length, q)];
        for (int t = 0; t < terms; t++) {
            CellSums sums = t == leaf ? null : t < leaf ? pairs[t][leaf] : pairs[leaf][t];
            int width = effects(t);
            boolean first = t < leaf;
            eachLeafCell(leaf, t, offset, (node, column, c, i, j) -> {
                int at = next[node]++;
                columns[at] = column;
                for (int z = 0; z < q; z++) {
                    values[at * q + z] = sums.sums()[c * sums.width() + (first ? j * q + z : z * width + j)];
                }
            });
        }
        return new CrossedMoments.Sparse(start, columns, values);
    }

    /** Visits the cells of the leaf with another term: leaf node, root column, cell, and the effect j of the term. */
    private void eachLeafCell(int leaf, int t, int[] offset, Entry entry) {
        if (t == leaf) {
            return;
        }
        boolean first = t < leaf;
        CellSums sums = first ? pairs[t][leaf] : pairs[leaf][t];
        for (int c : first ? sums.orderedByFirst(nodes[t]) : sums.orderedBySecond(nodes[t])) {
            int node = first ? sums.second(c) : sums.first(c);
            int other = first ? sums.first(c) : sums.second(c);
            for (int j = 0; j < effects(t); j++) {
                entry.accept(node, offset[t] + other * effects(t) + j, c, 0, j);
            }
        }
    }

    private CrossedMoments.Sparse rootCells(int leaf, int[] offset) {
        int m = offset[terms];
        int[] start = new int[m + 1];
        eachRootCell(leaf, offset, (row, column, c, s, at) -> start[row + 1]++);
        int[] next = cumulate(start);
        int[] columns = new int[start[m]];
        double[] values = new double[start[m]];
        eachRootCell(leaf, offset, (row, column, t, s, at) -> {
            columns[next[row]] = column;
            values[next[row]++] = s == t ? own[t][at] : pairs[s][t].sums()[at];
        });
        return new CrossedMoments.Sparse(start, columns, values);
    }

    /** Visits the lower triangle of Z_c'Z_c: row, column, the two terms t ≥ s, and the place of the sum. */
    private void eachRootCell(int leaf, int[] offset, Entry entry) {
        for (int t = 0; t < terms; t++) {
            int qt = effects(t);
            for (int s = 0; t != leaf && s < t; s++) {
                int qs = effects(s);
                for (int c : s == leaf ? new int[0] : pairs[s][t].orderedByFirst(nodes[s])) {
                    for (int j = 0; j < qt; j++) {
                        for (int i = 0; i < qs; i++) {
                            entry.accept(offset[t] + pairs[s][t].second(c) * qt + j,
                                    offset[s] + pairs[s][t].first(c) * qs + i, t, s, (c * qs + i) * qt + j);
                        }
                    }
                }
            }
            for (int node = 0; t != leaf && node < nodes[t]; node++) {
                int at = node * square(t);
                for (int i = 0; i < qt; i++) {
                    for (int j = 0; j <= i; j++) {
                        entry.accept(offset[t] + node * qt + i, offset[t] + node * qt + j, t, t, at++);
                    }
                }
            }
        }
    }

    /** Turns counts into starts, in place, and returns a copy to count along. */
    private static int[] cumulate(int[] start) {
        for (int i = 1; i < start.length; i++) {
            start[i] = Math.addExact(start[i], start[i - 1]);
        }
        return start.clone();
    }
}
