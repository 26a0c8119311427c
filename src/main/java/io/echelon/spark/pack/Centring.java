package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.group.MomentLayout;
import io.echelon.group.Standardization;
import io.echelon.group.WorkingRow;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Chooses shifts and scales of the working columns from the first rows. Any rows of the data set will do: if m rows out
 * of n have a mean that is d away from the mean of all, the variance of all is at least about d² m/n. The square of what is
 * left of the mean after the shift is thus at most n/m variances, and cross-products lose few of their digits.
 */
final class Centring {
    private static final int SAMPLE_ROWS = 1000;
    private static final int FEW_ROWS = 100;

    private Centring() {}

    /** Means and sums of squared deviations of the columns over n rows. */
    private record Spread(long n, double[] mean, double[] squares) implements Serializable {}

    /** The standardization by the first partition with enough complete rows, or by the fullest one. */
    static Standardization sample(SampleRows rows, SampleColumns columns, Design design) {
        WorkingRow raw = new WorkingRow(design, Standardization.none(design));
        int width = MomentLayout.of(design).width();
        Optional<Spread> spread = rows.onFirst(some -> spread(some, columns, raw, width), s -> s.n() >= FEW_ROWS).stream()
                .max(Comparator.comparingLong(Spread::n)).filter(s -> s.n() > 0);
        if (spread.isEmpty()) {
            return Standardization.none(design);
        }
        double[] sd = spread.get().squares().clone();
        for (int c = 0; c < sd.length; c++) {
            sd[c] = Math.sqrt(sd[c] / spread.get().n());
        }
        return Standardization.of(design, spread.get().mean(), sd);
    }

    private static Spread spread(Iterator<InternalRow> rows, SampleColumns columns, WorkingRow raw, int width) {
        RowReader reader = new RowReader(columns);
        double[] row = new double[width];
        double[] mean = new double[row.length];
        double[] squares = new double[row.length];
        long n = 0;
        while (n < SAMPLE_ROWS && rows.hasNext()) {
            if (reader.read(rows.next())) {
                raw.fill(reader.sources, row);
                n++;
                for (int c = 0; c < row.length; c++) {
                    double d = row[c] - mean[c];
                    mean[c] += d / n;
                    squares[c] += d * (row[c] - mean[c]);
                }
            }
        }
        return new Spread(n, mean, squares);
    }
}
