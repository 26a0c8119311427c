package io.echelon.likelihood.generalized;

import io.echelon.linalg.SquareRoot;

/** The lower triangle of H itself. */
final class CholeskySystem implements NodeSystem {
    @Override
    public void add(double w, double[] z, int at, int a, int q, double[] h) {
        int side = a + q;
        for (int r = 0; r < side; r++) {
            double hr = w * z[at + r];
            if (hr != 0) {
                for (int c = 0; c <= r; c++) {
                    h[r * side + c] += hr * z[at + c];
                }
            }
        }
    }

    @Override
    public void addOwn(double w, int i, int a, int q, double[] h) {
        h[(a + i) * (a + q) + a + i] += w;
    }

    @Override
    public boolean eliminate(int a, int q, double[] h, double[] factor, int f, double[] coupling, int k) {
        int side = a + q;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                factor[f + i * q + j] = h[(a + i) * side + a + j];
            }
            System.arraycopy(h, (a + i) * side, coupling, k + i * a, a);
        }
        boolean definite = SquareRoot.decompose(factor, f, q);
        if (!definite) {
            NodeSystem.identity(factor, f, q);
        }
        for (int j = 0; j < a; j++) {
            SquareRoot.solve(factor, f, q, coupling, k + j, a);
        }
        return definite;
    }

    /** The Schur complement is A − C'K. */
    @Override
    public void addUp(double w, int a, int q, double[] h, double[] coupling, int k, int p, double[] parent) {
        int side = a + q;
        for (int i = 0; i < a; i++) {
            for (int j = 0; j <= i; j++) {
                double s = h[i * side + j];
                for (int e = 0; e < q; e++) {
                    s -= h[(a + e) * side + i] * coupling[k + e * a + j];
                }
                parent[i * a + j] += w * s;
            }
        }
    }
}
