package io.echelon.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.MaximizeOptions.Algorithm;
import io.echelon.spec.MaximizeOptions.Technique;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaximizerTest {
    private record At(double[] parameters, double value, double[] gradient, double[][] hessian)
            implements Objective.Point {}

    private static Objective objective(ToDoubleFunction<double[]> value, Function<double[], double[]> gradient,
                                       Function<double[], double[][]> hessian) {
        return x -> Double.isNaN(value.applyAsDouble(x)) ? Optional.empty()
                : Optional.of(new At(x, value.applyAsDouble(x), gradient.apply(x), hessian.apply(x)));
    }

    /** Rosenbrock's valley, upside down: a maximum of 0 at (1, 1), not concave between. */
    private static final Objective VALLEY = objective(
            x -> -100 * Math.pow(x[1] - x[0] * x[0], 2) - Math.pow(1 - x[0], 2),
            x -> new double[] {400 * x[0] * (x[1] - x[0] * x[0]) + 2 * (1 - x[0]), -200 * (x[1] - x[0] * x[0])},
            x -> new double[][] {{400 * (x[1] - 3 * x[0] * x[0]) - 2, 400 * x[0]}, {400 * x[0], -200}});

    /** −(x² − 1)²: a minimum at 0 between two maxima. */
    private static final Objective TWO_TOPS = objective(x -> -Math.pow(x[0] * x[0] - 1, 2),
            x -> new double[] {-4 * x[0] * (x[0] * x[0] - 1)}, x -> new double[][] {{4 - 12 * x[0] * x[0]}});

    /** A quadratic with its maximum close to zero but not at it. */
    private static final Objective NEAR_ZERO = objective(x -> -100 * Math.pow(x[0] - 3e-6, 2) - Math.pow(x[1] - 1, 2),
            x -> new double[] {-200 * (x[0] - 3e-6), -2 * (x[1] - 1)}, x -> new double[][] {{-200, 0}, {0, -2}});

    /** (0.01 + x²)^−2.05: the first steps from far lead to 0.96 of the mirror image of where they start. */
    private static final Objective MIRRORED = objective(x -> Math.pow(0.01 + x[0] * x[0], -2.05),
            x -> new double[] {-4.1 * x[0] * Math.pow(0.01 + x[0] * x[0], -3.05)},
            x -> new double[][] {{(25.01 * x[0] * x[0] / (0.01 + x[0] * x[0]) - 4.1) * Math.pow(0.01 + x[0] * x[0], -3.05)}});

    private final List<String> log = new ArrayList<>();

    private static MaximizeOptions options(int iterate, boolean difficult, Technique... techniques) {
        MaximizeOptions d = MaximizeOptions.defaults();
        return new MaximizeOptions(0, d.emTolerance(), false, false, false, iterate, d.tolerance(), d.ltolerance(),
                d.nrtolerance(), difficult, List.of(techniques), Optional.empty(), false);
    }

    private Maximizer.Result maximize(Objective objective, MaximizeOptions options, double... start) {
        log.clear();
        return new Maximizer(objective, options, (i, v, note) -> log.add(note))
                .maximize(objective.at(start).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = {"NR", "BFGS", "DFP"})
    void everyAlgorithmFindsTheTop(Algorithm algorithm) {
        Maximizer.Result result = maximize(VALLEY, options(300, false, new Technique(algorithm, 5)), -1.2, 1);
        assertArrayEquals(new double[] {1, 1}, result.point().parameters(), 1e-6);
        assertInstanceOf(Convergence.Maximum.class, result.convergence());
        assertEquals(result.iterations() + 1, log.size());
    }

    /** As the logarithm of a standard deviation of one. */
    @Test
    void stepsAcrossTheMiddleAreShortened() {
        Maximizer.Result result = maximize(MIRRORED, options(100, false, new Technique(Algorithm.NR, 5)), 1.77);
        assertInstanceOf(Convergence.Maximum.class, result.convergence());
        assertEquals(0, result.point().parameters()[0], 1e-6);
        assertTrue(result.iterations() < 12, "iterations " + result.iterations());
    }

    @Test
    void aParameterNearZeroIsAParameterLikeAnyOther() {
        Maximizer.Result result = new Maximizer(NEAR_ZERO, options(50, false, new Technique(Algorithm.NR, 5)),
                (i, v, note) -> { }).maximize(NEAR_ZERO.at(new double[] {1e-7, 0}).orElseThrow());
        assertArrayEquals(new double[] {3e-6, 1}, result.point().parameters(), 1e-12);
    }

    @Test
    void algorithmsTakeTurns() {
        Maximizer.Result result = maximize(VALLEY,
                options(300, false, new Technique(Algorithm.DFP, 3), new Technique(Algorithm.NR, 2)), -1.2, 1);
        assertArrayEquals(new double[] {1, 1}, result.point().parameters(), 1e-6);
    }

    @Test
    void notesSayWhereTheHessianIsNotConcaveAndWhereStepsAreShortened() {
        maximize(VALLEY, options(300, false, new Technique(Algorithm.NR, 5)), -1.2, 1);
        assertTrue(log.contains(Progress.BACKED_UP), log.toString());
        for (boolean difficult : new boolean[] {false, true}) {
            Maximizer.Result result = maximize(TWO_TOPS, options(300, difficult, new Technique(Algorithm.NR, 5)), 0.1);
            assertEquals(Progress.NOT_CONCAVE, log.get(1));
            assertEquals(1, Math.abs(result.point().parameters()[0]), 1e-7);
        }
    }

    @Test
    void iterationsAreLimited() {
        Maximizer.Result result = maximize(VALLEY, options(3, false, new Technique(Algorithm.NR, 5)), -1.2, 1);
        assertEquals(new Convergence.IterationLimit(3), result.convergence());
        assertFalse(result.convergence().converged());
        assertEquals(3, result.iterations());
    }

    @Test
    void unitsOfTheParametersDoNotMatter() {
        double[] unit = {1e6, 1e-6};
        Objective scaled = x -> VALLEY.at(new double[] {x[0] / unit[0], x[1] / unit[1]}).map(p -> {
            double[] g = p.gradient();
            double[][] h = p.hessian();
            for (int i = 0; i < 2; i++) {
                g[i] /= unit[i];
                for (int j = 0; j < 2; j++) {
                    h[i][j] /= unit[i] * unit[j];
                }
            }
            return new At(x, p.value(), g, h);
        });
        Maximizer.Result result = maximize(scaled, options(300, false, new Technique(Algorithm.NR, 5)), -1.2e6, 1e-6);
        assertArrayEquals(new double[] {1e6, 1e-6}, result.point().parameters(), 1e-1);
        assertEquals(1e-6, result.point().parameters()[1], 1e-13);
    }

    @Test
    void aRidgeIsCalledFlat() {
        Objective ridge = objective(x -> -Math.pow(x[0] + x[1] - 3, 2),
                x -> new double[] {-2 * (x[0] + x[1] - 3), -2 * (x[0] + x[1] - 3)},
                x -> new double[][] {{-2, -2}, {-2, -2}});
        Maximizer.Result result = maximize(ridge, options(300, false, new Technique(Algorithm.NR, 5)), 5, 1);
        assertInstanceOf(Convergence.Flat.class, result.convergence());
        assertEquals(3, result.point().parameters()[0] + result.point().parameters()[1], 1e-9);
    }

    @Test
    void pointsWhereTheFunctionIsNotDefinedAreAvoided() {
        Objective half = objective(x -> x[0] > 0 ? Math.log(x[0]) - x[0] : Double.NaN,
                x -> new double[] {1 / x[0] - 1}, x -> new double[][] {{-1 / (x[0] * x[0])}});
        Maximizer.Result result = maximize(half, options(300, false, new Technique(Algorithm.NR, 5)), 5);
        assertEquals(1, result.point().parameters()[0], 1e-8);
        assertTrue(log.contains(Progress.BACKED_UP));
    }

    @Test
    void bhhhIsNotForEverything() {
        assertThrows(EchelonException.class,
                () -> maximize(VALLEY, options(300, false, new Technique(Algorithm.BHHH, 5)), -1.2, 1));
    }
}
