package io.echelon.spark.pack;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Finds the node of a level by its parent and the value of the level variable: open addressing over one primitive array,
 * so that most rows touch a single line of the cache.
 */
final class NodeIndex implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NEW = -1;

    /** At 2s the key of place s, at 2s + 1 the parent (high half) and the node plus one (low half), 0 where free. */
    private long[] places = new long[2 * 64];
    private long[] keys = new long[16];
    private int[] parents = new int[16];
    private int count;
    private int last = NEW;

    /** The node, or -1 after {@link #insert} is due. */
    int find(int parent, long key) {
        // Rows of one group most often stand together.
        if (last != NEW && keys[last] == key && parents[last] == parent) {
            return last;
        }
        int node = lookUp(parent, key);
        last = node == NEW ? last : node;
        return node;
    }

    private int lookUp(int parent, long key) {
        long[] table = places;
        int mask = table.length - 2;
        for (int at = hash(parent, key) & mask;; at = at + 2 & mask) {
            long entry = table[at + 1];
            if (entry == 0) {
                return NEW;
            }
            if (table[at] == key && entry >>> 32 == parent) {
                return (int) entry - 1;
            }
        }
    }

    /** Enters a node that {@link #find} did not find; nodes are numbered from 0 in the order of entry. */
    int insert(int parent, long key) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            parents = Arrays.copyOf(parents, 2 * count);
        }
        keys[count] = key;
        parents[count] = parent;
        count++;
        if (4 * count > places.length) {
            rehash();
        } else {
            place(count - 1);
        }
        last = count - 1;
        return last;
    }

    /** The values of the level variable, node by node. */
    long[] keys() {
        return Arrays.copyOf(keys, count);
    }

    /** The parent of a node. */
    int parent(int node) {
        return parents[node];
    }

    private void rehash() {
        places = new long[2 * places.length];
        for (int node = 0; node < count; node++) {
            place(node);
        }
    }

    private void place(int node) {
        int mask = places.length - 2;
        int at = hash(parents[node], keys[node]) & mask;
        while (places[at + 1] != 0) {
            at = at + 2 & mask;
        }
        places[at] = keys[node];
        places[at + 1] = (long) parents[node] << 32 | node + 1;
    }

    private static int hash(int parent, long key) {
        return (int) (mix(key + 0x9E3779B97F4A7C15L * parent) >>> 32);
    }

    /** Spreads the bits of a key (the finaliser of MurmurHash3, Appleby 2011). */
    static long mix(long key) {
        long h = key;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
