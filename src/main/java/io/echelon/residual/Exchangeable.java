package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.List;

/**
 * One correlation ρ = tanh(a) between all rows of a series. R⁻¹ = I/(1−ρ) − 11'ρ/((1−ρ)(1+(n−1)ρ)), which is positive
 * definite for ρ > −1/(n−1).
 */
public record Exchangeable() implements Residual {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public String title() {
        return "Exchangeable";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public void decompose(double[] times, Decomposition decomposition) {
        decomposition.piece(new Piece(times.length), 1);
        decomposition.addIdentity(0, 1);
        decomposition.addOnes(1);
    }

    @Override
    public int components(Piece piece) {
        return 2;
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        double n = piece.key()[0];
        Jet rho = a[0].tanh();
        Jet small = one.minus(rho);
        Jet large = rho.times(n - 1).plus(1);
        Jet diagonal = small.reciprocal();
        Jet logDeterminant = large.value() > 0 ? small.log().times(n - 1).plus(large.log()) : one.times(Double.NaN);
        return new Coefficients(new Jet[] {diagonal, rho.times(diagonal).over(large).times(-1)}, logDeterminant);
    }

    @Override
    public List<Element> elements() {
        return List.of(Element.variance("e", 0), Element.covariance("e", 1, 0));
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        return new Jet[] {variance, variance.times(a[0].tanh())};
    }

    @Override
    public List<String> parameterNames() {
        return List.of("r_atr1");
    }
}
