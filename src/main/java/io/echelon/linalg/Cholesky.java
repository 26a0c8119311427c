package io.echelon.linalg;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionBlock_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionCommon_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/** Factor L of a symmetric positive definite matrix A = L L' (n×n). */
public final class Cholesky {
    /** Size from which on work in blocks is faster. */
    private static final int BLOCKED = 120;
    private static final int BLOCK = 60;

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /** The factor, or nothing where A is not positive definite. */
    public static Optional<Cholesky> of(double[][] a) {
        if (a.length == 0) {
            return Optional.of(new Cholesky(a));
        }
        CholeskyDecompositionCommon_DDRM decomposition = a.length < BLOCKED ? new CholeskyDecompositionInner_DDRM(true)
                : new CholeskyDecompositionBlock_DDRM(BLOCK);
        if (!decomposition.decompose(new DMatrixRMaj(a))) {
            return Optional.empty();
        }
        DMatrixRMaj t = decomposition.getT(null);
        double[][] lower = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                lower[i][j] = t.get(i, j);
            }
        }
        return Optional.of(new Cholesky(lower));
    }

    /** L. */
    public double[][] lower() {
        return lower;
    }

    /** log|A|. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += Math.log(lower[i][i]);
        }
        return 2 * sum;
    }

    /** L⁻¹ b. */
    public double[] solveLower(double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= lower[i][j] * x[j];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** A⁻¹ b. */
    public double[] solve(double[] b) {
        double[] x = solveLower(b);
        for (int i = x.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < x.length; j++) {
                x[i] -= lower[j][i] * x[j];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** L⁻¹. */
    public double[][] lowerInverse() {
        int n = lower.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] row = inverse[i];
            for (int j = 0; j < i; j++) {
                double f = lower[i][j];
                double[] above = inverse[j];
                for (int c = 0; c <= j; c++) {
                    row[c] -= f * above[c];
                }
            }
            for (int c = 0; c < i; c++) {
                row[c] /= lower[i][i];
            }
            row[i] = 1 / lower[i][i];
        }
        return inverse;
    }

    /** A⁻¹ = L⁻ᵀL⁻¹. */
    public double[][] inverse() {
        int n = lower.length;
        double[][] half = lowerInverse();
        double[][] inverse = new double[n][n];
        for (double[] row : half) {
            for (int i = 0; i < n; i++) {
                double f = row[i];
                for (int j = 0; j <= i && f != 0; j++) {
                    inverse[i][j] += f * row[j];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                inverse[j][i] = inverse[i][j];
            }
        }
        return inverse;
    }
}
