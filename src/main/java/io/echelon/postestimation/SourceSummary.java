package io.echelon.postestimation;

import java.io.Serializable;
import java.util.TreeMap;

/** Weighted mean, range and shares of levels of one variable, summed row by row. */
final class SourceSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean categorical;
    private final TreeMap<Double, Double> levels = new TreeMap<>();
    private double weight;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    /** @param categorical whether levels are counted */
    SourceSummary(boolean categorical) {
        this.categorical = categorical;
    }

    void add(double value, double w) {
        weight += w;
        sum += w * value;
        least = Math.min(least, value);
        most = Math.max(most, value);
        if (categorical) {
            levels.merge(value, w, Double::sum);
        }
    }

    void merge(SourceSummary other) {
        weight += other.weight;
        sum += other.sum;
        least = Math.min(least, other.least);
        most = Math.max(most, other.most);
        other.levels.forEach((v, w) -> levels.merge(v, w, Double::sum));
    }

    double mean() {
        return sum / weight;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    /** The share of rows with this value. */
    double share(double level) {
        return levels.getOrDefault(level, 0.0) / weight;
    }

    /** The values met, if they were counted. */
    TreeMap<Double, Double> levels() {
        return levels;
    }
}
