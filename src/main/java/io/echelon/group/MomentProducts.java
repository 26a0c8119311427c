package io.echelon.group;

/** Adds products of two working rows, f (a b' + b a'), to the blocks of {@link Moments}. */
record MomentProducts(MomentLayout layout) {
    /** To the block of a node of a level. */
    void addToNode(int level, double[] a, double[] b, double factor, double[] to, int start) {
        int from = layout.offset(level);
        int q = layout.effects()[level];
        int fixed = layout.offset(layout.levels());
        int width = layout.width();
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

    /** To packed cross-products of [x y]. */
    void addToRoot(double[] a, double[] b, double factor, double[] to, int start) {
        int fixed = layout.offset(layout.levels());
        int width = layout.width();
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
