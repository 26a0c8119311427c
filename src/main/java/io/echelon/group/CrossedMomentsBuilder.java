package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums the cross-products of working rows, which may come in any order, for {@link CrossedMoments}. Builders filled from
 * different rows merge. Nodes of each term are numbered by the caller.
 */
public final class CrossedMomentsBuilder implements Serializable {
    private final MomentLayout layout;
    private final int leafTerm;
    private final int leafStride;
    private final int[] nodes;
    private final int[][] rows;
    private double[] leaf = new double[0];
    /** Z_c'z by (leaf node, node of a root term): q_leaf × q_t sums; empty for the leaf itself. */
    private final CellSums[] cells;
    /** Z_c'[x y] by root term: q_t × (p+1) a node. */
    private final double[][] rootFixed;
    /** Z_s'Z_t for root terms s ≤ t by (node of s, node of t): q_s × q_t sums. */
    private final CellSums[][] root;
    private final double[] fixed;
    private long n;

    /** A builder without rows. */
    public CrossedMomentsBuilder(MomentLayout layout, int leafTerm) {
        this.layout = layout;
        this.leafTerm = leafTerm;
        leafStride = CrossedMoments.leafStride(layout, leafTerm);
        int terms = layout.levels();
        int side = layout.fixed() + 1;
        nodes = new int[terms];
        rows = new int[terms][0];
        cells = new CellSums[terms];
        rootFixed = new double[terms][0];
        root = new CellSums[terms][terms];
        fixed = new double[side * (side + 1) / 2];
        for (int t = 0; t < terms; t++) {
            if (t == leafTerm) {
                continue;
            }
            cells[t] = new CellSums(layout.effects()[leafTerm] * layout.effects()[t]);
            for (int s = 0; s <= t; s++) {
                if (s != leafTerm) {
                    root[s][t] = new CellSums(layout.effects()[s] * layout.effects()[t]);
                }
            }
        }
    }

