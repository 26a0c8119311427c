package io.echelon.estimate.linear;

import io.echelon.error.EchelonException;
import io.echelon.estimate.ObservedInformation;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.GroupScores;
import io.echelon.likelihood.MixedLikelihood;

/**
 * Sandwich covariance matrix D (Σ s s') D M/(M−1) of the fixed effects and the free unconstrained covariance parameters, s
 * being the scores of M independent clusters and D the covariance matrix by the model (Huber 1967; White 1982).
 *
 * @param fixed      p×p, in original units
 * @param parameters m×m
 * @param cross      m×p
 * @param clusters   M
 */
record RobustVariance(double[][] fixed, double[][] parameters, double[][] cross, long clusters) {
    /**
     * @param residualVariance σ² in standardised coordinates
     * @param information      of the free unconstrained parameters
     * @param jacobian         of the natural parameters with respect to these
     */
    static RobustVariance of(GroupScores scores, CovarianceParameters parameters, MixedLikelihood.Evaluation evaluation,
                             Standardization standardization, double residualVariance, ObservedInformation information,
                             double[][] jacobian) {
        int p = evaluation.beta().length;
        int m = information.covariance().length;
        double scale = standardization.responseScale();
        double[][] toNatural = parameters.relativeJacobian(evaluation.natural());
        int k = toNatural.length - 1;
        double[][] inverse = standardization.coefficientsInverse();
        double[][] unscaled = evaluation.factor().inverse();
        // Rows take scores in (β, ψ, σ²) to β and the free parameters.
        double[][] map = new double[p + m][p + k + 1];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                for (int l = 0; l < p; l++) {
                    map[i][j] += scale * residualVariance * inverse[i][l] * unscaled[l][j];
                }
            }
        }
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                for (int n = 0; n < jacobian.length; n++) {
                    double f = information.covariance()[a][b] * jacobian[n][b];
                    for (int i = 0; i <= k && f != 0; i++) {
                        map[p + a][p + i] += f * toNatural[i][n] / (i == k ? scale * scale : 1);
                    }
                }
            }
        }
        double clusters = scores.clusters();
        if (clusters < 2) {
            throw EchelonException.failure("robust standard errors need at least two clusters, and there is one: leave vce()"
                    + " out, or name a variable with more values");
        }
        double[][] all = sandwich(map, scores.products(), clusters / (clusters - 1));
        double[][] fixed = new double[p][p];
        double[][] own = new double[m][m];
        double[][] cross = new double[m][p];
        for (int i = 0; i < p; i++) {
            System.arraycopy(all[i], 0, fixed[i], 0, p);
        }
        for (int a = 0; a < m; a++) {
            System.arraycopy(all[p + a], 0, cross[a], 0, p);
            System.arraycopy(all[p + a], p, own[a], 0, m);
        }
        return new RobustVariance(fixed, own, cross, Math.round(clusters));
    }

    private static double[][] sandwich(double[][] map, double[][] meat, double factor) {
        int rows = map.length;
        int columns = meat.length;
        double[][] left = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int l = 0; l < columns; l++) {
                    left[i][j] += map[i][l] * meat[l][j];
                }
            }
        }
        double[][] out = new double[rows][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                for (int l = 0; l < columns; l++) {
                    out[i][j] += factor * left[i][l] * map[j][l];
                }
            }
        }
        return out;
    }
}
