package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.group.MomentLayout;
import io.echelon.group.Standardization;
import io.echelon.group.WorkingRow;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** Chooses shifts and scales of the working columns: from the first rows, and better ones where those misled. */
final class Centring {
    private static final int SAMPLE_ROWS = 1000;
    /** Shifts this many scales away from the mean, with (mean - shift)² above 1e6 variances, cost digits. */
    private static final double FAR = 100;
    private static final double FAR_IN_VARIANCES = 1e6;

    private Centring() {}

    /** Means and sums of squared deviations of the columns over n rows. */
    private record Spread(long n, double[] mean, double[] squares) implements Serializable {}

    /** From the first complete rows of the first partition that has any. */
    static Standardization sample(SampleRows rows, SampleColumns columns, Design design) {
        Optional<Spread> spread = rows.onFirst(some -> spread(some, columns, design), s -> s.n() > 0);
        if (spread.isEmpty() || spread.get().n() == 0) {
            return Standardization.none(design);
        }
        double[] sd = spread.get().squares().clone();
        for (int c = 0; c < sd.length; c++) {
            sd[c] = Math.sqrt(sd[c] / spread.get().n());
        }
        return Standardization.of(design, spread.get().mean(), sd);
    }

    /** The same standardization, or a better one if the cross-products show that it is far off. */
    static Standardization improve(PackedMoments packed) {
        Standardization used = packed.standardization();
        MomentLayout layout = used.layout();
        int constant = used.constant()[layout.levels()];
        if (constant < 0) {
            return used;
        }
        double[] root = packed.parts().aggregate(m -> m.root().clone(), Centring::add);
        double n = root[index(constant, constant)];
        int from = layout.offset(layout.levels());
        double[] mean = new double[layout.width()];
        double[] sd = new double[layout.width()];
        boolean far = false;
        for (int i = 0; i <= layout.fixed(); i++) {
            double m = root[index(i, constant)] / n;
            double variance = Math.max(0, root[index(i, i)] / n - m * m);
            int c = from + i;
            mean[c] = used.shift()[c] + m * used.scale()[c];
            sd[c] = Math.sqrt(variance) * used.scale()[c];
            far |= i != constant && Math.abs(m) > FAR && m * m > FAR_IN_VARIANCES * variance;
        }
        if (!far) {
            return used;
        }
        return refit(packed.design(), used, mean, sd, from);
    }

    /** Takes the new figures for x and y, and for those z columns that are also x columns. */
    private static Standardization refit(Design design, Standardization used, double[] mean, double[] sd, int from) {
        var columns = WorkingRow.columns(design);
        for (int c = 0; c < from; c++) {
            mean[c] = used.shift()[c];
            sd[c] = used.scale()[c];
            for (int x = from; x < columns.size(); x++) {
                if (columns.get(x).parts().equals(columns.get(c).parts())) {
                    mean[c] = mean[x];
                    sd[c] = sd[x];
                }
            }
        }
        return Standardization.of(design, mean, sd);
    }

    private static double[] add(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
        return a;
    }

    private static int index(int i, int j) {
        return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
    }

    private static Spread spread(Iterator<InternalRow> rows, SampleColumns columns, Design design) {
        RowReader reader = new RowReader(columns);
        WorkingRow working = new WorkingRow(design, Standardization.none(design));
        double[] row = new double[MomentLayout.of(design).width()];
        double[] mean = new double[row.length];
        double[] squares = new double[row.length];
        long n = 0;
        while (n < SAMPLE_ROWS && rows.hasNext()) {
            if (reader.read(rows.next())) {
                working.fill(reader.sources, row);
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
