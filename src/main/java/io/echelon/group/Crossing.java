package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The groups of crossed random-effects terms, beside the rows of a block that is one top-level group.
 *
 * @param node  for each term: the node of each row
 * @param nodes for each term: number of nodes
 * @param keys  for each term and each variable of its grouping: the values, in the order of the nodes
 */
public record Crossing(int[][] node, int[] nodes, NodeKeys[][] keys) implements Serializable {
    /** Values of the grouping variables of a node, as printed. */
    public String[] labels(int term, int node) {
        String[] labels = new String[keys[term].length];
        for (int d = 0; d < labels.length; d++) {
            labels[d] = keys[term][d].label(node);
        }
        return labels;
    }

    /** The groups of some of the rows. */
    Crossing where(int[] rows) {
        int terms = node.length;
        int[][] left = new int[terms][];
        int[] count = new int[terms];
        NodeKeys[][] values = new NodeKeys[terms][];
        for (int t = 0; t < terms; t++) {
            int[] of = node[t];
            int[] used = Arrays.stream(rows).map(i -> of[i]).distinct().sorted().toArray();
            left[t] = Arrays.stream(rows).map(i -> Arrays.binarySearch(used, of[i])).toArray();
            count[t] = used.length;
            values[t] = Arrays.stream(keys[t]).map(k -> k.inOrder(used)).toArray(NodeKeys[]::new);
        }
        return new Crossing(left, count, values);
    }
}
