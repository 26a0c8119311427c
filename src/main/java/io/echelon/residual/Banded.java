package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.List;

/**
 * A variance for each of T times and covariances between times up to {@code order} places apart, zero beyond.
 *
 * @param times the times, increasing
 * @param order number of bands beside the diagonal
 */
public record Banded(double[] times, int order) implements Residual {
    private BandedFactor factor() {
        return new BandedFactor(times, order);
    }

    @Override
    public int parameters() {
        return factor().parameters();
    }

    @Override
    public String title() {
        return "Banded(" + order + ")";
    }

    @Override
    public int products() {
        return factor().products();
    }

    @Override
    public void addProducts(Piece piece, double count, double[] quadratic, double[] sums) {
        factor().addProducts(piece, count, quadratic, sums);
    }

    @Override
    public double[] start(double[] sums, double shrinkage) {
        return factor().start(sums, shrinkage);
    }

    @Override
    public void decompose(double[] series, Decomposition decomposition) {
        factor().decompose(series, decomposition);
    }

    @Override
    public int components(Piece piece) {
        int n = piece.key().length;
        return n * (n + 1) / 2;
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        return factor().coefficients(piece, a, one);
    }

    @Override
    public List<Element> elements() {
        return factor().elements();
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        return factor().natural(a, variance);
    }

    @Override
    public List<String> parameterNames() {
        return factor().parameterNames();
    }
}
