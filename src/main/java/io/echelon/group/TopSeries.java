package io.echelon.group;

import java.io.Serializable;

/**
 * The residuals of each top-level group by itself, without the weight of the group: what its score needs.
 *
 * @param start for each group its first entry, and one more after the last group
 * @param piece for each entry its piece of {@link SeriesMoments}
 * @param block for each entry the number of its first block in {@code data}; it has one a component
 * @param data  packed cross-products of [x y], block by block
 * @param count for each entry how often the piece occurs in the group
 * @param rows  for each category and group its rows
 */
public record TopSeries(int[] start, int[] piece, int[] block, double[] data, double[] count, double[][] rows)
        implements Serializable {
    TopSeries with(FixedSelection selection) {
        return new TopSeries(start, piece, block, selection.products(data), count, rows);
    }
}
