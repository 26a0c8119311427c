package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moving average of order q: e_t = u_t + θ_1 u_{t−1} + ... + θ_q u_{t−q}. The parameters are the inverse hyperbolic tangents of
 * numbers that play the part of partial autocorrelations, so that every process is invertible. σ² is the variance of e.
 */
public record Ma(int order) implements Stationary {
    @Override
    public int parameters() {
        return order;
    }

    @Override
    public String title() {
        return "MA(" + order + ")";
    }

    @Override
    public boolean wholeTimes() {
        return true;
    }

    @Override
    public void decompose(double[] times, Decomposition decomposition) {
        DensePieces.decompose(new Piece(DensePieces.sinceFirst(times)), times.length, decomposition);
    }

    @Override
    public int components(Piece piece) {
        int n = piece.key().length;
        return n * (n + 1) / 2;
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        return DensePieces.invert(correlations(piece.key(), a, one), one);
    }

    @Override
    public Jet[][] correlations(double[] times, Jet[] a, Jet one) {
        Jet[] theta = theta(a);
        Jet[] covariance = new Jet[order + 1];
        for (int k = 0; k <= order; k++) {
            Jet sum = k == 0 ? one : theta[k - 1];
            for (int j = 1; j + k <= order; j++) {
                sum = sum.plus(theta[j - 1].times(theta[j + k - 1]));
            }
            covariance[k] = sum;
        }
        Jet[] correlation = Arrays.stream(covariance).map(c -> c.over(covariance[0])).toArray(Jet[]::new);
        return DensePieces.stationary(times, correlation, one);
    }

    private static Jet[] theta(Jet[] a) {
        Jet[] phi = DurbinLevinson.coefficients(Arrays.stream(a).map(j -> j.tanh().times(-1)).toArray(Jet[]::new));
        return Arrays.stream(phi).map(j -> j.times(-1)).toArray(Jet[]::new);
    }

    @Override
    public List<Element> elements() {
        List<Element> all = new ArrayList<>();
        IntStream.rangeClosed(1, order).forEach(j -> all.add(Element.parameter("theta" + j,
                order == 1 ? Element.Kind.CORRELATION : Element.Kind.COEFFICIENT)));
        all.add(Element.variance("e", 0));
        return all;
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        Jet[] all = Arrays.copyOf(theta(a), order + 1);
        all[order] = variance;
        return all;
    }

    @Override
    public List<String> parameterNames() {
        return IntStream.rangeClosed(1, order).mapToObj(j -> "r_att" + j).toList();
    }
}
