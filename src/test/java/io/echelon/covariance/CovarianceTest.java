package io.echelon.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every covariance structure. */
class CovarianceTest {
    private static final double NONE = Double.NaN;

    static Stream<Covariance> structures() {
        return Stream.of(new Independent(3), new Identity(3), new Exchangeable(1), new Exchangeable(4),
                new Unstructured(1), new Unstructured(4), new Unstructured(4).ordered(new double[] {1, 5, 0.2, 3}),
                new Pattern(new double[][] {{1, 3, NONE}, {3, 1, NONE}, {NONE, NONE, 2}}),
                new Fixed(new double[][] {{2, NONE, 0}, {NONE, NONE, 0.1}, {0, 0.1, 1}}));
    }

    private static double[] parameters(Covariance c) {
        return new Random(5).doubles(c.parameters(), 0.3, 1.5).toArray();
    }

    @ParameterizedTest
    @MethodSource("structures")
    void derivativesEqualDifferences(Covariance c) {
        double[] a = parameters(c);
        double[][] jacobian = c.jacobian(a);
        double step = 1e-4;
        for (int i = 0; i < a.length; i++) {
            double[] up = a.clone();
            double[] down = a.clone();
            up[i] += step;
            down[i] -= step;
            for (int k = 0; k < a.length; k++) {
                double slope = (c.natural(up)[k] - c.natural(down)[k]) / (2 * step);
                assertEquals(slope, jacobian[k][i], 1e-9);
                for (int j = 0; j < a.length; j++) {
                    double second = (c.jacobian(up)[k][j] - c.jacobian(down)[k][j]) / (2 * step);
                    assertEquals(second, c.curvature(k)[i][j], 1e-9);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("structures")
    void unconstrainedParametersInvertNaturalOnes(Covariance c) {
        double[] a = parameters(c);
        assertArrayEquals(a, c.unconstrained(c.natural(a)), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void matrixIsLinearInNaturalParametersAndSymmetric(Covariance c) {
        double[] natural = c.natural(parameters(c));
        double[][] sigma = c.matrix(natural);
        for (int k = 0; k < natural.length; k++) {
            double[] moved = natural.clone();
            moved[k] += 1;
            double[][] other = c.matrix(moved);
            for (int i = 0; i < sigma.length; i++) {
                for (int j = 0; j < sigma.length; j++) {
                    assertEquals(sigma[i][j], sigma[j][i]);
                    assertEquals(c.basis(k)[i][j], other[i][j] - sigma[i][j], 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("structures")
    void aVanishingRootMakesTheMatrixSingular(Covariance c) {
        for (int i = 0; i < c.roots(); i++) {
            double[] a = parameters(c);
            a[i] = 0;
            double[] natural = c.natural(a);
            double[] back = c.natural(c.unconstrained(natural));
            assertArrayEquals(natural, back, 1e-12, "root " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("structures")
    void componentsReadTheMatrix(Covariance c) {
        List<String> names = List.of("x1", "x2", "x3", "_cons").subList(0, c.dimension());
        List<Covariance.Component> components = c.components(names);
        assertTrue(components.get(0).variance());
        long variances = components.stream().filter(Covariance.Component::variance).count();
        for (int i = 0; i < variances; i++) {
            assertTrue(components.get(i).variance(), "variances come first");
        }
    }

    @Test
    void namesAreThoseOfTheManual() {
        List<String> names = List.of("week", "_cons");
        assertEquals(List.of("var(week)", "var(_cons)", "cov(week,_cons)"),
                new Unstructured(2).components(names).stream().map(Covariance.Component::label).toList());
        assertEquals(List.of("var(week _cons)", "cov(week,_cons)"),
                new Exchangeable(2).components(names).stream().map(Covariance.Component::label).toList());
        assertEquals("sd(week _cons)", new Identity(2).components(names).get(0).deviationLabel());
        assertEquals("corr(week,_cons)", new Unstructured(2).components(names).get(2).deviationLabel());
        assertEquals("atr1_1_1_2", new Unstructured(2).components(names).get(2).estimationLabel(1, 1));
        assertEquals("lns2_1_1", new Identity(1).components(List.of("_cons")).get(0).estimationLabel(2, 1));
    }

    @Test
    void matricesOfPatternsMustBeSymmetricAndKeepVariancesApart() {
        assertThrows(EchelonException.class, () -> new Pattern(new double[][] {{1, 2}, {3, 1}}));
        assertThrows(EchelonException.class, () -> new Pattern(new double[][] {{1, 1}, {1, 2}}));
        assertThrows(EchelonException.class, () -> new Fixed(new double[][] {{1, 2, 3}, {2, 1, 3}}));
        assertThrows(EchelonException.class, () -> new Fixed(new double[][] {{-1}}));
    }

    @Test
    void indefiniteMatricesAreInfeasible() {
        Covariance pattern = new Pattern(new double[][] {{1, 2}, {2, 1}});
        assertTrue(pattern.feasible(new double[] {1, 0.9}));
        assertTrue(!pattern.feasible(new double[] {1, 1.1}));
        assertTrue(Arrays.stream(new double[] {-1, 1}).allMatch(r -> pattern.feasible(new double[] {1, r})));
    }
}
