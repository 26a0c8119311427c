package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;

/** The values of a level variable, one a node, in the order of the nodes. */
public sealed interface NodeKeys extends Serializable {
    /** The value as printed. */
    String label(int node);

    /** The keys rearranged: those of the nodes {@code order[0], order[1], ...} */
    NodeKeys inOrder(int[] order);

    /** Whole-number values, by far the most frequent kind. */
    record Whole(long[] values) implements NodeKeys {
        @Override
        public String label(int node) {
            return Long.toString(values[node]);
        }

        @Override
        public NodeKeys inOrder(int[] order) {
            return new Whole(Arrays.stream(order).mapToLong(k -> values[k]).toArray());
        }
    }

    /** Values of any other kind, as text. */
    record Text(String[] values) implements NodeKeys {
        @Override
        public String label(int node) {
            return values[node];
        }

        @Override
        public NodeKeys inOrder(int[] order) {
            return new Text(Arrays.stream(order).mapToObj(k -> values[k]).toArray(String[]::new));
        }
    }
}
