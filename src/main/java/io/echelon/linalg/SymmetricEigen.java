package io.echelon.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix (n×n).
 *
 * @param values  n eigenvalues, in no particular order
 * @param vectors {@code vectors[k]} is the unit eigenvector of {@code values[k]}
 */
public record SymmetricEigen(double[] values, double[][] vectors) {
    /** Decomposes a symmetric matrix of finite values. */
    public static SymmetricEigen of(double[][] a) {
        int n = a.length;
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        if (n > 0) {
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
            if (!eigen.decompose(new DMatrixRMaj(a))) {
                throw new ArithmeticException("eigenvalues did not converge");
            }
            for (int k = 0; k < n; k++) {
                values[k] = eigen.getEigenvalue(k).getReal();
                vectors[k] = eigen.getEigenVector(k).getData().clone();
            }
        }
        return new SymmetricEigen(values, vectors);
    }

    /** Whether no eigenvalue is negative, up to rounding. */
    public boolean positiveSemidefinite() {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return Arrays.stream(values).allMatch(v -> v >= -1e-12 * largest);
    }
}
