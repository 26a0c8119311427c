package io.echelon.postestimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupLettersTest {
    private static boolean[][] alike(int m, int[]... different) {
        boolean[][] alike = new boolean[m][m];
        for (boolean[] row : alike) {
            java.util.Arrays.fill(row, true);
        }
        for (int[] d : different) {
            alike[d[0]][d[1]] = false;
            alike[d[1]][d[0]] = false;
        }
        return alike;
    }

    /** The example of Piepho (2004): T1 differs from T7 and T8, T2 from T4 and T5, T5 and T6 from others. */
    @Test
    void meansShareALetterOnlyIfTheyDoNotDiffer() {
        boolean[][] alike = alike(8, new int[] {0, 6}, new int[] {0, 7}, new int[] {1, 3}, new int[] {1, 4}, new int[] {2, 4},
                new int[] {3, 5}, new int[] {3, 6}, new int[] {3, 7}, new int[] {4, 5}, new int[] {4, 6}, new int[] {4, 7});
        List<String> letters = GroupLetters.of(alike, new double[] {1, 2, 3, 4, 5, 6, 7, 8});
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                String other = letters.get(j);
                assertEquals(alike[i][j], i == j || letters.get(i).chars().anyMatch(c -> other.indexOf(c) >= 0),
                        i + " and " + j + " of " + letters);
            }
        }
    }

    @Test
    void lettersBeginAtTheSmallestMean() {
        assertEquals(List.of("B", "A", "AB"), GroupLetters.of(alike(3, new int[] {0, 1}), new double[] {3, 1, 2}));
        assertEquals(List.of("", "", ""), GroupLetters.of(alike(3, new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 2}),
                new double[] {3, 1, 2}));
        assertEquals(List.of("A", "A", ""), GroupLetters.of(alike(3), new double[] {3, 1, Double.NaN}));
    }
}
