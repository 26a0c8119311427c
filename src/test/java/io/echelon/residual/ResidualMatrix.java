package io.echelon.residual;

import io.echelon.linalg.Jet;
import org.hipparchus.linear.RealMatrix;

/** R of a structure, from the inverse that {@link ResidualTest} compares with its definition. */
public final class ResidualMatrix {
    private ResidualMatrix() {}

    /** R at parameters a for increasing times. */
    public static RealMatrix of(Residual residual, double[] a, double[] times) {
        DenseInverse inverse = new DenseInverse(times.length, piece ->
                residual.coefficients(piece, Jet.constants(a), Jet.constant(1, 0)));
        residual.decompose(times, inverse);
        return inverse.covariance();
    }
}
