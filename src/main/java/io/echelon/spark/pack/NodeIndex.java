package io.echelon.spark.pack;

import java.util.Arrays;

/** Finds the node of a level by its parent and the value of the level variable: open addressing over primitive arrays. */
final class NodeIndex {
    private static final int NEW = -1;

    private int[] slots = new int[64];
    private long[] keys = new long[16];
    private int[] parents = new int[16];
    private int count;
    private int last = NEW;

    NodeIndex() {
        Arrays.fill(slots, NEW);
    }

    /** The node, or -1 after {@link #insert} is due. */
    int find(int parent, long key) {
        // Rows of one group most often stand together.
        if (last != NEW && keys[last] == key && parents[last] == parent) {
            return last;
        }
        int mask = slots.length - 1;
        for (int s = hash(parent, key) & mask;; s = s + 1 & mask) {
            int node = slots[s];
            if (node == NEW) {
                return NEW;
            }
            if (keys[node] == key && parents[node] == parent) {
                last = node;
                return node;
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
        if (2 * count > slots.length) {
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
        slots = new int[2 * slots.length];
        Arrays.fill(slots, NEW);
        for (int node = 0; node < count; node++) {
            place(node);
        }
    }

    private void place(int node) {
        int mask = slots.length - 1;
        int s = hash(parents[node], keys[node]) & mask;
        while (slots[s] != NEW) {
            s = s + 1 & mask;
        }
        slots[s] = node;
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
