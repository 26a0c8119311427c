package io.echelon.spark.pack;

import java.io.Serializable;
import java.util.List;

/** Numbers the groups of a term by the values of its grouping variables, in the order in which they are met. */
final class TermNodes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] positions;
    private final NodeIndex[] chain;

    /** @param positions of the grouping variables among all keys of a row */
    TermNodes(int[] positions) {
        this.positions = positions;
        chain = new NodeIndex[positions.length];
        for (int d = 0; d < chain.length; d++) {
            chain[d] = new NodeIndex();
        }
    }

    /** One for each list of grouping variables, all of them named in {@code variables}. */
    static TermNodes[] of(List<List<String>> groupings, List<String> variables) {
        return groupings.stream().map(g -> new TermNodes(g.stream().mapToInt(variables::indexOf).toArray()))
                .toArray(TermNodes[]::new);
    }

    /** The node of a row; 0 for a term without grouping variables. */
    int node(long[] keys) {
        int node = 0;
        for (int d = 0; d < chain.length; d++) {
            long key = keys[positions[d]];
            int found = chain[d].find(node, key);
            node = found >= 0 ? found : chain[d].insert(node, key);
        }
        return node;
    }

    /** The values of each grouping variable, node by node. */
    long[][] values() {
        long[][] values = new long[chain.length][];
        if (chain.length == 0) {
            return values;
        }
        int innermost = chain.length - 1;
        values[innermost] = chain[innermost].keys();
        int nodes = values[innermost].length;
        int[] above = new int[nodes];
        for (int k = 0; k < nodes; k++) {
            above[k] = chain[innermost].parent(k);
        }
        for (int d = innermost - 1; d >= 0; d--) {
            long[] keys = chain[d].keys();
            values[d] = new long[nodes];
            for (int k = 0; k < nodes; k++) {
                values[d][k] = keys[above[k]];
                above[k] = chain[d].parent(above[k]);
            }
        }
        return values;
    }

    /**
     * For each term the number here of each node of other rows; those not met yet are entered.
     *
     * @param values for each term what {@link #values} gave there
     */
    static int[][] numbered(TermNodes[] terms, long[][][] values) {
        int[][] numbers = new int[terms.length][];
        for (int t = 0; t < terms.length; t++) {
            numbers[t] = terms[t].numbered(values[t]);
        }
        return numbers;
    }

    private int[] numbered(long[][] values) {
        int[] number = new int[values.length == 0 ? 1 : values[0].length];
        for (int k = 0; k < number.length; k++) {
            for (int d = 0; d < values.length; d++) {
                int found = chain[d].find(number[k], values[d][k]);
                number[k] = found >= 0 ? found : chain[d].insert(number[k], values[d][k]);
            }
        }
        return number;
    }

    /** Positions of the grouping variables among all keys of a row. */
    int[] positions() {
        return positions;
    }
}
