package io.echelon.residual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.linalg.Jet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualTest {
    private static final double[] REGULAR = {3, 4, 5, 6, 7};
    private static final double[] GAPS = {3, 5, 6, 10};
    private static final double[] SINGLE = {4};
    private static final double[] ALL = {3, 4, 5, 6, 7, 10};

    /** Correlation (up to a factor) at two times from the parameters as reported. */
    private interface Kernel {
        double at(double[] natural, double s, double t);
    }

    private static double lag(double s, double t) {
        return Math.abs(s - t);
    }

    private static double ar2(double[] n, double s, double t) {
        double[] r = new double[10];
        r[0] = 1;
        r[1] = n[0] / (1 - n[1]);
        for (int k = 2; k < r.length; k++) {
            r[k] = n[0] * r[k - 1] + n[1] * r[k - 2];
        }
        return n[2] * r[(int) lag(s, t)];
    }

    private static double ma2(double[] n, double s, double t) {
        double v = 1 + n[0] * n[0] + n[1] * n[1];
        double[] r = {1, (n[0] + n[0] * n[1]) / v, n[1] / v};
        return lag(s, t) > 2 ? 0 : n[2] * r[(int) lag(s, t)];
    }

    private static double byElements(Residual residual, double[] n, double s, double t) {
        int i = Arrays.binarySearch(ALL, Math.max(s, t));
        int j = Arrays.binarySearch(ALL, Math.min(s, t));
        for (int k = 0; k < n.length; k++) {
            Element e = residual.elements().get(k);
            if (e.row() == i && e.column() == j) {
                return n[k];
            }
        }
        return 0;
    }

    static Stream<Arguments> structures() {
        Residual unstructured = new Unstructured(ALL);
        Residual banded = new Banded(ALL, 2);
        return Stream.of(
                Arguments.of(new Independent(), new double[0], (Kernel) (n, s, t) -> s == t ? n[0] : 0),
                Arguments.of(new Exchangeable(), new double[] {-0.15}, (Kernel) (n, s, t) -> s == t ? n[0] : n[1]),
                Arguments.of(new Ar(1), new double[] {0.7}, (Kernel) (n, s, t) -> n[1] * Math.pow(n[0], lag(s, t))),
                Arguments.of(new Ar(1), new double[] {-0.7}, (Kernel) (n, s, t) -> n[1] * Math.pow(n[0], lag(s, t))),
                Arguments.of(new Ar(2), new double[] {0.7, -0.4}, (Kernel) ResidualTest::ar2),
                Arguments.of(new Ma(1), new double[] {0.6}, (Kernel) (n, s, t) -> s == t ? n[1]
                        : lag(s, t) == 1 ? n[1] * n[0] / (1 + n[0] * n[0]) : 0),
                Arguments.of(new Ma(2), new double[] {0.7, -0.4}, (Kernel) ResidualTest::ma2),
                Arguments.of(new Toeplitz(3), new double[] {0.4, 0.2, -0.1}, (Kernel) (n, s, t) ->
                        lag(s, t) > 3 ? 0 : n[(int) lag(s, t)]),
                Arguments.of(new Exponential(1.5), new double[] {0.3}, (Kernel) (n, s, t) ->
                        n[1] * Math.pow(n[0], lag(s, t))),
                Arguments.of(unstructured, parameters(unstructured), (Kernel) (n, s, t) -> byElements(unstructured, n, s, t)),
                Arguments.of(banded, parameters(banded), (Kernel) (n, s, t) -> byElements(banded, n, s, t)));
    }

    private static double[] parameters(Residual residual) {
        double[] a = new double[residual.parameters()];
        for (int i = 0; i < a.length; i++) {
            a[i] = 0.3 * Math.sin(i + 1);
        }
        return a;
    }

    /** R⁻¹ and log|R| put together from the pieces. */
    private static final class Sum implements Decomposition {
        private final Residual residual;
        private final Jet[] a;
        private final Jet one;
        private final Jet[][] inverse;
        private Jet logDeterminant;
        private Coefficients now;

        Sum(Residual residual, Jet[] a, double[] times) {
            this.residual = residual;
            this.a = a;
            one = Jet.constant(1, a.length == 0 ? 0 : a[0].variables());
            int n = times.length;
            inverse = new Jet[n][n];
            for (Jet[] row : inverse) {
                Arrays.fill(row, one.plus(-1));
            }
            logDeterminant = one.plus(-1);
            residual.decompose(times, this);
        }

        @Override
        public void piece(Piece piece, int times) {
            now = residual.coefficients(piece, a, one);
            assertEquals(residual.components(piece), now.components().length);
            logDeterminant = logDeterminant.plus(now.logDeterminant().times(times));
        }

        @Override
        public void add(int component, int s, int t, double factor) {
            inverse[s][t] = inverse[s][t].plus(now.components()[component].times(factor));
            inverse[t][s] = inverse[t][s].plus(now.components()[component].times(factor));
        }

        @Override
        public void addIdentity(int component, double factor) {
            for (int s = 0; s < inverse.length; s++) {
                inverse[s][s] = inverse[s][s].plus(now.components()[component].times(factor));
            }
        }

        @Override
        public void addOnes(int component) {
            for (Jet[] row : inverse) {
                for (int t = 0; t < row.length; t++) {
                    row[t] = row[t].plus(now.components()[component]);
                }
            }
        }

        List<Jet> all() {
            List<Jet> all = new ArrayList<>(List.of(logDeterminant));
            for (Jet[] row : inverse) {
                all.addAll(List.of(row));
            }
            return all;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void inverseAndDeterminant(Residual residual, double[] a, Kernel kernel) {
        double variance = 2.5;
        double[] natural = Arrays.stream(residual.natural(Jet.constants(a), Jet.constant(variance, 0)))
                .mapToDouble(Jet::value).toArray();
        for (double[] times : List.of(REGULAR, GAPS, SINGLE)) {
            int n = times.length;
            double[][] r = new double[n][n];
            for (int s = 0; s < n; s++) {
                for (int t = 0; t < n; t++) {
                    r[s][t] = residual.timed() ? kernel.at(natural, times[s], times[t]) : kernel.at(natural, s, t);
                    r[s][t] /= variance;
                }
            }
            LUDecomposition dense = new LUDecomposition(MatrixUtils.createRealMatrix(r));
            RealMatrix inverse = dense.getSolver().getInverse();
            Sum sum = new Sum(residual, Jet.constants(a), times);
            assertEquals(Math.log(dense.getDeterminant()), sum.logDeterminant.value(), 1e-12);
            for (int s = 0; s < n; s++) {
                for (int t = 0; t < n; t++) {
                    assertEquals(inverse.getEntry(s, t), sum.inverse[s][t].value(), 1e-12);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void derivativesEqualDifferences(Residual residual, double[] a, Kernel kernel) {
        for (double[] times : List.of(REGULAR, GAPS)) {
            List<Jet> exact = new Sum(residual, Jet.variables(a), times).all();
            for (int i = 0; i < a.length; i++) {
                double step = 1e-6;
                double[] up = a.clone();
                double[] down = a.clone();
                up[i] += step;
                down[i] -= step;
                List<Jet> high = new Sum(residual, Jet.variables(up), times).all();
                List<Jet> low = new Sum(residual, Jet.variables(down), times).all();
                for (int k = 0; k < exact.size(); k++) {
                    double slope = (high.get(k).value() - low.get(k).value()) / (2 * step);
                    assertEquals(slope, exact.get(k).first(i), 1e-7 * (1 + Math.abs(slope)));
                    for (int j = 0; j < a.length; j++) {
                        double second = (high.get(k).first(j) - low.get(k).first(j)) / (2 * step);
                        assertEquals(second, exact.get(k).second(i, j), 1e-7 * (1 + Math.abs(second)));
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void startIsPositiveDefinite(Residual residual, double[] a, Kernel kernel) {
        Sum sum = new Sum(residual, Jet.constants(residual.start()), REGULAR);
        assertTrue(Math.abs(sum.logDeterminant.value()) < 10);
        assertEquals(residual.parameters(), residual.parameterNames().size());
        assertEquals(residual.elements().size(), residual.natural(Jet.constants(a), Jet.constant(1, 0)).length);
    }

    @Test
    void processesStayStationaryHoweverLargeTheParameters() {
        Sum ar = new Sum(new Ar(3), Jet.constants(new double[] {2.5, -2.4, 2.2}), new double[] {0, 1, 2, 3, 4, 5, 6, 7});
        assertTrue(Double.isFinite(ar.logDeterminant.value()));
        assertTrue(ar.logDeterminant.value() < 0);
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteHasNoDeterminant() {
        double[] negative = {-2};
        assertTrue(Double.isNaN(new Sum(new Exchangeable(), Jet.constants(negative), REGULAR).logDeterminant.value()));
        assertTrue(Double.isNaN(new Sum(new Toeplitz(1), Jet.constants(negative), REGULAR).logDeterminant.value()));
    }
}
