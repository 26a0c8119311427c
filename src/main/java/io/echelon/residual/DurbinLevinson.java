package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.Arrays;

/**
 * Autoregressive coefficients from partial autocorrelations between −1 and 1, one to one onto the stationary processes
 * (J. Durbin, 1960; O. Barndorff-Nielsen and G. Schou, J. Multivariate Analysis 3, 1973).
 */
final class DurbinLevinson {
    private DurbinLevinson() {}

    /** φ_1, ..., φ_p of the partial autocorrelations: φ_kj = φ_{k−1,j} − π_k φ_{k−1,k−j}. */
    static Jet[] coefficients(Jet[] partial) {
        Jet[] phi = {};
        for (int k = 0; k < partial.length; k++) {
            Jet[] next = new Jet[k + 1];
            for (int j = 0; j < k; j++) {
                next[j] = phi[j].minusProduct(partial[k], phi[k - 1 - j]);
            }
            next[k] = partial[k];
            phi = next;
        }
        return phi;
    }

    /** Autocorrelations at lags 0, ..., last. */
    static Jet[] autocorrelations(Jet[] partial, int last, Jet one) {
        Jet[] r = new Jet[last + 1];
        r[0] = one;
        Jet innovation = one;
        Jet[] phi = {};
        for (int k = 1; k <= last; k++) {
            Jet sum = one.plus(-1);
            for (int j = 0; j < phi.length; j++) {
                sum = sum.plus(phi[j].times(r[k - 1 - j]));
            }
            if (k <= partial.length) {
                sum = sum.plus(partial[k - 1].times(innovation));
                innovation = innovation.minusProduct(innovation, partial[k - 1].times(partial[k - 1]));
                phi = coefficients(Arrays.copyOf(partial, k));
            }
            r[k] = sum;
        }
        return r;
    }
}
