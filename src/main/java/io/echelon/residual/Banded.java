package io.echelon.residual;

/**
 * A variance for each of T times and covariances between times up to {@code order} places apart, zero beyond.
 *
 * @param times the times, increasing
 * @param order number of bands beside the diagonal
 */
public record Banded(double[] times, int order) implements Factored {
    @Override
    public BandedFactor factor() {
        return new BandedFactor(times, order);
    }

    @Override
    public String title() {
        return "Banded(" + order + ")";
    }
}
