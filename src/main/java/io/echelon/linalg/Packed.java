package io.echelon.linalg;

/** Symmetric matrices stored as their lower triangle, row by row: (0,0), (1,0), (1,1), (2,0), ... */
public final class Packed {
    private Packed() {}

    /** Doubles that an n×n matrix takes. */
    public static int size(int n) {
        return n * (n + 1) / 2;
    }

    /** Place of element (i, j), whichever of the two is larger. */
    public static int index(int i, int j) {
        return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
    }

    /** The full n×n matrix, row by row. */
    public static double[][] unpack(double[] packed, int n) {
        double[][] full = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                full[i][j] = packed[index(i, j)];
            }
        }
        return full;
    }
}
