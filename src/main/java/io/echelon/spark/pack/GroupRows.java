package io.echelon.spark.pack;

import io.echelon.error.EchelonException;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupRow;
import io.echelon.group.NodeKeys;

/** Packs rows by the values of the level variables: a {@link GroupBlockBuilder} that finds its nodes by key. */
final class GroupRows {
    private final GroupRow packing;
    private final GroupBlockBuilder builder;
    private final NodeIndex[] index;
    private final double[] sources;
    private final long[] keys;
    private final double[] row;
    private int count;

    GroupRows(SampleColumns columns, GroupRow packing) {
        this.packing = packing;
        builder = new GroupBlockBuilder(packing.layout());
        sources = new double[columns.codes().size()];
        keys = new long[columns.levels().size()];
        row = new double[packing.layout().width()];
        index = new NodeIndex[keys.length];
        for (int l = 0; l < index.length; l++) {
            index[l] = new NodeIndex();
        }
    }

    /** Adds those rows of a block whose top-level groups belong to one of several buckets. */
    void add(Block.Rows block, int bucket, int buckets) {
        int length = block.length();
        for (int at = 0; at < length; at += sources.length + keys.length) {
            for (int l = 0; l < keys.length; l++) {
                keys[l] = block.key(at + sources.length + l);
            }
            if (buckets == 1 || GroupSums.bucket(keys[0], buckets) == bucket) {
                for (int s = 0; s < sources.length; s++) {
                    sources[s] = block.source(at + s);
                }
                packing.fill(sources, row);
                builder.add(leaf(), row);
                count++;
            }
        }
    }

    private int leaf() {
        int node = 0;
        for (int l = 0; l < keys.length; l++) {
            int parent = node;
            node = index[l].find(parent, keys[l]);
            int weight = packing.levelWeights()[l];
            if (node < 0) {
                node = index[l].insert(parent, keys[l]);
                builder.node(l, parent);
                if (weight >= 0) {
                    builder.weight(l, node, sources[weight]);
                }
            } else if (weight >= 0 && builder.weight(l, node) != sources[weight]) {
                throw EchelonException.misuse("the weight of the groups of level " + (l + 1) + " (the outermost is 1) is not"
                        + " constant within them: one group has both " + builder.weight(l, node) + " and " + sources[weight]
                        + "; the weight of a group must stand in each of its rows");
            }
        }
        return node;
    }

    /** Rows added so far. */
    int count() {
        return count;
    }

    /** The packed rows, with the level values as numbers. */
    GroupBlock build() {
        NodeKeys[] values = new NodeKeys[index.length];
        for (int l = 0; l < values.length; l++) {
            values[l] = new NodeKeys.Whole(index[l].keys());
        }
        return builder.build(values);
    }
}
