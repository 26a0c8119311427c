package io.echelon.likelihood;

import io.echelon.linalg.Jet;
import io.echelon.linalg.SmallInverse;
import io.echelon.residual.ResidualModel;
import java.util.Arrays;
import java.util.List;

/**
 * Covariance parameters η as the tables show them: the natural ones, with the variances, covariances and coefficients of a
 * residual structure in place of its parameters and σ². V is linear in them but for autoregression and its like, for which
 * {@link Curvature} makes up.
 */
public final class LinearParameters {
    private final double[][] jacobian;
    private final double[][] inverse;
    /** Second derivatives of η_k with respect to the natural parameters from {@code offset} on. */
    private final double[][][] curvature;
    private final int offset;

    /** At natural parameters. */
    LinearParameters(CovarianceParameters parameters, double[] natural) {
        int m = natural.length;
        offset = parameters.firstResidual();
        int own = m - offset;
        jacobian = new double[m][m];
        for (int i = 0; i < m; i++) {
            jacobian[i][i] = 1;
        }
        List<ResidualModel.Row> rows = parameters.residual()
                .map(r -> r.rows(parameters.ofResidual(natural), natural[m - 1])).orElse(List.of());
        boolean change = !rows.isEmpty();
        curvature = new double[change ? own : 0][own][own];
        for (int k = 0; change && k < own; k++) {
            inVariance(rows.get(k).natural(), natural[m - 1], jacobian[offset + k], curvature[k]);
        }
        inverse = inverse(jacobian);
    }

    /** Derivatives in the residual parameters and σ² from those in the same and ln σ. */
    private void inVariance(Jet jet, double variance, double[] first, double[][] second) {
        int last = second.length - 1;
        for (int i = 0; i <= last; i++) {
            double fi = i == last ? 1 / (2 * variance) : 1;
            first[offset + i] = fi * jet.first(i);
            for (int j = 0; j <= last; j++) {
                double fj = j == last ? 1 / (2 * variance) : 1;
                second[i][j] = fi * fj * jet.second(i, j);
            }
        }
        second[last][last] -= jet.first(last) / (2 * variance * variance);
    }

    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        SmallInverse work = new SmallInverse(n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, work.matrix(), i * n, n);
        }
        work.invert();
        double[][] inverse = new double[n][];
        for (int i = 0; i < n; i++) {
            inverse[i] = Arrays.copyOfRange(work.inverse(), i * n, (i + 1) * n);
        }
        return inverse;
    }

    /** Derivatives of η (rows) with respect to the natural parameters (columns). */
    public double[][] jacobian() {
        return jacobian;
    }

    /** Derivatives with respect to η from those with respect to the natural parameters. */
    Derivatives of(Derivatives natural) {
        int m = natural.gradient().length;
        double[] g = new double[m];
        for (int k = 0; k < m; k++) {
            for (int i = 0; i < m; i++) {
                g[k] += inverse[i][k] * natural.gradient()[i];
            }
        }
        double[][] straight = new double[m][];
        for (int i = 0; i < m; i++) {
            straight[i] = natural.hessian()[i].clone();
        }
        for (int k = 0; k < curvature.length; k++) {
            for (int i = 0; i < curvature.length; i++) {
                for (int j = 0; j < curvature.length; j++) {
                    straight[offset + i][offset + j] -= g[offset + k] * curvature[k][i][j];
                }
            }
        }
        return new Derivatives(natural.gradient(), straight).through(inverse);
    }
}
