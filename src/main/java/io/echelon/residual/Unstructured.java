package io.echelon.residual;

/**
 * All variances and covariances of the residuals at T times distinct.
 *
 * @param times the times, increasing
 */
public record Unstructured(double[] times) implements Factored {
    @Override
    public BandedFactor factor() {
        return new BandedFactor(times, times.length - 1);
    }

    @Override
    public String title() {
        return "Unstructured";
    }
}
