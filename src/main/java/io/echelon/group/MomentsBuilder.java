package io.echelon.group;

import io.echelon.linalg.Packed;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums the cross-products of working rows, which may come in any order, node by node. Nodes are numbered within their
 * level in the order of their making; {@link #build} renumbers them so that those of one parent stand next to each other.
 */
public final class MomentsBuilder {
    /** Rows whose root products are summed before they are added to the total, to keep rounding small. */
    private static final int BLOCK = 1024;

    private final MomentLayout layout;
    private final int levels;
    private final int fixedOffset;
    private final int width;
    private final int[] offset;
    private final int[] stride;
    private final int[] count;
    private final int[][] parent;
    private final int[][] rows;
    private final double[][] data;
    private final double[] root;
    private final double[] block;
    private final int[] present;
    private int inBlock;
    private long n;

    /** A builder without nodes. */
    public MomentsBuilder(MomentLayout layout) {
        this.layout = layout;
        levels = layout.levels();
        fixedOffset = layout.offset(levels);
        width = layout.width();
        offset = IntStream.rangeClosed(0, levels).map(layout::offset).toArray();
        stride = new int[levels];
        count = new int[levels];
        parent = new int[levels][16];
        rows = new int[levels][16];
        data = new double[levels][];
        for (int l = 0; l < levels; l++) {
            stride[l] = layout.stride(l);
            data[l] = new double[16 * stride[l]];
        }
        int side = layout.fixed() + 1;
        root = new double[side * (side + 1) / 2];
        block = new double[root.length];
        present = layout.fixed() < Standardization.MANY ? null : new int[side];
    }

    /** Makes a new node and returns its number; {@code parent} is the number of a node one level up (ignored at level 0). */
    public int node(int level, int parent) {
        int k = count[level]++;
        if (k == rows[level].length) {
            int capacity = k * 2;
            this.parent[level] = Arrays.copyOf(this.parent[level], capacity);
            rows[level] = Arrays.copyOf(rows[level], capacity);
            data[level] = Arrays.copyOf(data[level], Math.multiplyExact(capacity, stride[level]));
        }
        this.parent[level][k] = parent;
        return k;
    }

    /** Adds a working row to the nodes {@code path} (one a level, outermost first). */
    public void add(int[] path, double[] row) {
        for (int l = 0; l < levels; l++) {
            addToNode(l, path[l], row);
        }
        addToRoot(row);
    }

    private void addToNode(int level, int node, double[] row) {
        int from = offset[level];
        int q = offset[level + 1] - from;
        double[] d = data[level];
        int at = node * stride[level];
        rows[level][node]++;
        for (int i = 0; i < q; i++) {
            double z = row[from + i];
            for (int j = 0; j <= i; j++) {
                d[at++] += z * row[from + j];
            }
        }
        for (int i = 0; i < q; i++) {
            double z = row[from + i];
            for (int c = 0; c < from; c++) {
                d[at++] += z * row[c];
            }
            for (int c = fixedOffset; c < width; c++) {
                d[at++] += z * row[c];
            }
        }
    }

    private void addToRoot(double[] row) {
        if (present == null) {
            addAll(row);
        } else {
            addPresent(row);
        }
        n++;
        if (++inBlock == BLOCK) {
            flush();
        }
    }

    private void addAll(double[] row) {
        int at = 0;
        for (int i = fixedOffset; i < width; i++) {
            double v = row[i];
            for (int j = fixedOffset; j <= i; j++) {
                block[at++] += v * row[j];
            }
        }
    }

    /** The same for a row in which most columns may be zero. */
    private void addPresent(double[] row) {
        int count = 0;
        for (int i = fixedOffset; i < width; i++) {
            if (row[i] != 0) {
                present[count++] = i - fixedOffset;
            }
        }
        for (int a = 0; a < count; a++) {
            double v = row[fixedOffset + present[a]];
            int at = Packed.size(present[a]);
            for (int b = 0; b <= a; b++) {
                block[at + present[b]] += v * row[fixedOffset + present[b]];
            }
        }
    }

    /** Adds the sums of rows gathered elsewhere to a node: {@link MomentLayout#stride} doubles of {@code from} at {@code at}. */
    public void addSums(int level, int node, int rows, double[] from, int at) {
        this.rows[level][node] += rows;
        double[] d = data[level];
        int to = node * stride[level];
        for (int k = 0; k < stride[level]; k++) {
            d[to + k] += from[at + k];
        }
    }

    /** Adds the cross-products of [x y] of rows gathered elsewhere. */
    public void addRoot(double[] from, long rows) {
        for (int i = 0; i < root.length; i++) {
            root[i] += from[i];
        }
        n += rows;
    }

    /** Doubles the nodes made so far hold. */
    public long size() {
        long doubles = 0;
        for (int l = 0; l < levels; l++) {
            doubles += (long) count[l] * stride[l];
        }
        return doubles;
    }

    private void flush() {
        for (int i = 0; i < root.length; i++) {
            root[i] += block[i];
            block[i] = 0;
        }
        inBlock = 0;
    }

    /**
     * The moments of all rows added.
     *
     * @param keys for each level the values of its nodes, in the order of their making
     */
    public Moments build(NodeKeys[] keys) {
        flush();
        int[][] newParent = new int[levels][];
        int[][] newRows = new int[levels][];
        double[][] newData = new double[levels][];
        NodeKeys[] newKeys = new NodeKeys[levels];
        int[] place = null;
        for (int l = 0; l < levels; l++) {
            int[] order = l == 0 ? null : orderByParent(l, place);
            newParent[l] = l == 0 ? new int[0] : new int[count[l]];
            newRows[l] = new int[count[l]];
            newData[l] = new double[count[l] * stride[l]];
            int[] nextPlace = new int[count[l]];
            for (int k = 0; k < count[l]; k++) {
                int old = order == null ? k : order[k];
                if (l > 0) {
                    newParent[l][k] = place[parent[l][old]];
                }
                newRows[l][k] = rows[l][old];
                System.arraycopy(data[l], old * stride[l], newData[l], k * stride[l], stride[l]);
                nextPlace[old] = k;
            }
            newKeys[l] = order == null ? keys[l] : keys[l].inOrder(order);
            place = nextPlace;
        }
        return new Moments(layout, newParent, newRows, newData, root.clone(), n, newKeys);
    }

    /** Counting sort of the nodes of a level by the new place of their parents. */
    private int[] orderByParent(int level, int[] place) {
        int[] start = new int[count[level - 1] + 1];
        for (int k = 0; k < count[level]; k++) {
            start[place[parent[level][k]] + 1]++;
        }
        for (int k = 1; k < start.length; k++) {
            start[k] += start[k - 1];
        }
        int[] order = new int[count[level]];
        for (int k = 0; k < count[level]; k++) {
            order[start[place[parent[level][k]]]++] = k;
        }
        return order;
    }
}
