package io.echelon.linalg;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Products of large dense matrices, tile by tile on all cores. The right factor of a tile is packed so that the inner
 * loop runs along contiguous memory with eight multiply-adds a store, which the just-in-time compiler turns into vector
 * instructions.
 */
final class BlockedProduct {
    /** Rows and columns of a tile. */
    private static final int TILE = 128;
    /** Terms of the inner product taken together: a packed panel of DEPTH × TILE stays in the cache. */
    private static final int DEPTH = 64;
    /** Terms a pass of the inner loop takes. */
    private static final int UNROLL = 8;
    /** Multiply-adds below which tiles are worked on one after the other. */
    private static final double SMALL = 1e6;

    private BlockedProduct() {}

    /** C += α A B for A (rows × depth), B (depth × columns) and C (rows × columns, unit column stride). */
    static void add(double alpha, Block a, Block b, Block c, int rows, int columns, int depth) {
        int across = tiles(columns);
        each(tiles(rows) * across, (double) rows * columns * depth, t -> {
            int i = t / across * TILE;
            int j = t % across * TILE;
            tile(alpha, a.from(i, 0), b.from(0, j), c.from(i, j), Math.min(TILE, rows - i),
                    Math.min(TILE, columns - j), depth);
        });
    }

    /** Lower triangle of C += α A A' for A (n × depth) and C (n × n, unit column stride). */
    static void addSquare(double alpha, Block a, Block c, int n, int depth) {
        int side = tiles(n);
        each(side * (side + 1) / 2, 0.5 * n * n * depth, t -> {
            int row = (int) ((Math.sqrt(8.0 * t + 1) - 1) / 2);
            int column = t - row * (row + 1) / 2;
            int i = row * TILE;
            int j = column * TILE;
            int rows = Math.min(TILE, n - i);
            Block right = a.from(j, 0).transposed();
            if (row > column) {
                tile(alpha, a.from(i, 0), right, c.from(i, j), rows, TILE, depth);
                return;
            }
            double[] square = new double[rows * rows];
            tile(alpha, a.from(i, 0), right, Block.of(square, rows, 0, 0), rows, rows, depth);
            for (int r = 0; r < rows; r++) {
                int at = c.at(i + r, i);
                for (int k = 0; k <= r; k++) {
                    c.a()[at + k] += square[r * rows + k];
                }
            }
        });
    }

    /** C += A B for symmetric A, whose lower triangle is read, and full B, all n×n. */
    static void addSymmetric(double[] a, double[] b, double[] c, int n) {
        int side = tiles(n);
        each(side * side, (double) n * n * n, t -> {
            int i = t / side * TILE;
            int j = t % side * TILE;
            int rows = Math.min(TILE, n - i);
            int columns = Math.min(TILE, n - j);
            for (int k = 0; k < n; k += TILE) {
                int depth = Math.min(TILE, n - k);
                Block left = k < i ? Block.of(a, n, i, k)
                        : k > i ? Block.of(a, n, k, i).transposed() : Block.of(mirrored(a, n, i, rows), rows, 0, 0);
                tile(1, left, Block.of(b, n, k, j), Block.of(c, n, i, j), rows, columns, depth);
            }
        });
    }

