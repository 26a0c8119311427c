package io.echelon.spark.pictures;

import io.echelon.picture.QuantilePlot;
import io.echelon.picture.QuantilePlot.Quantile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.util.QuantileSummaries;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What a normal quantile plot needs to know of any number of values: their mean and standard deviation (pairwise updates
 * of Chan, Golub and LeVeque, 1979), and quantiles that are exact for up to 5,000 values and within one rank in ten
 * thousand for more (Greenwald and Khanna, 2001).
 */
final class ValueSummary implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double RANK_ERROR = 1e-4;
    private static final int MOST_POINTS = 300;
    private static final int POINTS = 200;

    private long count;
    private double mean;
    private double squares;
    private QuantileSummaries ranks = new QuantileSummaries(QuantileSummaries.defaultCompressThreshold(), RANK_ERROR,
            QuantileSummaries.$lessinit$greater$default$3(), 0, false);

    /** Adds a value, unless it is missing. */
    ValueSummary add(double value) {
        if (Double.isFinite(value)) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
            ranks = ranks.insert(value);
        }
        return this;
    }

    ValueSummary merge(ValueSummary other) {
        if (other.count == 0) {
            return this;
        }
        double apart = other.mean - mean;
        long both = count + other.count;
        squares += other.squares + apart * apart * count * other.count / both;
        mean += apart * other.count / both;
        count = both;
        ranks = ranks.compress().merge(other.ranks.compress());
        return this;
    }

    long count() {
        return count;
    }

    private double sd() {
        return count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
    }

    /** The value below which a part of the values lies. */
    double quantile(double probability) {
        return (double) ranks.compress().query(probability).get();
    }

    /** All values where they are few, else quantiles evenly spaced on the normal scale, and the two extremes. */
    private List<Quantile> quantiles() {
        List<Quantile> list = new ArrayList<>();
        if (count <= MOST_POINTS) {
            for (int i = 1; i <= count; i++) {
                list.add(new Quantile((i - .5) / count, quantile((double) i / count)));
            }
            return list;
        }
        NormalDistribution normal = new NormalDistribution();
        double farthest = normal.inverseCumulativeProbability(Math.max(.5 / count, 2 * RANK_ERROR));
        list.add(new Quantile(.5 / count, quantile(0)));
        for (int k = 0; k <= POINTS; k++) {
            double p = normal.cumulativeProbability(farthest * (1 - 2.0 * k / POINTS));
            list.add(new Quantile(p, quantile(p)));
        }
        list.add(new Quantile(1 - .5 / count, quantile(1)));
        return list;
    }

    /** The quantiles against those of the normal distribution with the same mean and standard deviation. */
    QuantilePlot plot(String title, String note, String variable) {
        return new QuantilePlot(title, note, variable, mean, sd(), quantiles());
    }
}
