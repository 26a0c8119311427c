package io.echelon.spark.pictures;

import io.echelon.picture.QuantilePlot;
import io.echelon.picture.QuantilePlot.Quantile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.util.QuantileSummaries;
import org.hipparchus.distribution.continuous.NormalDistribution;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a normal quantile plot needs to know of any number of values: their mean and standard deviation (pairwise updates
 * of Chan, Golub and LeVeque, 1979), and quantiles that are exact for up to 5,000 values and within one rank in ten
 * thousand for more (Greenwald and Khanna, 2001).
 */
final class ValueSummary implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double RANK_ERROR = 1e-4;
    private static final int POINTS = 200;

    private double[] waiting = new double[64];
    private int held;
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
            if (held == waiting.length && held < QuantileSummaries.defaultHeadSize()) {
                waiting = Arrays.copyOf(waiting, 2 * held);
            } else if (held == waiting.length) {
                rank();
            }
            waiting[held++] = value;
        }
        return this;
    }

    /** Ranks the values that wait, in rising order: Spark sorts them as objects, which takes far longer out of order. */
    private void rank() {
        Arrays.sort(waiting, 0, held);
        for (int k = 0; k < held; k++) {
            ranks = ranks.insert(waiting[k]);
        }
        held = 0;
    }

    private QuantileSummaries ranks() {
        rank();
        return ranks.compress();
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
        ranks = ranks().merge(other.ranks());
        return this;
    }

    long count() {
        return count;
    }

    private double sd() {
        return count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
    }

    /** The values below which these parts of the values lie; all at once, as each look costs a pass over the summary. */
    double[] quantiles(double[] probabilities) {
        List<Object> asked = new ArrayList<>();
        Arrays.stream(probabilities).forEach(asked::add);
        return CollectionConverters.asJava(ranks().query(CollectionConverters.asScala(asked).toSeq()).get()).stream()
                .mapToDouble(x -> (Double) x).toArray();
    }

    /**
     * Values of ranks that are evenly spaced on the normal scale, every rank at most once, with the two extremes. Of ranks
     * nearer to these than the rank error there are none.
     */
    private List<Quantile> spread() {
        SortedSet<Long> chosen = new TreeSet<>();
        if (count > 0) {
            chosen.addAll(List.of(1L, count));
            NormalDistribution normal = new NormalDistribution();
            double farthest = normal.inverseCumulativeProbability(Math.max(.5 / count, 2 * RANK_ERROR));
            for (int k = 0; k <= POINTS; k++) {
                double p = normal.cumulativeProbability(farthest * (1 - 2.0 * k / POINTS));
                chosen.add(Math.max(1, Math.min(count, (long) Math.ceil(p * count))));
            }
        }
        long[] at = chosen.stream().mapToLong(r -> r).toArray();
        double[] values = at.length == 0 ? new double[0]
                : quantiles(Arrays.stream(at).mapToDouble(r -> (double) r / count).toArray());
        return IntStream.range(0, at.length).mapToObj(k -> new Quantile((at[k] - .5) / count, values[k])).toList();
    }

    /** The quantiles against those of the normal distribution with the same mean and standard deviation. */
    QuantilePlot plot(String title, String note, String variable) {
        return new QuantilePlot(title, note, variable, mean, sd(), spread());
    }
}