    /** Adds a working row that belongs to the nodes {@code node} (one a term). */
    public void add(int[] node, double[] row) {
        int terms = layout.levels();
        int xy = layout.offset(terms);
        int width = layout.width();
        for (int t = 0; t < terms; t++) {
            reserve(t, node[t] + 1);
            rows[t][node[t]]++;
            int from = layout.offset(t);
            int q = layout.effects()[t];
            if (t == leafTerm) {
                int at = node[t] * leafStride;
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j <= i; j++) {
                        leaf[at++] += row[from + i] * row[from + j];
                    }
                }
                outer(row, from, q, xy, width - xy, leaf, at);
                continue;
            }
            outer(row, from, q, xy, width - xy, rootFixed[t], node[t] * q * (width - xy));
            int leafFrom = layout.offset(leafTerm);
            int leafQ = layout.effects()[leafTerm];
            int cell = cells[t].at(node[leafTerm], node[t]);
            outer(row, leafFrom, leafQ, from, q, cells[t].sums(), cell);
            for (int s = 0; s <= t; s++) {
                if (s != leafTerm) {
                    cell = root[s][t].at(node[s], node[t]);
                    outer(row, layout.offset(s), layout.effects()[s], from, q, root[s][t].sums(), cell);
                }
            }
        }
        int at = 0;
        for (int i = xy; i < width; i++) {
            for (int j = xy; j <= i; j++) {
                fixed[at++] += row[i] * row[j];
            }
        }
        n++;
    }

    private static void outer(double[] row, int a, int rowsOfA, int b, int columnsOfB, double[] sums, int at) {
        for (int i = 0; i < rowsOfA; i++) {
            double v = row[a + i];
            for (int j = 0; j < columnsOfB; j++) {
                sums[at++] += v * row[b + j];
            }
        }
    }

    private void reserve(int term, int needed) {
        nodes[term] = Math.max(nodes[term], needed);
        if (needed <= rows[term].length) {
            return;
        }
        int capacity = Math.max(needed, rows[term].length * 3 / 2 + 8);
        rows[term] = Arrays.copyOf(rows[term], capacity);
        if (term == leafTerm) {
            leaf = Arrays.copyOf(leaf, Math.multiplyExact(capacity, leafStride));
        } else {
            rootFixed[term] = Arrays.copyOf(rootFixed[term],
                    Math.multiplyExact(capacity, layout.effects()[term] * (layout.fixed() + 1)));
        }
    }

    /**
     * Adds the sums of another builder of the same layout.
     *
     * @param node for each term: the number here of each node there
     */
    public void add(CrossedMomentsBuilder other, int[][] node) {
        for (int t = 0; t < layout.levels(); t++) {
            int stride = t == leafTerm ? leafStride : layout.effects()[t] * (layout.fixed() + 1);
            double[] from = t == leafTerm ? other.leaf : other.rootFixed[t];
            for (int k = 0; k < node[t].length; k++) {
                int here = node[t][k];
                reserve(t, here + 1);
                rows[t][here] += other.rows[t][k];
                addTo(t == leafTerm ? leaf : rootFixed[t], here * stride, from, k * stride, stride);
            }
            if (t == leafTerm) {
                continue;
            }
            addCells(cells[t], other.cells[t], node[leafTerm], node[t]);
            for (int s = 0; s <= t; s++) {
                if (s != leafTerm) {
                    addCells(root[s][t], other.root[s][t], node[s], node[t]);
                }
            }
        }
        addTo(fixed, 0, other.fixed, 0, fixed.length);
        n += other.n;
    }

    private static void addCells(CellSums to, CellSums from, int[] first, int[] second) {
        for (int c = 0; c < from.size(); c++) {
            int at = to.at(first[from.first(c)], second[from.second(c)]);
            addTo(to.sums(), at, from.sums(), c * from.width(), from.width());
        }
    }

    private static void addTo(double[] to, int at, double[] from, int start, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += from[start + i];
        }
    }

    /** The moments of all rows added; {@code keys} are the values of the nodes of each term. */
    public CrossedMoments build(NodeKeys[] keys) {
        int terms = layout.levels();
        int[][] counts = new int[terms][];
        int[] offset = new int[terms + 1];
        double[][] xy = new double[terms][];
        for (int t = 0; t < terms; t++) {
            counts[t] = Arrays.copyOf(rows[t], nodes[t]);
            boolean isLeaf = t == leafTerm;
            offset[t + 1] = offset[t] + (isLeaf ? 0 : nodes[t] * layout.effects()[t]);
            xy[t] = isLeaf ? new double[0]
                    : Arrays.copyOf(rootFixed[t], nodes[t] * layout.effects()[t] * (layout.fixed() + 1));
        }
        double[] joined = Arrays.stream(xy).flatMapToDouble(Arrays::stream).toArray();
        return new CrossedMoments(layout, leafTerm, counts, Arrays.copyOf(leaf, nodes[leafTerm] * leafStride),
                leafCells(offset), rootCells(offset), joined, fixed.clone(), n, keys.clone());
    }

    private CrossedMoments.Sparse leafCells(int[] offset) {
        int leafNodes = nodes[leafTerm];
        int q = layout.effects()[leafTerm];
        int[] start = new int[leafNodes + 1];
        for (int t = 0; t < layout.levels(); t++) {
            for (int c = 0; t != leafTerm && c < cells[t].size(); c++) {
                start[cells[t].first(c) + 1] += layout.effects()[t];
            }
        }
        int[] next = cumulate(start);
        int[] column = new int[start[leafNodes]];
        double[] value = new double[Math.multiplyExact(column.length, q)];
        for (int t = 0; t < layout.levels(); t++) {
            if (t == leafTerm) {
                continue;
            }
            int width = layout.effects()[t];
            for (int c : cells[t].orderedBySecond(nodes[t])) {
                int leafNode = cells[t].first(c);
                for (int j = 0; j < width; j++) {
                    int at = next[leafNode]++;
                    column[at] = offset[t] + cells[t].second(c) * width + j;
                    for (int i = 0; i < q; i++) {
                        value[at * q + i] = cells[t].sums()[(c * q + i) * width + j];
                    }
                }
            }
        }
        return new CrossedMoments.Sparse(start, column, value);
    }

    private CrossedMoments.Sparse rootCells(int[] offset) {
        int m = offset[layout.levels()];
        int[] start = new int[m + 1];
        eachRootEntry(offset, (row, column, value) -> start[row + 1]++);
        int[] next = cumulate(start);
        int[] columns = new int[start[m]];
        double[] values = new double[start[m]];
        eachRootEntry(offset, (row, column, value) -> {
            columns[next[row]] = column;
            values[next[row]++] = value;
        });
        return new CrossedMoments.Sparse(start, columns, values);
    }

    private interface Entry {
        void accept(int row, int column, double value);
    }

    /** Visits the lower triangle of Z_c'Z_c; the columns of a row come in ascending order. */
    private void eachRootEntry(int[] offset, Entry entry) {
        for (int t = 0; t < layout.levels(); t++) {
            for (int s = 0; s <= t; s++) {
                if (root[s][t] == null) {
                    continue;
                }
                CellSums pairs = root[s][t];
                int qs = layout.effects()[s];
                int qt = layout.effects()[t];
                for (int c : pairs.orderedByFirst(nodes[s])) {
                    for (int j = 0; j < qt; j++) {
                        for (int i = 0; i < (s == t ? j + 1 : qs); i++) {
                            entry.accept(offset[t] + pairs.second(c) * qt + j, offset[s] + pairs.first(c) * qs + i,
                                    pairs.sums()[(c * qs + i) * qt + j]);
                        }
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
