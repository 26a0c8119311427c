package io.echelon.group;

import java.util.Arrays;

/**
 * Rows of the same innermost node that are alike in the response, all columns and the offset stand for one row, whose weight is the
 * sum of theirs: sums over rows of weight × f(row) stay what they are.
 */
public final class IdenticalRows {
    /** Rows of a part that are looked at to see whether merging pays. */
    private static final int TRIAL = 4096;

    private final GroupBlock block;
    private final int p;
    private final int q;
    /** First of the rows that are like this one. */
    private final int[] first;
    private int[] table = new int[16];
    private int distinct;

    private IdenticalRows(GroupBlock block, int rows) {
        this.block = block;
        p = block.rows() == 0 ? 0 : block.x().length / block.rows();
        q = block.rows() == 0 ? 0 : block.z().length / block.rows();
        first = new int[rows];
        int innermost = block.layout().levels() - 1;
        for (int node = 0; node < block.nodes(innermost) && block.first(innermost, node) < rows; node++) {
            find(block.first(innermost, node), Math.min(rows, block.first(innermost, node + 1)));
        }
    }

    /** The same groups with identical rows merged where that leaves at most half of the rows; the given store is then closed. */
    public static PartStore<GroupBlock> merged(PartStore<GroupBlock> parts) {
        long[] tried = parts.aggregate(block -> {
            int rows = block.crossing() == null && block.layout().levels() > 0 ? Math.min(TRIAL, block.rows()) : 0;
            return new long[] {rows, rows == 0 ? block.rows() : new IdenticalRows(block, rows).distinct};
        }, (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
        return 2 * tried[1] <= tried[0] ? parts.map(block -> new IdenticalRows(block, block.rows()).merged()) : parts;
    }

    /** Looks for alike rows of a node by their hashes. */
    private void find(int from, int to) {
        int size = Integer.highestOneBit(Math.max(1, to - from)) * 4;
        if (table.length < size) {
            table = new int[size];
        }
        Arrays.fill(table, 0, size, -1);
        for (int i = from; i < to; i++) {
            int slot = hash(i) & (size - 1);
            while (table[slot] >= 0 && !alike(table[slot], i)) {
                slot = (slot + 1) & (size - 1);
            }
            if (table[slot] < 0) {
                table[slot] = i;
                distinct++;
            }
            first[i] = table[slot];
        }
    }

    private int hash(int i) {
        long h = Double.doubleToLongBits(block.response().y()[i]);
        for (int j = i * p; j < (i + 1) * p; j++) {
            h = 31 * h + Double.doubleToLongBits(block.x()[j]);
        }
        h *= 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
    }

    private boolean alike(int a, int b) {
        return same(block.response().y(), a, b) && same(block.response().trials(), a, b) && same(block.response().entry(), a, b)
                && same(block.response().event(), a, b) && block.offset(a) == block.offset(b)
                && Arrays.equals(block.x(), a * p, (a + 1) * p, block.x(), b * p, (b + 1) * p)
                && Arrays.equals(block.z(), a * q, (a + 1) * q, block.z(), b * q, (b + 1) * q);
    }

    private static boolean same(double[] column, int a, int b) {
        return column == null || column[a] == column[b];
    }

    private GroupBlock merged() {
        double[] sum = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            sum[first[i]] += block.weight(i);
        }
        double[] weight = new double[distinct];
        for (int i = 0, k = 0; i < first.length; i++) {
            if (first[i] == i) {
                weight[k++] = sum[i];
            }
        }
        return block.where(i -> first[i] == i).withWeights(weight);
    }
}
