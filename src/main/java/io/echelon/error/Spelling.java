package io.echelon.error;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a user may have meant. */
public final class Spelling {
    /** Names of a list that a message gives. */
    private static final int SHOWN = 12;

    private Spelling() {}

    /**
     * The candidate nearest to {@code word}, if it is near enough to be worth naming: at most a third of the letters
     * (rounded up) have to be changed, inserted, dropped or swapped; of a single letter only the case. Case counts little.
     */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String typed = word.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = typed.length() == 1 ? 1 : (typed.length() + 2) / 3 + 1;
        for (String candidate : candidates) {
            int d = distance(typed, candidate.toLowerCase(Locale.ROOT));
            if (d < bestDistance) {
                best = candidate;
                bestDistance = d;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code "; did you mean week?"}, or nothing when no candidate is near. */
    public static String hint(String word, Collection<String> candidates) {
        return nearest(word, candidates).map(n -> "; did you mean " + n + "?").orElse("");
    }

    /** {@code "; did you mean week?"}, or else {@code "; the data hold id, week, weight"} as far as they fit into a line. */
    public static String choice(String word, List<String> candidates) {
        if (nearest(word, candidates).isPresent() || candidates.isEmpty()) {
            return hint(word, candidates);
        }
        List<String> some = candidates.subList(0, Math.min(SHOWN, candidates.size()));
        return "; the data hold " + String.join(", ", some) + (some.size() < candidates.size() ? ", ..." : "");
    }

    /** Edit distance with swaps of neighbours (Damerau 1964, restricted). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
