package io.echelon.spark.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.picture.QuantilePlot;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueSummaryTest {
    @Test
    void fewValuesAreTheirOwnQuantiles() {
        ValueSummary values = new ValueSummary().add(3).add(Double.NaN).add(1).add(2);
        QuantilePlot plot = values.plot("", "", "x");
        assertEquals(2, plot.mean(), 1e-15);
        assertEquals(1, plot.sd(), 1e-15);
        assertEquals(List.of(new QuantilePlot.Quantile(.5 / 3, 1), new QuantilePlot.Quantile(.5, 2),
                new QuantilePlot.Quantile(2.5 / 3, 3)), plot.quantiles());
    }

    @Test
    void quantilesOfPartsAreThoseOfTheWholeWithinTheRankError() {
        int n = 100_000;
        double[] x = new Random(5).doubles(n).map(u -> 10 - 3 * Math.log(u)).toArray();
        ValueSummary whole = new ValueSummary();
        for (int part = 0; part < 4; part++) {
            ValueSummary some = new ValueSummary();
            Arrays.stream(x, part * n / 4, (part + 1) * n / 4).forEach(some::add);
            whole.merge(some);
        }
        QuantilePlot plot = whole.plot("", "", "x");
        assertEquals(Arrays.stream(x).average().orElseThrow(), plot.mean(), 1e-10);
        Arrays.sort(x);
        assertEquals(x[0], plot.quantiles().get(0).value());
        assertEquals(x[n - 1], plot.quantiles().get(plot.quantiles().size() - 1).value());
        for (QuantilePlot.Quantile q : plot.quantiles()) {
            double rank = -1 - Arrays.binarySearch(x, Math.nextUp(q.value()));
            assertEquals(q.probability(), Math.abs(rank) / n, 3e-4);
        }
    }
}
