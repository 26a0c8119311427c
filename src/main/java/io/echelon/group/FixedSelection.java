package io.echelon.group;

import io.echelon.linalg.Packed;

/**
 * Leaves some of the fixed-effects columns out of blocks of cross-products.
 *
 * @param layout columns of the blocks
 * @param kept   positions of the fixed-effects columns that stay, in order
 */
record FixedSelection(MomentLayout layout, int[] kept) {
    MomentLayout selected() {
        return new MomentLayout(layout.effects(), kept.length);
    }

    /** Blocks of nodes of a level, one after the other. */
    double[] blocks(int level, double[] from) {
        int stride = layout.stride(level);
        int count = stride == 0 ? 0 : from.length / stride;
        int q = layout.effects()[level];
        int zz = Packed.size(q);
        int outer = layout.offset(level);
        double[] to = new double[count * selected().stride(level)];
        int at = 0;
        for (int block = 0; block < count; block++) {
            int start = block * stride;
            System.arraycopy(from, start, to, at, zz);
            at += zz;
            for (int i = 0; i < q; i++) {
                int row = start + zz + i * layout.rest(level);
                System.arraycopy(from, row, to, at, outer);
                at += outer;
                for (int k : kept) {
                    to[at++] = from[row + outer + k];
                }
                to[at++] = from[row + outer + layout.fixed()];
            }
        }
        return to;
    }

    /** Packed cross-products of [x y], one after the other. */
    double[] products(double[] from) {
        int size = Packed.size(layout.fixed() + 1);
        int side = kept.length + 1;
        double[] to = new double[from.length / size * Packed.size(side)];
        int at = 0;
        for (int start = 0; start < from.length; start += size) {
            for (int i = 0; i < side; i++) {
                for (int j = 0; j <= i; j++) {
                    to[at++] = from[start + Packed.index(column(i), column(j))];
                }
            }
        }
        return to;
    }

    private int column(int i) {
        return i < kept.length ? kept[i] : layout.fixed();
    }
}
