package io.echelon.likelihood.generalized;

import io.echelon.group.Crossing;
import io.echelon.group.GroupBlock;
import java.util.Arrays;

/**
 * Where the rows of crossed terms meet. The term with the most normals is the leaf; the normals of all others are the m columns of the
 * root, term by term and node by node. Each node of the leaf meets few columns of the root: its cells.
 */
final class CrossedCells {
    /** Term of the leaf. */
    final int leaf;
    /** q of each term, where its normals start among the Q of a row, and its first root column (of the leaf: none). */
    final int[] q;
    final int[] start;
    final int[] offset;
    /** m. */
    final int root;
    /** Number of leaf nodes. */
    final int leaves;
    /** Rows in the order of their leaf nodes, and where those of each begin. */
    final int[] row;
    final int[] firstRow;
    /** Root columns of each leaf node, ascending, and where those of each begin. */
    final int[] column;
    final int[] firstCell;
    /** For each row and term: the cell of the first column of the row's node; unused for the leaf. */
    final int[] cell;
    final Crossing crossing;

    CrossedCells(GroupBlock block) {
        crossing = block.crossing();
        q = block.layout().effects();
        int terms = q.length;
        start = new int[terms];
        offset = new int[terms];
        int widest = 0;
        for (int t = 0; t < terms; t++) {
            start[t] = block.layout().offset(t);
            if (columns(t) > columns(widest)) {
                widest = t;
            }
        }
        leaf = widest;
        int m = 0;
        for (int t = 0; t < terms; t++) {
            offset[t] = m;
            m += t == leaf ? 0 : Math.toIntExact(columns(t));
        }
        root = m;
        leaves = crossing.nodes()[leaf];
        row = new int[block.rows()];
        firstRow = new int[leaves + 1];
        sortRows(crossing.node()[leaf]);
        firstCell = new int[leaves + 1];
        cell = new int[block.rows() * terms];
        column = fillCells();
    }

    private long columns(int term) {
        return (long) crossing.nodes()[term] * q[term];
    }

    /** First root column of the node of a row. */
    int rootColumn(int term, int i) {
        return offset[term] + crossing.node()[term][i] * q[term];
    }

    private void sortRows(int[] leafOf) {
        for (int node : leafOf) {
            firstRow[node + 1]++;
        }
        for (int l = 0; l < leaves; l++) {
            firstRow[l + 1] += firstRow[l];
        }
        int[] next = firstRow.clone();
        for (int i = 0; i < leafOf.length; i++) {
            row[next[leafOf[i]]++] = i;
        }
    }

    private int[] fillCells() {
        int terms = q.length;
        int[] all = new int[1024];
        int count = 0;
        int[] met = new int[root];
        Arrays.fill(met, -1);
        for (int l = 0; l < leaves; l++) {
            int first = count;
            firstCell[l] = first;
            for (int k = firstRow[l]; k < firstRow[l + 1]; k++) {
                for (int t = 0; t < terms; t++) {
                    int head = t == leaf ? -1 : rootColumn(t, row[k]);
                    if (head >= 0 && met[head] < first) {
                        met[head] = first;
                        if (count + q[t] > all.length) {
                            all = Arrays.copyOf(all, Math.max(2 * count, count + q[t]));
                        }
                        for (int c = 0; c < q[t]; c++) {
                            all[count++] = head + c;
                        }
                    }
                }
            }
            Arrays.sort(all, first, count);
            for (int at = first; at < count; at++) {
                met[all[at]] = at;
            }
            for (int k = firstRow[l]; k < firstRow[l + 1]; k++) {
                for (int t = 0; t < terms; t++) {
                    cell[row[k] * terms + t] = t == leaf ? -1 : met[rootColumn(t, row[k])];
                }
            }
        }
        firstCell[leaves] = count;
        return Arrays.copyOf(all, count);
    }
}
