package io.echelon.likelihood;

import io.echelon.group.Moments;
import io.echelon.linalg.Packed;
import java.io.Serializable;

/**
 * Groups of a model with one level, brought together by their C_zz. A pattern has one C_zz, the number of groups that
 * share it, and rows: q×(p+1) matrices whose outer products sum to those of the C_zr of its groups. All that the
 * likelihood needs of groups with the same C_zz is that sum, so many groups become few rows.
 *
 * @param q        random effects
 * @param p        fixed-effects columns
 * @param count    patterns
 * @param zz       packed C_zz of pattern i at {@code i * zzStride}
 * @param weight   groups of each pattern; null where each has one
 * @param firstRow first row of each pattern and, last, the number of rows; null where pattern i has row i alone
 * @param rows     row r, q×(p+1) values, at {@code rowOffset + r * rowStride}
 */
record Patterns(int q, int p, int count, double[] zz, int zzStride, double[] weight, int[] firstRow, double[] rows,
                int rowOffset, int rowStride) implements Serializable {
    /** Each group its own pattern, read in place. */
    static Patterns each(Moments moments) {
        int q = moments.layout().effects()[0];
        int stride = moments.layout().stride(0);
        double[] data = moments.data()[0];
        return new Patterns(q, moments.layout().fixed(), moments.nodes(0), data, stride, null, null, data,
                Packed.size(q), stride);
    }

    double weightOf(int pattern) {
        return weight == null ? 1 : weight[pattern];
    }

    int rowsFrom(int pattern) {
        return firstRow == null ? pattern : firstRow[pattern];
    }

    int rowsTo(int pattern) {
        return firstRow == null ? pattern + 1 : firstRow[pattern + 1];
    }
}
