package io.echelon.likelihood;

import io.echelon.linalg.Packed;
import java.util.Optional;

/**
 * A = X'V⁻¹X with its derivatives with respect to {@link LinearParameters}, in coordinates x̃ = x L⁻ᵀ in which
 * A is the identity over σ²: all that small-sample methods need of the data.
 *
 * @param lowerInverse L⁻¹ (p×p) in standardised coordinates
 * @param variance     σ² in standardised coordinates, so that (x̃'V⁻¹x̃)⁻¹ = σ² I
 * @param first        for each parameter ∂A/∂θ_i (p×p)
 * @param second       for each pair of parameters j ≤ i, packed, ∂²A/∂θ_i∂θ_j (p×p)
 * @param determinants second derivatives of log|V| + log|A|
 * @param parameters   the parameters
 * @param curvature    of V where it is not linear in the parameters
 */
public record FixedInformation(double[][] lowerInverse, double variance, double[][][] first, double[][][] second,
                               double[][] determinants, LinearParameters parameters, Optional<Curvature> curvature) {
    /** From the derivative sums with full second derivatives of x̃'x̃. */
    public static FixedInformation of(double[] sums, RootSums places, CovarianceParameters parameters,
                               MixedLikelihood.Evaluation evaluation, double[][] lowerInverse, double responseVariance,
                               double degrees, Optional<Curvature> curvature) {
        int p = places.p();
        int m = parameters.count() + 1;
        double s = evaluation.natural()[parameters.count()] / responseVariance;
        LinearParameters linear = new LinearParameters(parameters, evaluation.natural());
        double[][][] first = new double[m][p][p];
        double[][][] second = new double[Packed.size(m)][p][p];
        for (int r = 0; r < p; r++) {
            for (int c = 0; c <= r; c++) {
                Derivatives d = linear.of(parameters.toNatural(element(sums, places, r, c, s, responseVariance),
                        evaluation.natural()));
                for (int i = 0; i < m; i++) {
                    first[i][r][c] = d.gradient()[i];
                    first[i][c][r] = d.gradient()[i];
                    for (int j = 0; j <= i; j++) {
                        second[Packed.index(i, j)][r][c] = d.hessian()[i][j];
                        second[Packed.index(i, j)][c][r] = d.hessian()[i][j];
                    }
                }
            }
        }
        Derivatives determinants = linear.of(parameters.toNatural(determinants(sums, places, s, responseVariance, degrees),
                evaluation.natural()));
        return new FixedInformation(lowerInverse, s, first, second, determinants.hessian(), linear, curvature);
    }

    /** Derivatives of one element of A = x̃'x̃/σ² with respect to ψ and σ². */
    private static Derivatives element(double[] sums, RootSums places, int r, int c, double s, double unit) {
        int k = places.k();
        int at = Packed.index(r, c);
        double one = r == c ? 1 : 0;
        double[] g = new double[k + 1];
        double[][] h = new double[k + 1][k + 1];
        for (int i = 0; i < k; i++) {
            double a = sums[places.xx(i) + at];
            g[i] = a / s;
            h[i][k] = -a / (s * s) / unit;
            h[k][i] = h[i][k];
            for (int j = 0; j <= i; j++) {
                h[i][j] = sums[places.xx(i, j) + at] / s;
                h[j][i] = h[i][j];
            }
        }
        g[k] = -one / (s * s) / unit;
        h[k][k] = 2 * one / (s * s * s) / (unit * unit);
        return new Derivatives(g, h);
    }

    /** Derivatives of log|V| + log|A| with respect to ψ and σ². */
    private static Derivatives determinants(double[] sums, RootSums places, double s, double unit, double degrees) {
        int k = places.k();
        int p = places.p();
        double[] g = new double[k + 1];
        double[][] h = new double[k + 1][k + 1];
        for (int i = 0; i < k; i++) {
            g[i] = sums[places.logDeterminant(i)] + trace(sums, places.xx(i), p);
            for (int j = 0; j <= i; j++) {
                h[i][j] = sums[places.logDeterminant(i, j)] + trace(sums, places.xx(i, j), p)
                        - product(sums, places.xx(i), places.xx(j), p);
                h[j][i] = h[i][j];
            }
        }
        g[k] = degrees / s / unit;
        h[k][k] = -degrees / (s * s) / (unit * unit);
        return new Derivatives(g, h);
    }

    static double trace(double[] sums, int from, int p) {
        double t = 0;
        for (int x = 0; x < p; x++) {
            t += sums[from + Packed.index(x, x)];
        }
        return t;
    }

    /** tr(B C) of two packed matrices. */
    static double product(double[] sums, int left, int right, int p) {
        double t = 0;
        int at = 0;
        for (int x = 0; x < p; x++) {
            for (int y = 0; y <= x; y++) {
                double term = sums[left + at] * sums[right + at];
                t += x == y ? term : 2 * term;
                at++;
            }
        }
        return t;
    }
}
