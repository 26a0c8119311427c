package io.echelon.postestimation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means of the cells of some factors as functions of the parameters of a fit: what contrasts are made of. */
public interface CellMeans {
    /** What they are means of where there are several things: the effect of a variable, a linear predictor; else empty. */
    String name();

    /** The levels of a factor in ascending order; an error naming the factors there are if it is none. */
    double[] levels(String variable);

    /** The level others are compared with. */
    double base(String variable);

    /** A level as printed. */
    String label(String variable, double level);

    /** Observations at each level. */
    double[] frequencies(String variable);

    /**
     * The mean of a cell.
     *
     * @param cell       levels of some factors
     * @param continuous variables whose product's slope is meant; none for the mean itself
     */
    CellMean mean(Map<String, Double> cell, List<String> continuous);

    /** The name of what is contrasted under that of the means. */
    default String heading(String term) {
        return name().isEmpty() ? term : name() + ": " + term;
    }

    /** All cells of some factors, the last factor varying fastest. */
    default List<Map<String, Double>> cells(List<String> factors) {
        List<Map<String, Double>> cells = new ArrayList<>(List.of(Map.of()));
        for (String factor : factors) {
            List<Map<String, Double>> longer = new ArrayList<>();
            for (Map<String, Double> cell : cells) {
                for (double level : levels(factor)) {
                    Map<String, Double> next = new LinkedHashMap<>(cell);
                    next.put(factor, level);
                    longer.add(next);
                }
            }
            cells = longer;
        }
        return cells;
    }

    /** The levels of a cell side by side: {@code 2 1}. */
    default String label(Map<String, Double> cell) {
        return String.join(" ", cell.entrySet().stream().map(e -> label(e.getKey(), e.getValue())).toList());
    }
}
