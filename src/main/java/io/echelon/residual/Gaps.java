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
 * so a series of n rows takes n operations, and regular times three cross-products.
 */
final class Gaps {
    private static final Piece IDENTITY = new Piece();

    private Gaps() {}

    /** R⁻¹ = I. */
    static void identity(int rows, Decomposition decomposition) {
        decomposition.piece(IDENTITY);
        for (int s = 0; s < rows; s++) {
            decomposition.add(0, s, s, 0.5);
        }
    }

    static Coefficients identity(Jet one) {
        return new Coefficients(new Jet[] {one}, one.plus(-1));
    }

    static void decompose(double[] times, Decomposition decomposition) {
        identity(times.length, decomposition);
        for (int t = 1; t < times.length; t++) {
            decomposition.piece(new Piece(times[t] - times[t - 1]));
            decomposition.add(0, t - 1, t - 1, 0.5);
            decomposition.add(0, t, t, 0.5);
            decomposition.add(1, t - 1, t, 1);
        }
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
