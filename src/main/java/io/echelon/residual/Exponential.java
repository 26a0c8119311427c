package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.List;

/**
 * Correlation ρ^d between rows d apart in time, which need not be whole: ρ = 1/(1 + exp(−a)).
 *
 * @param gap a typical time between neighbours, over which the correlation is taken to be one half at the start
 */
public record Exponential(double gap) implements Stationary {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public String title() {
        return "Exponential";
    }

    @Override
    public double[] start() {
        double rho = Math.pow(0.5, 1 / gap);
        return new double[] {Math.log(rho / -Math.expm1(Math.log(0.5) / gap))};
    }

    @Override
    public void decompose(double[] times, Decomposition decomposition) {
        Gaps.decompose(times, decomposition);
    }

    @Override
    public int components(Piece piece) {
        return Gaps.components(piece);
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        return Gaps.coefficients(piece, a[0].logistic(), one);
    }

    @Override
    public Jet[][] correlations(double[] times, Jet[] a, Jet one) {
        Jet rho = a[0].logistic();
        Jet[][] r = new Jet[times.length][times.length];
        for (int s = 0; s < r.length; s++) {
            for (int t = 0; t <= s; t++) {
                r[s][t] = s == t ? one : rho.power(times[s] - times[t]);
                r[t][s] = r[s][t];
            }
        }
        return r;
    }

    @Override
    public List<Element> elements() {
        return List.of(Element.parameter("rho", Element.Kind.SHARE), Element.variance("e", 0));
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        return new Jet[] {a[0].logistic(), variance};
    }

    @Override
    public List<String> parameterNames() {
        return List.of("r_logitr1");
    }
}
