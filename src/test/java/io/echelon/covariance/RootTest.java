package io.echelon.covariance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The square root of every structure: R R' = Σ, and its derivatives against central differences. */
class RootTest {
    private static final double NONE = Double.NaN;

    private static Stream<Covariance> structures() {
        return Stream.of(new Independent(3), new Identity(3), new Exchangeable(1), new Exchangeable(3), new Unstructured(3),
                new Unstructured(3, List.of(2, 0, 1)),
                new Pattern(new double[][] {{1, NONE, NONE}, {NONE, 2, NONE}, {NONE, NONE, 1}}),
                new Pattern(new double[][] {{1, 3, NONE}, {3, 2, 4}, {NONE, 4, 1}}),
                new Fixed(new double[][] {{NONE, 0.2, NONE}, {0.2, 1.5, 0}, {NONE, 0, NONE}}),
                new Fixed(new double[][] {{4, 0}, {0, NONE}}));
    }

    private static double[] parameters(Covariance c) {
        double[] natural = new double[c.parameters()];
        for (int k = 0; k < natural.length; k++) {
            double[][] b = c.basis(k);
            boolean variance = false;
            for (int i = 0; i < b.length; i++) {
                variance |= b[i][i] != 0;
            }
            natural[k] = variance ? 1.3 + 0.2 * k : 0.15 * (k % 2 == 0 ? 1 : -1);
        }
        return c.unconstrained(natural);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void squareOfTheRootIsTheMatrix(Covariance c) {
        double[] a = parameters(c);
        double[][] sigma = c.matrix(c.natural(a));
        double[][] r = c.root(a).orElseThrow().value();
        double[][] natural = c.naturalRoot(c.natural(a)).orElseThrow().value();
        for (int i = 0; i < sigma.length; i++) {
            for (int j = 0; j < sigma.length; j++) {
                double s = 0;
                double t = 0;
                for (int k = 0; k < sigma.length; k++) {
                    s += r[i][k] * r[j][k];
                    t += natural[i][k] * natural[j][k];
                }
                assertEquals(sigma[i][j], s, 1e-14);
                assertEquals(sigma[i][j], t, 1e-14);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("structures")
    void derivativesEqualDifferences(Covariance c) {
        check(parameters(c), c::root);
        check(c.natural(parameters(c)), c::naturalRoot);
    }

    private interface Roots {
        java.util.Optional<Root> at(double[] a);
    }

    private static void check(double[] a, Roots roots) {
        double h = 1e-5;
        Root root = roots.at(a).orElseThrow();
        for (int k = 0; k < a.length; k++) {
            double[] up = a.clone();
            double[] down = a.clone();
            up[k] += h;
            down[k] -= h;
            Root right = roots.at(up).orElseThrow();
            Root left = roots.at(down).orElseThrow();
            for (int i = 0; i < root.value().length; i++) {
                for (int j = 0; j < root.value().length; j++) {
                    assertEquals((right.value()[i][j] - left.value()[i][j]) / (2 * h), root.first()[k][i][j], 1e-9);
                    for (int m = 0; m < a.length; m++) {
                        double second = root.second() == null ? 0 : root.second()[k][m][i][j];
                        assertEquals((right.first()[m][i][j] - left.first()[m][i][j]) / (2 * h), second, 1e-8);
                    }
                }
            }
        }
    }

    @Test
    void noRootOfAMatrixThatIsNoCovariance() {
        assertTrue(new Unstructured(2).naturalRoot(new double[] {1, 1, 1.5}).isEmpty());
    }
}
