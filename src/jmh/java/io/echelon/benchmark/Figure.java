package io.echelon.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Prints figures one a line, the seconds measured or a ratio beside what it should at most be. */
final class Figure {
    private Figure() {}

    static void print(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%-66s %8.2f s%n", what, seconds);
    }

    static void print(String what, Cost cost) {
        System.out.printf(Locale.ROOT, "%-66s %8.2f s   (CPU %.2f s)%n", what, cost.wall(), cost.cpu());
    }

    static void ratio(String what, double ratio, double most) {
        System.out.printf(Locale.ROOT, "%-66s %8.2f   (at most %.2f)%n", what, ratio, most);
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Prints the most that the heap held so far. */
    static void peakHeap() {
        long used = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf("  heap in use at most %d MB of %d MB%n", used >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }
}
