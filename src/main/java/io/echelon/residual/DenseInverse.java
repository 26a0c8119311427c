package io.echelon.residual;

import java.util.function.Function;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** R⁻¹ of some rows put together from its pieces as an n×n matrix, and R. */
public final class DenseInverse implements Decomposition {
    private final Function<Piece, Coefficients> coefficients;
    private final RealMatrix inverse;
    private Coefficients now;

    /** Zero, for n rows and the coefficients of each piece. */
    public DenseInverse(int n, Function<Piece, Coefficients> coefficients) {
        this.coefficients = coefficients;
        inverse = MatrixUtils.createRealMatrix(n, n);
    }

    @Override
    public void piece(Piece piece, int times) {
        now = coefficients.apply(piece);
    }

    @Override
    public void add(int component, int s, int t, double factor) {
        double f = factor * now.components()[component].value();
        inverse.addToEntry(s, t, f);
        inverse.addToEntry(t, s, f);
    }

    @Override
    public void addIdentity(int component, double factor) {
        for (int s = 0; s < inverse.getRowDimension(); s++) {
            inverse.addToEntry(s, s, factor * now.components()[component].value());
        }
    }

    @Override
    public void addOnes(int component) {
        for (int s = 0; s < inverse.getRowDimension(); s++) {
            for (int t = 0; t < inverse.getRowDimension(); t++) {
                inverse.addToEntry(s, t, now.components()[component].value());
            }
        }
    }

    /** R, symmetric to the last digit. */
    public RealMatrix covariance() {
        RealMatrix r = new LUDecomposition(inverse).getSolver().getInverse();
        return r.add(r.transpose()).scalarMultiply(0.5);
    }
}
