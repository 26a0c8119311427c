package io.echelon.estimate;

import io.echelon.error.EchelonException;
import java.util.List;

/**
 * Parameters ψ under linear constraints as a function of free ones: ψ = Tφ + c, φ being some of the elements of ψ.
 *
 * @param map      T, k×f
 * @param constant c, k
 * @param free     which elements of ψ the φ are
 */
record LinearReduction(double[][] map, double[] constant, int[] free) {
    private static final double NOTHING = 1e-10;

    /**
     * Solves Rψ = r by Gauss-Jordan elimination with pivots from the end, so that later parameters depend on earlier ones.
     *
     * @param rows  R, one row a constraint, k columns
     * @param right r
     * @param names of the constraints, for messages
     */
    static LinearReduction of(int k, List<double[]> rows, List<Double> right, List<String> names) {
        double[][] a = new double[rows.size()][k + 1];
        for (int i = 0; i < a.length; i++) {
            System.arraycopy(rows.get(i), 0, a[i], 0, k);
            a[i][k] = right.get(i);
        }
        int[] pivotRow = new int[k];
        java.util.Arrays.fill(pivotRow, -1);
        boolean[] used = new boolean[a.length];
        for (int c = k - 1; c >= 0; c--) {
            int best = -1;
            for (int i = 0; i < a.length; i++) {
                if (!used[i] && Math.abs(a[i][c]) > NOTHING && (best < 0 || Math.abs(a[i][c]) > Math.abs(a[best][c]))) {
                    best = i;
                }
            }
            if (best < 0) {
                continue;
            }
            used[best] = true;
            pivotRow[c] = best;
            double pivot = a[best][c];
            for (int j = 0; j <= k; j++) {
                a[best][j] /= pivot;
            }
            for (int i = 0; i < a.length; i++) {
                double f = a[i][c];
                if (i != best && f != 0) {
                    for (int j = 0; j <= k; j++) {
                        a[i][j] -= f * a[best][j];
                    }
                }
            }
        }
        for (int i = 0; i < a.length; i++) {
            if (!used[i] && Math.abs(a[i][k]) > NOTHING) {
                throw EchelonException.misuse(names.get(i) + " contradicts the other constraints; leave one of them out");
            }
        }
        int[] free = java.util.stream.IntStream.range(0, k).filter(c -> pivotRow[c] < 0).toArray();
        double[][] map = new double[k][free.length];
        double[] constant = new double[k];
        for (int c = 0; c < k; c++) {
            for (int f = 0; f < free.length; f++) {
                map[c][f] = pivotRow[c] < 0 ? (free[f] == c ? 1 : 0) : -a[pivotRow[c]][free[f]];
            }
            constant[c] = pivotRow[c] < 0 ? 0 : a[pivotRow[c]][k];
        }
        return new LinearReduction(map, constant, free);
    }

    /** ψ(φ). */
    double[] expand(double[] phi) {
        double[] psi = constant.clone();
        for (int i = 0; i < psi.length; i++) {
            for (int j = 0; j < phi.length; j++) {
                psi[i] += map[i][j] * phi[j];
            }
        }
        return psi;
    }

    /** The free elements of ψ. */
    double[] reduce(double[] psi) {
        return java.util.Arrays.stream(free).mapToDouble(i -> psi[i]).toArray();
    }

    /** Whether an element of ψ is held at a value. */
    boolean held(int i) {
        for (double t : map[i]) {
            if (t != 0) {
                return false;
            }
        }
        return true;
    }
}
