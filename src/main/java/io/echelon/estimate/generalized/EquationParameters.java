package io.echelon.estimate.generalized;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Root;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Effects;
import io.echelon.error.EchelonException;
import java.util.Optional;

/**
 * The covariance parameters of a random-effects equation as they are worked with: unconstrained ones, of the effects u* where
 * u = Au*; or variances and covariances themselves where constraints name them.
 *
 * @param effects the equation
 * @param natural whether the parameters are variances and covariances
 * @param map     A (q×q), the identity plus one row beside its diagonal, or null where u* = u; the covariances are unrestricted then
 */
record EquationParameters(Effects effects, boolean natural, double[][] map) {
    private Covariance covariance() {
        return effects.covariance();
    }

    int size() {
        return covariance().parameters();
    }

    /** A root of the covariance matrix of u; empty where there is none. */
    Optional<Root> root(double[] a) {
        if (natural) {
            return covariance().naturalRoot(a);
        }
        return covariance().root(a).map(r -> map == null ? r : r.times(map));
    }

    /** The root at parameters where no element is zero by chance. */
    Root generic() {
        double[] theta = new double[size()];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = isVariance(k) ? 1 + 0.01 * k : 0.01 / (1 + k);
        }
        return root(natural ? theta : covariance().unconstrained(theta)).orElseThrow(() ->
                EchelonException.misuse("covariance(): the values held fixed leave no positive definite matrix"));
    }

    /** Whether a natural parameter is a variance. */
    boolean isVariance(int k) {
        double[][] b = covariance().basis(k);
        for (int i = 0; i < b.length; i++) {
            if (b[i][i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** The parameters at variances and covariances of u; empty where these make no covariance matrix. */
    Optional<double[]> of(double[] theta) {
        if (natural) {
            return Optional.of(theta);
        }
        double[] a = covariance().unconstrained(map == null ? theta
                : elements(Quadratic.congruent(inverse(), covariance().matrix(theta))));
        return Optional.of(a).filter(b -> near(natural(b), theta));
    }

    /** A⁻¹ = 2I − A, for (A − I)² = 0. */
    private double[][] inverse() {
        double[][] inverse = Quadratic.identity(map.length);
        for (int i = 0; i < map.length; i++) {
            for (int j = 0; j < map.length; j++) {
                inverse[i][j] = 2 * inverse[i][j] - map[i][j];
            }
        }
        return inverse;
    }

    private static boolean near(double[] a, double[] b) {
        for (int k = 0; k < a.length; k++) {
            if (!(Math.abs(a[k] - b[k]) <= 1e-8 * (1 + Math.abs(b[k])))) {
                return false;
            }
        }
        return true;
    }

    /** Variances and covariances of u. */
    double[] natural(double[] a) {
        double[] theta = natural ? a : covariance().natural(a);
        return natural || map == null ? theta : elements(Quadratic.congruent(map, covariance().matrix(theta)));
    }

    /** Derivatives of the variances and covariances of u (rows) in the parameters (columns). */
    double[][] jacobian(double[] a) {
        if (natural) {
            return Quadratic.identity(a.length);
        }
        double[][] inner = covariance().jacobian(a);
        if (map == null) {
            return inner;
        }
        double[][] outer = new double[a.length][a.length];
        for (int k = 0; k < a.length; k++) {
            double[] change = elements(Quadratic.congruent(map, covariance().basis(k)));
            for (int r = 0; r < a.length; r++) {
                for (int c = 0; c < a.length; c++) {
                    outer[r][c] += change[r] * inner[k][c];
                }
            }
        }
        return outer;
    }

    /**
     * Variances of the effects u* times the mean squares of their columns, those of centred columns without their means.
     *
     * @param meanSquares of the columns as given
     */
    double[] shares(double[] a, double[] meanSquares) {
        double[][] sigma = covariance().matrix(natural ? a : covariance().natural(a));
        double[] shares = new double[sigma.length];
        for (int i = 0; i < shares.length; i++) {
            double square = meanSquares[i];
            for (int r = 0; map != null && r < shares.length; r++) {
                square -= r == i ? 0 : map[r][i] * map[r][i];
            }
            shares[i] = sigma[i][i] * square;
        }
        return shares;
    }

    /** The natural parameters of an unrestricted covariance matrix. */
    private double[] elements(double[][] sigma) {
        return ((Unstructured) covariance()).elements(sigma);
    }
}
