package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.List;

/** Independent residuals with one variance: R = I. */
public record Independent() implements Residual {
    @Override
    public int parameters() {
        return 0;
    }

    @Override
    public String title() {
        return "Independent";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public void decompose(double[] times, Decomposition decomposition) {
        Gaps.identity(decomposition);
    }

    @Override
    public int components(Piece piece) {
        return 1;
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        return Gaps.identity(one);
    }

    @Override
    public List<Element> elements() {
        return List.of(Element.variance("e", 0));
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        return new Jet[] {variance};
    }

    @Override
    public List<String> parameterNames() {
        return List.of();
    }
}
