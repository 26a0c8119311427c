package io.echelon.linalg;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Products of large dense matrices, tile by tile on all cores. The inner loop runs along four rows of the result and two
 * rows of the packed right factor, each an array of its own: the just-in-time compiler of Java 17 makes vector
 * instructions of a loop over several arrays only where all of them are read at the same index, and only up to about nine
 * multiply-adds.
 */
final class BlockedProduct {
    /** Rows and columns of a tile. */
    private static final int TILE = 192;
    /** Terms of the inner product taken together: a packed panel of DEPTH × TILE stays in the cache. */
    private static final int DEPTH = 96;
    /** Rows that the inner loop takes together. */
    private static final int ROWS = 4;
    /** Terms that the inner loop takes together. */
    private static final int TERMS = 2;
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
        double[][] panel = new double[Math.min(DEPTH, padded(depth))][columns];
        double[][] left = new double[ROWS][panel.length];
        double[][] result = new double[ROWS][columns];
        for (int from = 0; from < depth; from += DEPTH) {
            int terms = Math.min(DEPTH, depth - from);
            pack(b.from(from, 0), terms, panel);
            for (int i = 0; i < rows; i += ROWS) {
                int used = Math.min(ROWS, rows - i);
                for (int r = 0; r < used; r++) {
                    load(alpha, a.from(i + r, from), terms, left[r]);
                    System.arraycopy(c.a(), c.at(i + r, 0), result[r], 0, columns);
                }
                for (int k = 0; k < padded(terms); k += TERMS) {
                    multiplyAdd(result, panel, columns, left, k);
                }
                for (int r = 0; r < used; r++) {
                    System.arraycopy(result[r], 0, c.a(), c.at(i + r, 0), columns);
                }
            }
        }
    }

    private static int padded(int terms) {
        return (terms + TERMS - 1) / TERMS * TERMS;
    }

    private static void pack(Block b, int terms, double[][] panel) {
        for (int k = 0; k < padded(terms); k++) {
            double[] row = panel[k];
            int at = b.at(k, 0);
            if (k >= terms) {
                Arrays.fill(row, 0);
            } else if (b.columnStride() == 1) {
                System.arraycopy(b.a(), at, row, 0, row.length);
            } else {
                for (int j = 0; j < row.length; j++) {
                    row[j] = b.a()[at + j * b.columnStride()];
                }
            }
        }
    }

    private static void load(double alpha, Block a, int terms, double[] row) {
        int at = a.at(0, 0);
        for (int k = 0; k < terms; k++) {
            row[k] = alpha * a.a()[at + k * a.columnStride()];
        }
        Arrays.fill(row, terms, padded(terms), 0);
    }

    /** Four rows of c += four rows of a times the rows k and k+1 of the panel. */
    private static void multiplyAdd(double[][] c, double[][] panel, int columns, double[][] a, int k) {
        double[] c0 = c[0];
        double[] c1 = c[1];
        double[] c2 = c[2];
        double[] c3 = c[3];
        double[] p0 = panel[k];
        double[] p1 = panel[k + 1];
        double a00 = a[0][k];
        double a01 = a[0][k + 1];
        double a10 = a[1][k];
        double a11 = a[1][k + 1];
        double a20 = a[2][k];
        double a21 = a[2][k + 1];
        double a30 = a[3][k];
        double a31 = a[3][k + 1];
        for (int j = 0; j < columns; j++) {
            double b0 = p0[j];
            double b1 = p1[j];
            c0[j] = Math.fma(a01, b1, Math.fma(a00, b0, c0[j]));
            c1[j] = Math.fma(a11, b1, Math.fma(a10, b0, c1[j]));
            c2[j] = Math.fma(a21, b1, Math.fma(a20, b0, c2[j]));
            c3[j] = Math.fma(a31, b1, Math.fma(a30, b0, c3[j]));
        }
    }
}
