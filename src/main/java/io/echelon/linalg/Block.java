package io.echelon.linalg;

/**
 * A rectangular view of a dense matrix: element (i, j) is {@code a[offset + i * rowStride + j * columnStride]}.
 */
record Block(double[] a, int offset, int rowStride, int columnStride) {
    /** The view of a row-major matrix with rows of length {@code n} that starts at (row, column). */
    static Block of(double[] a, int n, int row, int column) {
        return new Block(a, row * n + column, n, 1);
    }

    Block transposed() {
        return new Block(a, offset, columnStride, rowStride);
    }

    Block from(int row, int column) {
        return new Block(a, at(row, column), rowStride, columnStride);
    }

    int at(int row, int column) {
        return offset + row * rowStride + column * columnStride;
    }
}
