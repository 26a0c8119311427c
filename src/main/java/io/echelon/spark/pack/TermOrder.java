package io.echelon.spark.pack;

import io.echelon.group.NodeKeys;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The groups of crossed terms that several parts met, numbered in the order of their values, so that the order of the rows makes
 * no difference.
 *
 * @param node for each part and term: the number of each of its nodes
 * @param keys for each term and each variable of its grouping: the values, in the order of the nodes
 */
record TermOrder(int[][][] node, NodeKeys[][] keys) {
    /**
     * @param terms  empty indexes of the terms
     * @param values for each part what {@link TermNodes#values} gave for each term
     */
    static TermOrder of(TermNodes[] terms, List<long[][][]> values, TextKeys[] texts) {
        int[][][] node = new int[values.size()][][];
        for (int p = 0; p < node.length; p++) {
            node[p] = TermNodes.numbered(terms, values.get(p));
        }
        NodeKeys[][] keys = new NodeKeys[terms.length][];
        for (int t = 0; t < terms.length; t++) {
            NodeKeys[] met = labelled(terms[t], texts);
            int nodes = terms[t].positions().length == 0 ? 1 : terms[t].values()[0].length;
            int[] order = ordered(met, nodes);
            int[] place = new int[nodes];
            for (int k = 0; k < nodes; k++) {
                place[order[k]] = k;
            }
            keys[t] = Arrays.stream(met).map(k -> k.inOrder(order)).toArray(NodeKeys[]::new);
            for (int[][] ofPart : node) {
                for (int k = 0; k < ofPart[t].length; k++) {
                    ofPart[t][k] = place[ofPart[t][k]];
                }
            }
        }
        return new TermOrder(node, keys);
    }

    private static NodeKeys[] labelled(TermNodes term, TextKeys[] texts) {
        long[][] values = term.values();
        NodeKeys[] keys = new NodeKeys[values.length];
        for (int d = 0; d < keys.length; d++) {
            TextKeys known = texts[term.positions()[d]];
            keys[d] = known == null ? new NodeKeys.Whole(values[d])
                    : new NodeKeys.Text(Arrays.stream(values[d]).mapToObj(known::text).toArray(String[]::new));
        }
        return keys;
    }

    /** The nodes in ascending order of their values: numbers by size, texts by the alphabet. */
    private static int[] ordered(NodeKeys[] keys, int nodes) {
        Comparator<Integer> order = Comparator.comparing(k -> 0);
        for (NodeKeys key : keys) {
            order = key instanceof NodeKeys.Whole whole ? order.thenComparingLong(k -> whole.values()[k])
                    : order.thenComparing(key::label);
        }
        return IntStream.range(0, nodes).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
    }
}
