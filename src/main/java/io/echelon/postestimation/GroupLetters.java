package io.echelon.postestimation;

import io.echelon.postestimation.predict.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Letters for means such that two share one if and only if they do not differ significantly: a letter for each largest set
 * of means that are all alike, found by inserting the differences one after the other and absorbing what is contained in
 * another set (Piepho, Journal of Computational and Graphical Statistics 13, 2004).
 */
final class GroupLetters {
    private GroupLetters() {}

    /**
     * The letters of each mean, in alphabetic order from the smallest mean on; empty for a mean that is like no other.
     *
     * @param alike  m×m, whether two means do not differ significantly
     * @param values the means, NaN where one is not estimable
     */
    static List<String> of(boolean[][] alike, double[] values) {
        int m = values.length;
        BitSet all = new BitSet();
        IntStream.range(0, m).filter(i -> !Double.isNaN(values[i])).forEach(all::set);
        List<BitSet> sets = new ArrayList<>(List.of(all));
        for (int i = 0; i < m; i++) {
            for (int j = i + 1; j < m; j++) {
                if (!alike[i][j]) {
                    sets = insert(sets, i, j);
                }
            }
        }
        int[] rank = ranks(values);
        sets.removeIf(s -> s.cardinality() < 2);
        sets.sort(Comparator.comparingInt((BitSet s) -> s.stream().map(i -> rank[i]).min().orElse(0))
                .thenComparingInt(s -> s.stream().map(i -> rank[i]).max().orElse(0)));
        String[] letters = new String[m];
        Arrays.fill(letters, "");
        for (int k = 0; k < sets.size(); k++) {
            String letter = letter(k);
            sets.get(k).stream().forEach(i -> letters[i] += letter);
        }
        return List.of(letters);
    }

    /** Splits every set that holds both i and j, and drops sets contained in others. */
    private static List<BitSet> insert(List<BitSet> sets, int i, int j) {
        List<BitSet> split = new ArrayList<>();
        for (BitSet set : sets) {
            if (!set.get(i) || !set.get(j)) {
                split.add(set);
                continue;
            }
            for (int out : new int[] {i, j}) {
                BitSet smaller = (BitSet) set.clone();
                smaller.clear(out);
                split.add(smaller);
            }
        }
        List<BitSet> kept = new ArrayList<>();
        for (int a = 0; a < split.size(); a++) {
            BitSet set = split.get(a);
            int at = a;
            boolean contained = IntStream.range(0, split.size()).anyMatch(b -> b != at && contains(split.get(b), set)
                    && (!split.get(b).equals(set) || b < at));
            if (!contained) {
                kept.add(set);
            }
        }
        return kept;
    }

    private static boolean contains(BitSet large, BitSet small) {
        BitSet rest = (BitSet) small.clone();
        rest.andNot(large);
        return rest.isEmpty();
    }

    private static int[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        int[] rank = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            rank[order[k]] = k;
        }
        return rank;
    }

    /** A, B, …, Z, then A1, B1, …. */
    private static String letter(int k) {
        return (char) ('A' + k % 26) + (k < 26 ? "" : String.valueOf(k / 26));
    }
}
