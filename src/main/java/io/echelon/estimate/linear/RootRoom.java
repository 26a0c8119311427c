package io.echelon.estimate.linear;

import io.echelon.error.EchelonException;
import io.echelon.linalg.LargeSymmetric;
import java.util.Locale;

/** Whether the driver holds the dense system of crossed effects: all factors but the largest. */
public final class RootRoom {
    private RootRoom() {}

    /**
     * Refuses a system that is too large.
     *
     * @param levels columns of the system
     * @param bytes  what it takes of the memory
     * @throws EchelonException saying how much memory would do
     */
    public static void require(long levels, long bytes) {
        if (levels > LargeSymmetric.MAX_SIZE || bytes > Runtime.getRuntime().maxMemory()) {
            throw EchelonException.failure("crossed random effects: all factors but the largest have " + levels
                    + " levels together, for which the driver needs " + gigabytes(bytes) + " of memory; it has "
                    + gigabytes(Runtime.getRuntime().maxMemory()) + (levels > LargeSymmetric.MAX_SIZE
                    ? ", and " + LargeSymmetric.MAX_SIZE + " levels are the most possible: leave one of the factors out"
                    : ": give it more (ECHELON_HEAP=" + (bytes / 800_000_000 + 1) + "g, or spark.driver.memory)"));
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
