package io.echelon.linalg;

/**
 * Cholesky factor and inverse of a large symmetric positive definite matrix in plain Java, by recursive halving so that
 * nearly all work is done in {@link BlockedProduct} (Andersen, Gustavson and Waśniewski 2001, ACM TOMS 27, 214–244).
 * Matrices are n×n, row by row; only the lower triangle is read and written.
 */
final class BlockedCholesky {
    /** Size at which recursion ends. */
    private static final int BASE = 48;
    /** Rows or columns of a panel that a task takes at the end of the recursion. */
    private static final int STRIP = 192;

    private final double[] a;
    private final int n;

    BlockedCholesky(double[] a, int n) {
        this.a = a;
        this.n = n;
    }

    /** Replaces A by L with A = LL'; false when A is not positive definite. */
    boolean factor() {
        return factor(0, n);
    }

    /** Replaces L by (LL')⁻¹. */
    void invert() {
        invertFactor(0, n);
        square(0, n);
    }

    private boolean factor(int s, int m) {
        if (m <= BASE) {
            return factorBase(s, m);
        }
        int h = half(m);
        if (!factor(s, h)) {
            return false;
        }
        solveRight(s, h, s + h, m - h);
        BlockedProduct.addSquare(-1, block(s + h, s), block(s + h, s + h), m - h, h);
        return factor(s + h, m - h);
    }

    private boolean factorBase(int s, int m) {
        for (int i = s; i < s + m; i++) {
            for (int j = s; j <= i; j++) {
                double v = a[i * n + j];
                for (int k = s; k < j; k++) {
                    v -= a[i * n + k] * a[j * n + k];
                }
                if (i == j) {
                    if (!(v > 0) || v == Double.POSITIVE_INFINITY) {
                        return false;
                    }
                    a[i * n + i] = Math.sqrt(v);
                } else {
                    a[i * n + j] = v / a[j * n + j];
                }
            }
        }
        return true;
    }

    /** X := X L⁻' for L (m×m at (s, s)) and X (rows × m at (row, s)). */
    private void solveRight(int s, int m, int row, int rows) {
        if (m > BASE) {
            int h = half(m);
            solveRight(s, h, row, rows);
            BlockedProduct.add(-1, block(row, s), block(s + h, s).transposed(), block(row, s + h), rows, m - h, h);
            solveRight(s + h, m - h, row, rows);
            return;
        }
        double[] inverse = lower(s, m);
        new BlockedCholesky(inverse, m).invertFactor(0, m);
        right(Block.of(inverse, m, 0, 0).transposed(), s, m, row, rows);
    }

    /** A copy of L (m×m at (s, s)) with zeros above the diagonal. */
    private double[] lower(int s, int m) {
        double[] copy = new double[m * m];
        for (int i = 0; i < m; i++) {
            System.arraycopy(a, (s + i) * n + s, copy, i * m, i + 1);
        }
        return copy;
    }

    /** B := B S for S (m×m) and B (rows × m at (row, s)). */
    private void right(Block square, int s, int m, int row, int rows) {
        BlockedProduct.each(strips(rows), (double) rows * m * m, t -> {
            int from = row + t * STRIP;
            int height = Math.min(STRIP, row + rows - from);
            double[] product = new double[height * m];
            BlockedProduct.add(1, block(from, s), square, Block.of(product, m, 0, 0), height, m, m);
            for (int i = 0; i < height; i++) {
                System.arraycopy(product, i * m, a, (from + i) * n + s, m);
            }
        });
    }

    /** B := S B for S (m×m) and B (m × columns at (s, column)). */
    private void left(Block square, int s, int m, int column, int columns) {
        BlockedProduct.each(strips(columns), (double) columns * m * m, t -> {
            int from = column + t * STRIP;
            int width = Math.min(STRIP, column + columns - from);
            double[] product = new double[m * width];
            BlockedProduct.add(1, square, block(s, from), Block.of(product, width, 0, 0), m, width, m);
            for (int i = 0; i < m; i++) {
                System.arraycopy(product, i * width, a, (s + i) * n + from, width);
            }
        });
    }

    /** L := L⁻¹. */
    private void invertFactor(int s, int m) {
        if (m <= BASE) {
            for (int j = s; j < s + m; j++) {
                a[j * n + j] = 1 / a[j * n + j];
                for (int i = j + 1; i < s + m; i++) {
                    double v = 0;
                    for (int k = j; k < i; k++) {
                        v -= a[i * n + k] * a[k * n + j];
                    }
                    a[i * n + j] = v / a[i * n + i];
                }
            }
            return;
        }
        int h = half(m);
        invertFactor(s, h);
        invertFactor(s + h, m - h);
        timesLower(s, h, s + h, m - h);
        lowerTimes(s + h, m - h, s, h);
        BlockedProduct.each(m - h, (double) (m - h) * h, i -> {
            int at = (s + h + i) * n + s;
            for (int j = 0; j < h; j++) {
                a[at + j] = -a[at + j];
            }
        });
    }

    /** L := L'L, lower triangle. */
    private void square(int s, int m) {
        if (m <= BASE) {
            for (int i = s; i < s + m; i++) {
                for (int j = s; j <= i; j++) {
                    double v = 0;
                    for (int k = i; k < s + m; k++) {
                        v += a[k * n + i] * a[k * n + j];
                    }
                    a[i * n + j] = v;
                }
            }
            return;
        }
        int h = half(m);
        square(s, h);
        BlockedProduct.addSquare(1, block(s + h, s).transposed(), block(s, s), h, m - h);
        upperTimes(s + h, m - h, s, h);
        square(s + h, m - h);
    }

    /** B := B L for L (m×m at (s, s)) and B (rows × m at (row, s)). */
    private void timesLower(int s, int m, int row, int rows) {
        if (m > BASE) {
            int h = half(m);
            timesLower(s, h, row, rows);
            BlockedProduct.add(1, block(row, s + h), block(s + h, s), block(row, s), rows, h, m - h);
            timesLower(s + h, m - h, row, rows);
            return;
        }
        right(Block.of(lower(s, m), m, 0, 0), s, m, row, rows);
    }

    /** B := L B for L (m×m at (s, s)) and B (m × columns at (s, column)). */
    private void lowerTimes(int s, int m, int column, int columns) {
        if (m > BASE) {
            int h = half(m);
            lowerTimes(s + h, m - h, column, columns);
            BlockedProduct.add(1, block(s + h, s), block(s, column), block(s + h, column), m - h, columns, h);
            lowerTimes(s, h, column, columns);
            return;
        }
        left(Block.of(lower(s, m), m, 0, 0), s, m, column, columns);
    }

    /** B := L' B for L (m×m at (s, s)) and B (m × columns at (s, column)). */
    private void upperTimes(int s, int m, int column, int columns) {
        if (m > BASE) {
            int h = half(m);
            upperTimes(s, h, column, columns);
            BlockedProduct.add(1, block(s + h, s).transposed(), block(s + h, column), block(s, column), h, columns,
                    m - h);
            upperTimes(s + h, m - h, column, columns);
            return;
        }
        left(Block.of(lower(s, m), m, 0, 0).transposed(), s, m, column, columns);
    }

    private Block block(int row, int column) {
        return Block.of(a, n, row, column);
    }

    private static int half(int m) {
        return (m / 2 + BASE - 1) / BASE * BASE;
    }

    private static int strips(int m) {
        return (m + STRIP - 1) / STRIP;
    }
}
