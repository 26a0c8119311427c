package io.echelon.estimate.df;

import io.echelon.error.EchelonException;
import io.echelon.likelihood.FixedInformation;
import io.echelon.linalg.Cholesky;
import io.echelon.linalg.Packed;
import java.util.Optional;

/**
 * What the methods of Satterthwaite and of Kenward and Roger share, in coordinates in which (X'V⁻¹X)⁻¹ = Φ = σ² I.
 *
 * @param variance σ²
 * @param first    for each of m covariance parameters A_i = ∂(X'V⁻¹X)/∂θ_i (p×p)
 * @param w        covariance matrix of the covariance parameters, m×m
 * @param map      takes estimates in these coordinates to those in original units, β = M β̃: p×p
 */
public record SmallSample(double variance, double[][][] first, double[][] w, double[][] map) {

    /** Inverse of the expected information of restricted likelihood, ½ tr(PV_iPV_j) = ½ (tr(PV_ij) − ∂²(log|V| + log|A|)). */
    static double[][] expected(FixedInformation fixed) {
        int m = fixed.first().length;
        double[][] twice = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                int row = i;
                int column = j;
                twice[i][j] = fixed.curvature().map(c -> c.traces()[row][column]).orElse(0.0) - fixed.determinants()[i][j];
            }
        }
        double[][] information = new double[m][m];
        double[] scale = new double[m];
        for (int i = 0; i < m; i++) {
            double d = 0.5 * twice[i][i];
            scale[i] = d > 0 ? 1 / Math.sqrt(d) : 0;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                information[i][j] = scale[i] == 0 || scale[j] == 0 ? (i == j ? 1 : 0)
                        : 0.5 * twice[i][j] * scale[i] * scale[j];
            }
        }
        double[][] w = Cholesky.of(information).map(Cholesky::inverse).orElseThrow(
                () -> EchelonException.failure("the variance components cannot be told apart, so there"
                        + " are no degrees of freedom by this method: leave a random effect out, or use dfmethod(residual)"));
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                w[i][j] *= scale[i] * scale[j];
            }
        }
        return w;
    }

    double[] inCoordinates(double[] l) {
        int p = map.length;
        double[] out = new double[p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                out[j] += l[i] * map[i][j];
            }
        }
        return out;
    }

    /** M (σ²I + 2σ⁴Λ) M', or Var(β̂) unadjusted where Λ is null. */
    double[][] variance(double[][] lambda) {
        int p = map.length;
        double s = variance;
        double[][] inner = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                inner[i][j] = (i == j ? s : 0) + (lambda == null ? 0 : 2 * s * s * lambda[i][j]);
            }
        }
        return Hypothesis.variance(map, inner);
    }

    /** Satterthwaite's 2 v²/(g'Wg) for v = l'Φl with g_i = −l'ΦA_iΦl, l in the coordinates of Φ. */
    double satterthwaite(double[] l) {
        double v = 0;
        for (double x : l) {
            v += variance * x * x;
        }
        double[] g = new double[first.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = -variance * variance * Hypothesis.form(l, first[i], l);
        }
        return 2 * v * v / Hypothesis.form(g, w, g);
    }

    /**
     * Λ = Σ_ij W_ij (½ A_ij + ¼ R_ij − A_iΦA_j), with A_i, A_ij the derivatives of A = X'V⁻¹X and R_ij = X'V⁻¹V_ijV⁻¹X
     * (Kenward and Roger, Biometrics 53, 1997, section 3: there A_i = P_i and A_ij = Q_ij + Q_ji − R_ij).
     */
    static double[][] adjustment(FixedInformation fixed, double[][] w) {
        double s = fixed.variance();
        int parameters = fixed.first().length;
        int p = fixed.first()[0].length;
        double[][] lambda = new double[p][p];
        for (int i = 0; i < parameters; i++) {
            for (int j = 0; j < parameters; j++) {
                int pair = Packed.index(i, j);
                double[][] second = fixed.second()[pair];
                Optional<double[][]> bend = fixed.curvature().map(c -> c.forms()[pair]);
                double[][] left = fixed.first()[i];
                double[][] right = fixed.first()[j];
                for (int a = 0; a < p; a++) {
                    for (int b = 0; b < p; b++) {
                        double product = 0;
                        for (int c = 0; c < p; c++) {
                            product += left[a][c] * right[c][b];
                        }
                        double bent = bend.isPresent() ? bend.get()[a][b] / 4 : 0;
                        lambda[a][b] += w[i][j] * (second[a][b] / 2 + bent - s * product);
                    }
                }
            }
        }
        return lambda;
    }
}
