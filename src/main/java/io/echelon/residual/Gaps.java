package io.echelon.residual;

import io.echelon.linalg.Jet;

/**
 * Correlation g = ρ^d between neighbours d apart, where what is further apart depends on each other through what is between
 * (a Markov chain): then
 *
 * <pre>
 *   w'R⁻¹w = Σ_t w_t² + Σ_gaps [g² (w_t² + w_{t−1}²) − 2g w_t w_{t−1}] / (1 − g²)      log|R| = Σ_gaps log(1 − g²)
 * </pre>
 *
 * so a series of n rows takes n operations, and regular times three cross-products: there the sum of the squares over the
 * gaps is 2 Σ w_t² less the first and the last.
 */
final class Gaps {
    private static final Piece IDENTITY = new Piece();

    private Gaps() {}

    /** R⁻¹ = I. */
    static void identity(Decomposition decomposition) {
        decomposition.piece(IDENTITY, 1);
        decomposition.addIdentity(0, 1);
    }

    static Coefficients identity(Jet one) {
        return new Coefficients(new Jet[] {one}, one.plus(-1));
    }

    static void decompose(double[] times, Decomposition decomposition) {
        identity(decomposition);
        int n = times.length;
        if (n > 1 && regular(times)) {
            decomposition.piece(new Piece(times[1] - times[0]), n - 1);
            decomposition.addIdentity(0, 2);
            decomposition.add(0, 0, 0, -0.5);
            decomposition.add(0, n - 1, n - 1, -0.5);
            for (int t = 1; t < n; t++) {
                decomposition.add(1, t - 1, t, 1);
            }
            return;
        }
        for (int t = 1; t < n; t++) {
            decomposition.piece(new Piece(times[t] - times[t - 1]), 1);
            decomposition.add(0, t - 1, t - 1, 0.5);
            decomposition.add(0, t, t, 0.5);
            decomposition.add(1, t - 1, t, 1);
        }
    }

    private static boolean regular(double[] times) {
        double gap = times[1] - times[0];
        for (int t = 2; t < times.length; t++) {
            if (times[t] - times[t - 1] != gap) {
                return false;
            }
        }
        return true;
    }

    static int components(Piece piece) {
        return piece.equals(IDENTITY) ? 1 : 2;
    }

    static Coefficients coefficients(Piece piece, Jet rho, Jet one) {
        if (piece.equals(IDENTITY)) {
            return identity(one);
        }
        Jet g = rho.power(piece.key()[0]);
        Jet rest = one.minusProduct(g, g);
        Jet cross = g.over(rest).times(-1);
        return new Coefficients(new Jet[] {g.times(cross).times(-1), cross}, rest.log());
    }
}
