package io.echelon.likelihood;

import io.echelon.linalg.Packed;
import java.io.Serializable;

/**
 * Change of the root columns [x y] to [x̃ e] with e = y − xβ̂ and, for restricted likelihood, x̃ = x L⁻ᵀ where
 * x'(V/σ²)⁻¹x = L L', so that x̃'(V/σ²)⁻¹x̃ is the identity.
 *
 * @param beta         β̂, p
 * @param lowerInverse L⁻¹ (p×p), or null to keep x
 */
public record RootCoordinates(double[] beta, double[][] lowerInverse) implements Serializable {
    /** Changes the p+1 values of one row in place. */
    void change(double[] row, int at) {
        int p = beta.length;
        double e = row[at + p];
        for (int j = 0; j < p; j++) {
            e -= row[at + j] * beta[j];
        }
        row[at + p] = e;
        if (lowerInverse != null) {
            for (int j = p - 1; j >= 0; j--) {
                double[] l = lowerInverse[j];
                double s = 0;
                for (int i = 0; i <= j; i++) {
                    s += l[i] * row[at + i];
                }
                row[at + j] = s;
            }
        }
    }

    /** Packed cross-products of [x y] as the full matrix of those of the new columns. */
    double[][] changed(double[] packed, int side) {
        double[][] m = Packed.unpack(packed, side);
        for (int pass = 0; pass < 2; pass++) {
            for (double[] row : m) {
                change(row, 0);
            }
            for (int i = 0; i < side; i++) {
                for (int j = 0; j < i; j++) {
                    double t = m[i][j];
                    m[i][j] = m[j][i];
                    m[j][i] = t;
                }
            }
        }
        return m;
    }
}
