package io.echelon.spark.pack;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.MomentsBuilder;
import io.echelon.group.NodeKeys;
import io.echelon.group.WorkingRow;

/** Sums cross-products by the values of the level variables: a {@link MomentsBuilder} that finds its nodes by key. */
final class GroupSums {
    private final MomentLayout layout;
    private final MomentsBuilder builder;
    private final NodeIndex[] index;
    private final int[] path;

    GroupSums(MomentLayout layout) {
        this.layout = layout;
        builder = new MomentsBuilder(layout);
        index = new NodeIndex[layout.levels()];
        for (int l = 0; l < index.length; l++) {
            index[l] = new NodeIndex();
        }
        path = new int[layout.levels()];
    }

    /** Adds a working row to the groups with these keys. */
    void add(long[] keys, double[] row) {
        int parent = 0;
        for (int l = 0; l < path.length; l++) {
            parent = node(l, parent, keys[l]);
            path[l] = parent;
        }
        builder.add(path, row);
    }

    /**
     * Adds the rows of a block, of {@code sources} numbers each. The nodes of all rows are found before any is added, so that
     * waits for memory overlap.
     */
    void add(Block.Rows block, int sources, WorkingRow working) {
        int levels = path.length;
        int width = sources + levels;
        int rows = block.length() / width;
        int[][] node = new int[levels][rows];
        for (int l = 0; l < levels; l++) {
            for (int r = 0; r < rows; r++) {
                node[l][r] = node(l, l == 0 ? 0 : node[l - 1][r], block.key(r * width + sources + l));
            }
        }
        double[] source = new double[sources];
        double[] row = new double[layout.width()];
        for (int r = 0; r < rows; r++) {
            for (int s = 0; s < sources; s++) {
                source[s] = block.source(r * width + s);
            }
            working.fill(source, row);
            for (int l = 0; l < levels; l++) {
                path[l] = node[l][r];
            }
            builder.add(path, row);
        }
    }

    /** Adds those groups of a part that belong to one of several buckets; bucket 0 takes the running sum of the root. */
    void add(Moments part, int bucket, int buckets) {
        if (bucket == 0) {
            builder.addRoot(part.root(), part.n());
        }
        int[] above = new int[0];
        for (int l = 0; l < layout.levels(); l++) {
            long[] keys = ((NodeKeys.Whole) part.keys()[l]).values();
            int stride = layout.stride(l);
            int[] mine = new int[keys.length];
            for (int k = 0; k < keys.length; k++) {
                int parent = l == 0 ? 0 : above[part.parent()[l][k]];
                boolean ours = l == 0 ? bucket(keys[k], buckets) == bucket : parent >= 0;
                mine[k] = ours ? node(l, parent, keys[k]) : -1;
                if (ours) {
                    builder.addSums(l, mine[k], part.rows()[l][k], part.data()[l], k * stride);
                }
            }
            above = mine;
        }
    }

    /** The bucket of a top-level group. */
    static int bucket(long key, int buckets) {
        return (int) ((NodeIndex.mix(key) >>> 32) * buckets >>> 32);
    }

    /** Doubles held by the groups so far. */
    long size() {
        return builder.size();
    }

    /** The sums, with the level values as numbers. */
    Moments build() {
        NodeKeys[] keys = new NodeKeys[index.length];
        for (int l = 0; l < keys.length; l++) {
            keys[l] = new NodeKeys.Whole(index[l].keys());
        }
        return builder.build(keys);
    }

    private int node(int level, int parent, long key) {
        int node = index[level].find(parent, key);
        if (node < 0) {
            node = index[level].insert(parent, key);
            builder.node(level, parent);
        }
        return node;
    }
}
