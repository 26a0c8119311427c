package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Autoregression of order p: e_t = φ_1 e_{t−1} + ... + φ_p e_{t−p} + u_t. The parameters are the inverse hyperbolic tangents
 * of the partial autocorrelations, so that every process is stationary. σ² is the variance of e.
 *
 * <p>Order 1 works gap by gap. For a higher order and n > p consecutive times the elements of R⁻¹ are, with a_0 = 1,
 * a_j = −φ_j, v the variance of u over that of e, S_k(m) = Σ_{j≤m} a_j a_{j+k} / v (I. Gohberg and A. Semencul, 1972):
 *
 * <pre>
 *   R⁻¹_{s,s+k} = S_k(min(s, p−k)) + S_k(min(n−1−s−k, p−k)) − S_k(p−k)     for k ≤ p, rows counted from 0
 * </pre>
 *
 * and zero further off the diagonal: a few components for a series of any length. Series with gaps are inverted whole.
 */
public record Ar(int order) implements Stationary {
    /** First number of the key of series of consecutive times; the second is their length. Times start at 0. */
    private static final double CONSECUTIVE = -1;

    @Override
    public int parameters() {
        return order;
    }

    @Override
    public String title() {
        return "AR(" + order + ")";
    }

    @Override
    public boolean wholeTimes() {
        return true;
    }

    @Override
    public void decompose(double[] times, Decomposition decomposition) {
        int n = times.length;
        if (order == 1) {
            Gaps.decompose(times, decomposition);
        } else if (n > order && times[n - 1] - times[0] == n - 1) {
            decomposition.piece(new Piece(CONSECUTIVE, n), 1);
            for (int k = 0; k <= order; k++) {
                for (int s = 0; s + k < n; s++) {
                    double half = k == 0 ? 0.5 : 1;
                    decomposition.add(component(k, Math.min(s, order - k)), s, s + k, half);
                    decomposition.add(component(k, Math.min(n - 1 - s - k, order - k)), s, s + k, half);
                    decomposition.add(component(k, order - k), s, s + k, -half);
                }
            }
        } else {
            DensePieces.decompose(new Piece(DensePieces.sinceFirst(times)), n, decomposition);
        }
    }

    /** Components (k, 0), ..., (k, p−k) for each lag k. */
    private int component(int lag, int m) {
        return lag * (order + 1) - lag * (lag - 1) / 2 + m;
    }

    private static boolean consecutive(Piece piece) {
        return piece.key()[0] == CONSECUTIVE;
    }

    @Override
    public int components(Piece piece) {
        if (order == 1) {
            return Gaps.components(piece);
        }
        int n = consecutive(piece) ? order + 1 : piece.key().length;
        return n * (n + 1) / 2;
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        Jet[] partial = Arrays.stream(a).map(Jet::tanh).toArray(Jet[]::new);
        if (order == 1) {
            return Gaps.coefficients(piece, partial[0], one);
        }
        if (consecutive(piece)) {
            return consecutive((int) piece.key()[1], partial, one);
        }
        return DensePieces.invert(correlations(piece.key(), a, one), one);
    }

    @Override
    public Jet[][] correlations(double[] times, Jet[] a, Jet one) {
        Jet[] partial = Arrays.stream(a).map(Jet::tanh).toArray(Jet[]::new);
        return DensePieces.stationary(times,
                DurbinLevinson.autocorrelations(partial, (int) times[times.length - 1], one), one);
    }

    private Coefficients consecutive(int n, Jet[] partial, Jet one) {
        Jet[] phi = DurbinLevinson.coefficients(partial);
        Jet innovation = one;
        Jet logDeterminant = one.plus(-1);
        for (int k = 0; k < order; k++) {
            Jet rest = one.minusProduct(partial[k], partial[k]);
            innovation = innovation.times(rest);
            logDeterminant = logDeterminant.plus(rest.log().times(n - 1 - k));
        }
        Jet[] components = new Jet[component(order, 0) + 1];
        for (int k = 0; k <= order; k++) {
            Jet sum = one.plus(-1);
            for (int m = 0; m <= order - k; m++) {
                Jet left = m == 0 ? one : phi[m - 1].times(-1);
                Jet right = m + k == 0 ? one : phi[m + k - 1].times(-1);
                sum = sum.plus(left.times(right));
                components[component(k, m)] = sum.over(innovation);
            }
        }
        return new Coefficients(components, logDeterminant);
    }

    @Override
    public List<Element> elements() {
        List<Element> all = new ArrayList<>();
        if (order == 1) {
            all.add(Element.parameter("rho", Element.Kind.CORRELATION));
        } else {
            IntStream.rangeClosed(1, order).forEach(j -> all.add(Element.parameter("phi" + j, Element.Kind.COEFFICIENT)));
        }
        all.add(Element.variance("e", 0));
        return all;
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        Jet[] phi = DurbinLevinson.coefficients(Arrays.stream(a).map(Jet::tanh).toArray(Jet[]::new));
        Jet[] all = Arrays.copyOf(phi, order + 1);
        all[order] = variance;
        return all;
    }

    @Override
    public List<String> parameterNames() {
        return IntStream.rangeClosed(1, order).mapToObj(j -> "r_atr" + j).toList();
    }
}
