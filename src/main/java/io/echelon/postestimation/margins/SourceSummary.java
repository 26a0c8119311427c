package io.echelon.postestimation.margins;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weighted mean, range, shares of levels and quantiles of one variable, summed row by row. Up to 100,000 distinct values
 * quantiles are exact; of more, values next to each other are counted together, as long as they make less than one in 25,000.
 */
final class SourceSummary implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_VALUES = 100_000;
    private static final double SHARE = 4e-5;

    /** What values are counted for. */
    enum Counted { NOT, LEVELS, RANKS }

    private final Counted counted;
    private TreeMap<Double, Double> levels = new TreeMap<>();
    private double weight;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    SourceSummary(Counted counted) {
        this.counted = counted;
    }

    /** That of a factor variable whose levels have equal shares. */
    static SourceSummary balanced(List<Double> levels) {
        SourceSummary summary = new SourceSummary(Counted.LEVELS);
        levels.forEach(l -> summary.add(l, 1));
        return summary;
    }

    void add(double value, double w) {
        weight += w;
        sum += w * value;
        least = Math.min(least, value);
        most = Math.max(most, value);
        if (counted != Counted.NOT) {
            levels.merge(value, w, Double::sum);
            thin();
        }
    }

    private void thin() {
        if (counted != Counted.RANKS || levels.size() <= MOST_VALUES) {
            return;
        }
        TreeMap<Double, Double> thinned = new TreeMap<>();
        double together = 0;
        double last = Double.NaN;
        for (Map.Entry<Double, Double> e : levels.entrySet()) {
            if (together > 0 && together + e.getValue() > SHARE * weight) {
                thinned.put(last, together);
                together = 0;
            }
            together += e.getValue();
            last = e.getKey();
        }
        thinned.put(last, together);
        levels = thinned;
    }

    void merge(SourceSummary other) {
        weight += other.weight;
        sum += other.sum;
        least = Math.min(least, other.least);
        most = Math.max(most, other.most);
        other.levels.forEach((v, w) -> levels.merge(v, w, Double::sum));
        thin();
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

    /**
     * The value below which a share of the rows lies; between two values where they divide the rows exactly so, their mean, as
     * the manual's percentiles are defined.
     */
    double quantile(double share) {
        double wanted = share * weight;
        double below = 0;
        for (Map.Entry<Double, Double> e : levels.entrySet()) {
            below += e.getValue();
            if (Math.abs(below - wanted) <= 1e-12 * weight) {
                Double next = levels.higherKey(e.getKey());
                return next == null ? e.getKey() : (e.getKey() + next) / 2;
            }
            if (below > wanted) {
                return e.getKey();
            }
        }
        return most;
    }
}
