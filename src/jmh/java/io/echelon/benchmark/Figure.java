package io.echelon.benchmark;

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
}
