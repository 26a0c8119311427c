package io.echelon.residual;

import io.echelon.linalg.Jet;
import io.echelon.linalg.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stationary structure whose series are inverted whole, whatever shorter way there is. With {@code curvature} it has a
 * further parameter ε_ij, at zero, for each pair j ≤ i of parameters a:
 *
 * <pre>
 *   R(a, ε) = R(a) + Σ ε_ij ∂²R/∂a_i∂a_j
 * </pre>
 *
 * whose derivatives give what the second derivatives of the covariance matrix itself do to anything computed from it.
 * Both have the same pieces and components.
 */
record Whole(Stationary base, boolean curvature) implements Residual {
    @Override
    public int parameters() {
        return base.parameters() + (curvature ? Packed.size(base.parameters()) : 0);
    }

    @Override
    public String title() {
        return base.title();
    }

    @Override
    public boolean wholeTimes() {
        return base.wholeTimes();
    }

    @Override
    public double[] start() {
        return Arrays.copyOf(base.start(), parameters());
    }

    @Override
    public void decompose(double[] times, Decomposition decomposition) {
        DensePieces.decompose(new Piece(DensePieces.sinceFirst(times)), times.length, decomposition);
    }

    @Override
    public int components(Piece piece) {
        return Packed.size(piece.key().length);
    }

    @Override
    public Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        int m = base.parameters();
        double[] times = piece.key();
        Jet[][] r = base.correlations(times, Arrays.copyOf(a, m), one);
        if (curvature) {
            Jet[] own = Jet.variables(Arrays.stream(a).limit(m).mapToDouble(Jet::value).toArray());
            Jet[][] bent = base.correlations(times, own, Jet.constant(1, m));
            for (int i = 0; i < m; i++) {
                for (int j = 0; j <= i; j++) {
                    bend(r, bent, a[m + Packed.index(i, j)], i, j);
                }
            }
        }
        return DensePieces.invert(r, one);
    }

    private static void bend(Jet[][] r, Jet[][] bent, Jet epsilon, int i, int j) {
        for (int s = 0; s < r.length; s++) {
            for (int t = 0; t <= s; t++) {
                r[s][t] = r[s][t].plus(epsilon.times(bent[s][t].second(i, j)));
                r[t][s] = r[s][t];
            }
        }
    }

    @Override
    public List<Element> elements() {
        return base.elements();
    }

    @Override
    public Jet[] natural(Jet[] a, Jet variance) {
        return base.natural(Arrays.copyOf(a, base.parameters()), variance);
    }

    @Override
    public List<String> parameterNames() {
        List<String> names = new ArrayList<>(base.parameterNames());
        for (int i = base.parameters(); i < parameters(); i++) {
            names.add("r_eps" + (i - base.parameters() + 1));
        }
        return names;
    }
}
