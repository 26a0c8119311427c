package io.echelon.likelihood;

import io.echelon.group.Moments;
import io.echelon.group.Standardization;
import io.echelon.linalg.Packed;
import io.echelon.linalg.PivotedCholesky;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects groups with equal C_zz. Equal means equal up to the rounding of sums taken in another order. Where too few
 * groups are equal for this to pay, the table gives up and says so.
 */
final class PatternTable implements Serializable {
    private static final long serialVersionUID = 1L;
    /** C_zz are compared on a grid of this share of their size. */
    private static final double GRID = 0x1p-42;
    /** A part of fewer groups than this gives nothing up. */
    private static final int SMALL = 256;

    private final int q;
    private final int p;
    private final int side;
    private final Map<Key, SummedPattern> entries = new LinkedHashMap<>();
    private boolean pays = true;

    private PatternTable(int q, int p) {
        this.q = q;
        this.p = p;
        side = q * (p + 1);
    }

    /** The table of a part of a model with one level. */
    static PatternTable of(Moments moments) {
        PatternTable table = new PatternTable(moments.layout().effects()[0], moments.layout().fixed());
        // The products of many columns cost more than they spare, and groups with few of them have many zeros.
        table.pays = moments.layout().fixed() < Standardization.MANY;
        int stride = moments.layout().stride(0);
        double[] data = moments.data()[0];
        int groups = moments.nodes(0);
        // A pattern keeps side²/2 doubles, a group kept by itself about side.
        long worth = Math.max(SMALL, 2L * groups / Math.max(1, table.side));
        for (int g = 0; g < groups && table.pays; g++) {
            table.add(data, g * stride);
            table.pays = table.entries.size() <= worth;
        }
        return table;
    }

    private void add(double[] data, int at) {
        int size = Packed.size(q);
        double[] zz = Arrays.copyOfRange(data, at, at + size);
        SummedPattern entry = entries.computeIfAbsent(Key.of(zz, q), key -> new SummedPattern(zz, side));
        entry.groups++;
        int from = at + size;
        int to = 0;
        for (int i = 0; i < side; i++) {
            double v = data[from + i];
            for (int j = 0; j <= i; j++) {
                entry.products[to++] += v * data[from + j];
            }
        }
    }

    /** Adds the groups of another part, and returns this. */
    PatternTable merge(PatternTable other) {
        pays &= other.pays;
        if (pays) {
            other.entries.forEach((key, theirs) -> entries.merge(key, theirs, PatternTable::sum));
        }
        return this;
    }

    private static SummedPattern sum(SummedPattern a, SummedPattern b) {
        a.add(b);
        return a;
    }

    /** Whether equal groups are frequent enough. */
    boolean pays() {
        return pays;
    }

    /** The patterns. The rows of each are the Cholesky factor of its summed products, which has the same sum. */
    Patterns patterns() {
        int count = entries.size();
        int size = Packed.size(q);
        double[] zz = new double[count * size];
        double[] weight = new double[count];
        int[] firstRow = new int[count + 1];
        List<double[]> rows = new ArrayList<>();
        int i = 0;
        for (SummedPattern entry : entries.values()) {
            System.arraycopy(entry.zz, 0, zz, i * size, size);
            weight[i] = entry.groups;
            rows.addAll(PivotedCholesky.columns(entry.products, side));
            firstRow[++i] = rows.size();
        }
        double[] flat = new double[rows.size() * side];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(rows.get(r), 0, flat, r * side, side);
        }
        return new Patterns(q, p, count, zz, size, weight, firstRow, flat, 0, side);
    }

    /** C_zz rounded to a grid of its own size. */
    private record Key(long[] rounded) implements Serializable {
        static Key of(double[] zz, int q) {
            long[] rounded = new long[2 * zz.length];
            int at = 0;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j <= i; j++) {
                    double size = Math.sqrt(zz[Packed.index(i, i)] * zz[Packed.index(j, j)]);
                    double step = Math.scalb(GRID, size > 0 ? Math.getExponent(size) : 0);
                    rounded[2 * at] = Math.round(zz[at] / step);
                    rounded[2 * at + 1] = Math.getExponent(step);
                    at++;
                }
            }
            return new Key(rounded);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(rounded, key.rounded);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(rounded);
        }
    }
}
