package io.echelon.residual;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One part of the inverse of a correlation matrix, R⁻¹ = Σ_pieces Σ_c f_c E_c: the coefficients f_c depend on the
 * parameters and on this key alone, the matrices E_c of zeros and ones do not depend on the parameters. Series that have a
 * piece in common share its coefficients, and the cross-products W'E_cW of many series add up.
 */
public record Piece(double... key) implements Serializable {
    @Override
    public boolean equals(Object other) {
        return other instanceof Piece piece && Arrays.equals(key, piece.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
