package io.echelon.linalg;

import java.util.ArrayList;
import java.util.List;

/** Cholesky factors of positive semidefinite matrices with pivoting by the share of each diagonal element that is left. */
public final class PivotedCholesky {
    private PivotedCholesky() {}

    /** The columns of L with A = LL', as many as the rank of A (side×side, packed lower triangle). */
    public static List<double[]> columns(double[] a, int side) {
        double[] rest = a.clone();
        double[] size = new double[side];
        for (int i = 0; i < side; i++) {
            size[i] = rest[Packed.index(i, i)];
        }
        List<double[]> columns = new ArrayList<>();
        while (columns.size() < side) {
            int pivot = -1;
            double share = side * Math.ulp(1.0);
            for (int i = 0; i < side; i++) {
                double s = size[i] > 0 ? rest[Packed.index(i, i)] / size[i] : 0;
                if (s > share) {
                    share = s;
                    pivot = i;
                }
            }
            if (pivot < 0) {
                break;
            }
            double root = Math.sqrt(rest[Packed.index(pivot, pivot)]);
            double[] column = new double[side];
            for (int i = 0; i < side; i++) {
                column[i] = rest[Packed.index(i, pivot)] / root;
            }
            for (int i = 0; i < side; i++) {
                for (int j = 0; j <= i; j++) {
                    rest[Packed.index(i, j)] -= column[i] * column[j];
                }
            }
            for (int i = 0; i < side; i++) {
                rest[Packed.index(i, pivot)] = 0;
            }
            columns.add(column);
        }
        return columns;
    }
}
