package io.echelon.postestimation;

import io.echelon.spec.Adjustment;
import java.util.Arrays;

/** P-values adjusted for the number of tests. */
public final class Adjusted {
    private Adjusted() {}

    /** The adjusted p-values of m tests, in their order. */
    static double[] pValues(Adjustment adjustment, double[] p) {
        double m = p.length;
        return switch (adjustment) {
            case BONFERRONI -> Arrays.stream(p).map(x -> Math.min(1, m * x)).toArray();
            case SIDAK -> Arrays.stream(p).map(x -> -Math.expm1(m * Math.log1p(-x))).toArray();
            case HOLM -> holm(p);
            default -> p;
        };
    }

    /** The smallest p-value times m, the next times m − 1, and so on, none below the one before (Holm 1979). */
    private static double[] holm(double[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
        double[] adjusted = new double[p.length];
        double last = 0;
        for (int i = 0; i < order.length; i++) {
            last = Math.max(last, Math.min(1, (p.length - i) * p[order[i]]));
            adjusted[order[i]] = last;
        }
        return adjusted;
    }
}
