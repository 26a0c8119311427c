package io.echelon.estimate.generalized;

import io.echelon.error.EchelonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parameters ψ under linear constraints as a function of free ones: ψ = Tφ + c, φ being some of the elements of ψ or of
 * other coordinates ψ* where ψ = Bψ*.
 *
 * @param map      T, k×f
 * @param constant c, k
 * @param free     which elements of ψ or ψ* the φ are
 * @param back     φ as linear functions of ψ, f×k
 */
record LinearReduction(double[][] map, double[] constant, int[] free, double[][] back) {
    private static final double NOTHING = 1e-10;
    /** Share of the terms of a sum below which it is zero. */
    private static final double ROUNDING = 1e-12;

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
        Arrays.fill(pivotRow, -1);
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
        int[] free = IntStream.range(0, k).filter(c -> pivotRow[c] < 0).toArray();
        double[][] map = new double[k][free.length];
        double[] constant = new double[k];
        for (int c = 0; c < k; c++) {
            for (int f = 0; f < free.length; f++) {
                map[c][f] = pivotRow[c] < 0 ? (free[f] == c ? 1 : 0) : -a[pivotRow[c]][free[f]];
            }
            constant[c] = pivotRow[c] < 0 ? 0 : a[pivotRow[c]][k];
        }
        double[][] back = new double[free.length][k];
        for (int f = 0; f < free.length; f++) {
            back[f][free[f]] = 1;
        }
        return new LinearReduction(map, constant, free, back);
    }

    /**
     * Solves Rψ = r for ψ = Bψ*, the φ being elements of ψ*.
     *
     * @param basis   B, for the first elements; the others are the same
     * @param inverse its inverse
     */
    static LinearReduction in(double[][] basis, double[][] inverse, int k, List<double[]> rows, List<Double> right,
                              List<String> names) {
        List<double[]> turned = new ArrayList<>();
        List<Double> scaled = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i).clone();
            double largest = 0;
            for (int j = 0; j < k; j++) {
                row[j] = j < basis.length ? product(rows.get(i), basis, j) : row[j];
                largest = Math.max(largest, Math.abs(row[j]));
            }
            for (int j = 0; j < k && largest > 0; j++) {
                row[j] /= largest;
            }
            turned.add(row);
            scaled.add(largest > 0 ? right.get(i) / largest : right.get(i));
        }
        return of(k, turned, scaled, names).to(basis, inverse);
    }

    private static double product(double[] row, double[][] basis, int column) {
        double sum = 0;
        for (int i = 0; i < basis.length; i++) {
            sum += row[i] * basis[i][column];
        }
        return sum;
    }

    /** The reduction of ψ = Bψ* where this is that of ψ*. */
    private LinearReduction to(double[][] basis, double[][] inverse) {
        double[][] to = map.clone();
        double[] shifted = constant.clone();
        double[][] from = new double[free.length][constant.length];
        for (int i = 0; i < basis.length; i++) {
            to[i] = new double[free.length];
            shifted[i] = 0;
            double[] sizes = new double[free.length];
            for (int j = 0; j < basis.length; j++) {
                shifted[i] += basis[i][j] * constant[j];
                for (int f = 0; f < free.length; f++) {
                    to[i][f] += basis[i][j] * map[j][f];
                    sizes[f] += Math.abs(basis[i][j] * map[j][f]);
                }
            }
            for (int f = 0; f < free.length; f++) {
                to[i][f] = Math.abs(to[i][f]) > ROUNDING * sizes[f] ? to[i][f] : 0;
            }
        }
        for (int f = 0; f < free.length; f++) {
            from[f] = free[f] < basis.length ? Arrays.copyOf(inverse[free[f]], constant.length) : back[f];
        }
        return new LinearReduction(to, shifted, free, from);
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

    /** φ(ψ). */
    double[] reduce(double[] psi) {
        double[] phi = new double[free.length];
        for (int f = 0; f < phi.length; f++) {
            for (int i = 0; i < psi.length; i++) {
                phi[f] += back[f][i] == 0 ? 0 : back[f][i] * psi[i];
            }
        }
        return phi;
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
