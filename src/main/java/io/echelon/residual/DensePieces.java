package io.echelon.residual;

import io.echelon.linalg.Jet;
import io.echelon.linalg.Packed;
import java.util.function.IntBinaryOperator;

/** A whole series as one piece: one component for each element of the lower triangle of R⁻¹ (n×n). */
final class DensePieces {
    private DensePieces() {}

    static void decompose(Piece piece, int rows, Decomposition decomposition) {
        decomposition.piece(piece, 1);
        for (int s = 0; s < rows; s++) {
            for (int t = 0; t <= s; t++) {
                decomposition.add(Packed.index(s, t), s, t, s == t ? 0.5 : 1);
            }
        }
    }

    /**
     * Adds the products e_s e_t of a piece to the sums at {@code place(s, t)} (s ≥ t), where this is not negative; see
     * {@link Residual#addProducts}.
     */
    static void addProducts(int rows, double count, double[] quadratic, double[] sums, IntBinaryOperator place) {
        for (int s = 0; s < rows; s++) {
            for (int t = 0; t <= s; t++) {
                int at = place.applyAsInt(s, t);
                if (at >= 0) {
                    double product = quadratic[Packed.index(s, t)];
                    sums[2 * at] += s == t ? product : product / 2;
                    sums[2 * at + 1] += count;
                }
            }
        }
    }

    /** Mean of the products at a place, 0 where there are none. */
    static double mean(double[] sums, int at) {
        return sums[2 * at + 1] > 0 ? sums[2 * at] / sums[2 * at + 1] : 0;
    }

    /** Times since the first, which is what a stationary structure depends on. */
    static double[] sinceFirst(double[] times) {
        double[] since = new double[times.length];
        for (int i = 0; i < since.length; i++) {
            since[i] = times[i] - times[0];
        }
        return since;
    }

    /** Correlation matrix with the correlation at lag k in place k and zero beyond. */
    static Jet[][] stationary(double[] times, Jet[] correlation, Jet one) {
        Jet zero = one.plus(-1);
        Jet[][] r = new Jet[times.length][times.length];
        for (int s = 0; s < r.length; s++) {
            for (int t = 0; t <= s; t++) {
                int lag = (int) (times[s] - times[t]);
                r[s][t] = lag < correlation.length ? correlation[lag] : zero;
                r[t][s] = r[s][t];
            }
        }
        return r;
    }

    /** Inverse by elimination without pivoting, as R is positive definite; NaN where it is not. */
    static Coefficients invert(Jet[][] r, Jet one) {
        int n = r.length;
        Jet logDeterminant = one.plus(-1);
        boolean definite = true;
        for (int k = 0; k < n; k++) {
            definite &= r[k][k].value() > 0;
            logDeterminant = logDeterminant.plus(r[k][k].log());
            Jet pivot = r[k][k].reciprocal();
            Jet[] column = new Jet[n];
            for (int i = 0; i < n; i++) {
                column[i] = r[Math.max(i, k)][Math.min(i, k)];
            }
            for (int i = 0; i < n; i++) {
                Jet scaled = column[i].times(pivot);
                for (int j = 0; i != k && j <= i; j++) {
                    if (j != k) {
                        r[i][j] = r[i][j].minusProduct(scaled, column[j]);
                    }
                }
                if (i != k) {
                    r[Math.max(i, k)][Math.min(i, k)] = scaled;
                }
            }
            r[k][k] = pivot.times(-1);
        }
        Jet[] components = new Jet[Packed.size(n)];
        for (int s = 0; s < n; s++) {
            for (int t = 0; t <= s; t++) {
                components[Packed.index(s, t)] = r[s][t].times(-1);
            }
        }
        return new Coefficients(components, definite ? logDeterminant : one.times(Double.NaN));
    }
}
