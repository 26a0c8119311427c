package io.echelon.group;

import java.io.Serializable;

/** The values of a level variable, one a node, in the order of the nodes. */
public sealed interface NodeKeys extends Serializable {
    /** The value as printed. */
    String label(int node);

    /** Whole-number values, by far the most frequent kind. */
    record Whole(long[] values) implements NodeKeys {
        @Override
        public String label(int node) {
            return Long.toString(values[node]);
        }
    }

    /** Values of any other kind, as text. */
    record Text(String[] values) implements NodeKeys {
        @Override
        public String label(int node) {
            return values[node];
        }
    }
}
