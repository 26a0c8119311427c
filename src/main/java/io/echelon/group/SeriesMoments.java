package io.echelon.group;

import io.echelon.residual.Piece;
import io.echelon.residual.ResidualModel;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Cross-products of rows whose residuals are correlated or of unequal variance. The inverse covariance matrix of a series
 * is a sum of {@link Piece}s with coefficients f_c and fixed matrices E_c; kept here are W'E_cW, summed over the series of
 * a node that have the piece in common. The cross-products at given parameters are then Σ f_c W'E_cW.
 *
 * @param model    residual structure
 * @param category for each piece: its category
 * @param pieces   the pieces that occur
 * @param count    how often each piece occurs
 * @param rows     rows of each category
 * @param start    for each level and node its first entry, and one more after the last node
 * @param piece    for each level and entry its piece
 * @param at       for each level and entry where its blocks start in {@code data}: one of {@link MomentLayout#stride}
 *                 doubles for each component
 * @param data     for each level the blocks
 * @param root     for each piece and component the packed cross-products of [x y]
 * @param top      top-level groups by themselves, where scores are asked for, else null
 */
public record SeriesMoments(ResidualModel model, int[] category, Piece[] pieces, double[] count, double[] rows,
                            int[][] start, int[][] piece, int[][] at, double[][] data, double[][] root,
                            TopSeries top)
        implements Serializable {
    SeriesMoments with(ResidualModel other) {
        return new SeriesMoments(other, category, pieces, count, rows, start, piece, at, data, root, top);
    }

    SeriesMoments with(FixedSelection selection) {
        int levels = data.length;
        double[][] blocks = new double[levels][];
        int[][] places = new int[levels][];
        for (int l = 0; l < levels; l++) {
            blocks[l] = selection.blocks(l, data[l]);
            int stride = Math.max(1, selection.layout().stride(l));
            int selected = selection.selected().stride(l);
            places[l] = Arrays.stream(at[l]).map(a -> a / stride * selected).toArray();
        }
        double[][] products = Arrays.stream(root).map(selection::products).toArray(double[][]::new);
        return new SeriesMoments(model, category, pieces, count, rows, start, piece, places, blocks, products,
                top == null ? null : top.with(selection));
    }
}
