package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.List;

/** A structure with a variance for each time and covariances free up to some order: all it does goes through its factor. */
sealed interface Factored extends Residual permits Unstructured, Banded {
    /** The triangular factor by which the parameters keep the matrix positive definite. */
    BandedFactor factor();

    @Override
    default int parameters() {
        return factor().parameters();
    }

    @Override
    default int products() {
        return factor().products();
    }

    @Override
    default void addProducts(Piece piece, double count, double[] quadratic, double[] sums) {
        factor().addProducts(piece, count, quadratic, sums);
    }

    @Override
    default double[] start(double[] sums, double shrinkage) {
        return factor().start(sums, shrinkage);
    }

    @Override
    default void decompose(double[] series, Decomposition decomposition) {
        factor().decompose(series, decomposition);
    }

    @Override
    default int components(Piece piece) {
        int n = piece.key().length;
        return n * (n + 1) / 2;
    }

    @Override
    default Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        return factor().coefficients(piece, a, one);
    }

    @Override
    default List<Element> elements() {
        return factor().elements();
    }

    @Override
    default Jet[] natural(Jet[] a, Jet variance) {
        return factor().natural(a, variance);
    }

    @Override
    default List<String> parameterNames() {
        return factor().parameterNames();
    }
}
