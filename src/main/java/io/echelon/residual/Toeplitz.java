package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.util.FastMath;

/**
 * A covariance for each lag up to m, zero beyond. The parameters are the inverse hyperbolic tangents of the correlations; not
 * all of them make R positive definite, and those that do not have no likelihood.
 */
public record Toeplitz(int order) implements Residual {
    /** Correlation to start from at most. */
    private static final double LARGEST = 0.999;

    @Override
    public int parameters() {
        return order;
    }

    @Override
    public String title() {
        return "Toeplitz(" + order + ")";
    }

    @Override
    public boolean wholeTimes() {
        return true;
    }

    @Override
    public int products() {
        return order + 1;
    }

    @Override
    public void addProducts(Piece piece, double count, double[] quadratic, double[] sums) {
        double[] times = piece.key();
        DensePieces.addProducts(times.length, count, quadratic, sums, (s, t) -> {
            double lag = times[s] - times[t];
            return lag <= order ? (int) lag : -1;
        });
    }

    @Override
    public double[] start(double[] sums, double shrinkage) {
        double[] start = new double[order + 1];
        start[0] = DensePieces.mean(sums, 0);
        for (int k = 1; k <= order; k++) {
            double r = shrinkage * DensePieces.mean(sums, k) / start[0];
            start[k] = FastMath.atanh(Math.max(-LARGEST, Math.min(LARGEST, r)));
        }
        return start;
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
        Jet[] correlation = new Jet[order + 1];
        correlation[0] = one;
        for (int k = 1; k <= order; k++) {
            correlation[k] = a[k - 1].tanh();
        }
        return DensePieces.invert(DensePieces.stationary(piece.key(), correlation, one), one);
    }

    @Override
    public List<Element> elements() {
        List<Element> all = new ArrayList<>();
        all.add(Element.variance("e", 0));
        IntStream.rangeClosed(1, order).forEach(k -> all.add(Element.covariance("lag" + k, k, 0)));
        return all;
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        Jet[] all = new Jet[order + 1];
        all[0] = variance;
        for (int k = 1; k <= order; k++) {
            all[k] = variance.times(a[k - 1].tanh());
        }
        return all;
    }

    @Override
    public List<String> parameterNames() {
        return IntStream.rangeClosed(1, order).mapToObj(k -> "r_atr" + k).toList();
    }
}