    /** The size×size block on the diagonal at (s, s), both triangles. */
    private static double[] mirrored(double[] a, int n, int s, int size) {
        double[] full = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                full[i * size + j] = a[(s + i) * n + s + j];
                full[j * size + i] = full[i * size + j];
            }
        }
        return full;
    }

    /** Runs tasks 0 … count−1, on all cores when there is enough work. */
    static void each(int count, double work, IntConsumer task) {
        IntStream tasks = IntStream.range(0, count);
        (work < SMALL ? tasks : tasks.parallel()).forEach(task);
    }

    private static int tiles(int n) {
        return (n + TILE - 1) / TILE;
    }

    private static void tile(double alpha, Block a, Block b, Block c, int rows, int columns, int depth) {
        double[] panel = new double[DEPTH * columns];
        double[] a0 = new double[DEPTH];
        double[] a1 = new double[DEPTH];
        double[] c0 = new double[columns];
        double[] c1 = new double[columns];
        for (int from = 0; from < depth; from += DEPTH) {
            int terms = Math.min(DEPTH, depth - from);
            int padded = (terms + UNROLL - 1) / UNROLL * UNROLL;
            pack(b.from(from, 0), terms, padded, columns, panel);
            for (int i = 0; i < rows; i += 2) {
                boolean pair = i + 1 < rows;
                load(alpha, a.from(i, from), terms, padded, a0);
                System.arraycopy(c.a(), c.at(i, 0), c0, 0, columns);
                if (pair) {
                    load(alpha, a.from(i + 1, from), terms, padded, a1);
                    System.arraycopy(c.a(), c.at(i + 1, 0), c1, 0, columns);
                }
                for (int k = 0; k < padded; k += UNROLL) {
                    multiplyAdd(c0, c1, panel, columns, a0, a1, k);
                }
                System.arraycopy(c0, 0, c.a(), c.at(i, 0), columns);
                if (pair) {
                    System.arraycopy(c1, 0, c.a(), c.at(i + 1, 0), columns);
                }
            }
        }
    }

    private static void pack(Block b, int terms, int padded, int columns, double[] panel) {
        for (int k = 0; k < terms; k++) {
            int at = b.at(k, 0);
            if (b.columnStride() == 1) {
                System.arraycopy(b.a(), at, panel, k * columns, columns);
            } else {
                for (int j = 0; j < columns; j++) {
                    panel[k * columns + j] = b.a()[at + j * b.columnStride()];
                }
            }
        }
        Arrays.fill(panel, terms * columns, padded * columns, 0);
    }

    private static void load(double alpha, Block a, int terms, int padded, double[] row) {
        int at = a.at(0, 0);
        for (int k = 0; k < terms; k++) {
            row[k] = alpha * a.a()[at + k * a.columnStride()];
        }
        Arrays.fill(row, terms, padded, 0);
    }

    private static void multiplyAdd(double[] c0, double[] c1, double[] panel, int columns, double[] a, double[] e,
                                    int k) {
        int o0 = k * columns;
        int o1 = o0 + columns;
        int o2 = o1 + columns;
        int o3 = o2 + columns;
        int o4 = o3 + columns;
        int o5 = o4 + columns;
        int o6 = o5 + columns;
        int o7 = o6 + columns;
        double a0 = a[k];
        double a1 = a[k + 1];
        double a2 = a[k + 2];
        double a3 = a[k + 3];
        double a4 = a[k + 4];
        double a5 = a[k + 5];
        double a6 = a[k + 6];
        double a7 = a[k + 7];
        double e0 = e[k];
        double e1 = e[k + 1];
        double e2 = e[k + 2];
        double e3 = e[k + 3];
        double e4 = e[k + 4];
        double e5 = e[k + 5];
        double e6 = e[k + 6];
        double e7 = e[k + 7];
        for (int j = 0; j < columns; j++) {
            double b0 = panel[o0 + j];
            double b1 = panel[o1 + j];
            double b2 = panel[o2 + j];
            double b3 = panel[o3 + j];
            double b4 = panel[o4 + j];
            double b5 = panel[o5 + j];
            double b6 = panel[o6 + j];
            double b7 = panel[o7 + j];
            c0[j] = Math.fma(a7, b7, Math.fma(a6, b6, Math.fma(a5, b5, Math.fma(a4, b4,
                    Math.fma(a3, b3, Math.fma(a2, b2, Math.fma(a1, b1, Math.fma(a0, b0, c0[j]))))))));
            c1[j] = Math.fma(e7, b7, Math.fma(e6, b6, Math.fma(e5, b5, Math.fma(e4, b4,
                    Math.fma(e3, b3, Math.fma(e2, b2, Math.fma(e1, b1, Math.fma(e0, b0, c1[j]))))))));
        }
    }
}
