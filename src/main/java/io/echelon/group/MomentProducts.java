package io.echelon.group;

import java.util.stream.IntStream;

/** Adds products of two working rows, f (a b' + b a'), to the blocks of {@link Moments}. */
final class MomentProducts {
    private final MomentLayout layout;
    private final int[] offset;
    private final int fixed;
    private final int width;

    MomentProducts(MomentLayout layout) {
        this.layout = layout;
        offset = IntStream.rangeClosed(0, layout.levels()).map(layout::offset).toArray();
        fixed = offset[layout.levels()];
        width = layout.width();
    }

    MomentLayout layout() {
        return layout;
    }

    /** To the block of a node of a level. */
    void addToNode(int level, double[] a, double[] b, double factor, double[] to, int start) {
        int from = offset[level];
        int q = offset[level + 1] - from;
        int at = start;
        for (int i = from; i < from + q; i++) {
            double ai = factor * a[i];
            double bi = factor * b[i];
            for (int j = from; j <= i; j++) {
                to[at++] += ai * b[j] + bi * a[j];
            }
        }
        for (int i = from; i < from + q; i++) {
            double ai = factor * a[i];
            double bi = factor * b[i];
            for (int c = 0; c < from; c++) {
                to[at++] += ai * b[c] + bi * a[c];
            }
            for (int c = fixed; c < width; c++) {
                to[at++] += ai * b[c] + bi * a[c];
            }
        }
    }

    /** The square of one row, f aa', to the block of a node of a level. */
    void addSquareToNode(int level, double[] a, double factor, double[] to, int start) {
        int from = offset[level];
        int q = offset[level + 1] - from;
        int at = start;
        for (int i = from; i < from + q; i++) {
            double ai = factor * a[i];
            for (int j = from; j <= i; j++) {
                to[at++] += ai * a[j];
            }
        }
        for (int i = from; i < from + q; i++) {
            double ai = factor * a[i];
            for (int c = 0; c < from; c++) {
                to[at++] += ai * a[c];
            }
            for (int c = fixed; c < width; c++) {
                to[at++] += ai * a[c];
            }
        }
    }

    /** The square of one row to packed cross-products of [x y]. */
    void addSquareToRoot(double[] a, double factor, double[] to, int start) {
        int at = start;
        for (int i = fixed; i < width; i++) {
            double ai = factor * a[i];
            for (int j = fixed; j <= i; j++) {
                to[at++] += ai * a[j];
            }
        }
    }

    /** To packed cross-products of [x y]. */
    void addToRoot(double[] a, double[] b, double factor, double[] to, int start) {
        int at = start;
        for (int i = fixed; i < width; i++) {
            double ai = factor * a[i];
            double bi = factor * b[i];
            for (int j = fixed; j <= i; j++) {
                to[at++] += ai * b[j] + bi * a[j];
            }
        }
    }
}
