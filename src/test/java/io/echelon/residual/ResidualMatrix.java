package io.echelon.residual;

import io.echelon.linalg.Jet;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** R of a structure, from the inverse that {@link ResidualTest} compares with its definition. */
public final class ResidualMatrix {
    private ResidualMatrix() {}

    /** R at parameters a for increasing times. */
    public static RealMatrix of(Residual residual, double[] a, double[] times) {
        RealMatrix inverse = MatrixUtils.createRealMatrix(times.length, times.length);
        residual.decompose(times, new Decomposition() {
            private Coefficients now;

            @Override
            public void piece(Piece piece, int count) {
                now = residual.coefficients(piece, Jet.constants(a), Jet.constant(1, 0));
            }

            @Override
            public void add(int component, int s, int t, double factor) {
                double f = factor * now.components()[component].value();
                inverse.addToEntry(s, t, f);
                inverse.addToEntry(t, s, f);
            }

            @Override
            public void addIdentity(int component, double factor) {
                for (int s = 0; s < times.length; s++) {
                    inverse.addToEntry(s, s, factor * now.components()[component].value());
                }
            }

            @Override
            public void addOnes(int component) {
                for (int s = 0; s < times.length; s++) {
                    for (int t = 0; t < times.length; t++) {
                        inverse.addToEntry(s, t, now.components()[component].value());
                    }
                }
            }
        });
        RealMatrix r = new LUDecomposition(inverse).getSolver().getInverse();
        return r.add(r.transpose()).scalarMultiply(0.5);
    }
}
