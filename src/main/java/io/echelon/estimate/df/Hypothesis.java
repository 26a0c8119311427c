package io.echelon.estimate.df;

import io.echelon.error.EchelonException;
import io.echelon.linalg.Cholesky;

/** Algebra of a hypothesis Lβ = 0 with Var(β̂) = V. */
final class Hypothesis {
    private Hypothesis() {}

    /** L V L' (q×q). */
    static double[][] variance(double[][] l, double[][] v) {
        int q = l.length;
        double[][] out = new double[q][q];
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                out[a][b] = form(l[a], v, l[b]);
            }
        }
        return out;
    }

    /** a'Vb. */
    static double form(double[] a, double[][] v, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length && a[i] != 0; j++) {
                s += a[i] * v[i][j] * b[j];
            }
        }
        return s;
    }

    /** Factor of L V L'. */
    static Cholesky factor(double[][] variance) {
        return Cholesky.of(variance).orElseThrow(() -> EchelonException.misuse(
                "the conditions tested together are not independent of each other: leave out those that follow from the others"));
    }

    /** (Lβ)'(LVL')⁻¹(Lβ). */
    static double wald(double[][] l, double[] beta, Cholesky factor) {
        double[] value = new double[l.length];
        for (int a = 0; a < value.length; a++) {
            for (int i = 0; i < beta.length; i++) {
                value[a] += l[a][i] * beta[i];
            }
        }
        double s = 0;
        for (double h : factor.solveLower(value)) {
            s += h * h;
        }
        return s;
    }
}
