package io.echelon.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.spec.MaximizeOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogarithmicStepTest {
    private static final int EFFECTS = 50;

    private record At(double[] parameters, double value, double[] gradient, double[][] hessian)
            implements Objective.Point {
        @Override
        public boolean[] roots() {
            return new boolean[] {false, true};
        }
    }

    /** Log density of 50 known effects with mean 3 and variance 1e-4 as a function of their mean b and standard deviation a. */
    private static final Objective KNOWN_EFFECTS = x -> {
        double d = 3 - x[0];
        double a = x[1];
        double s = 1e-4 + d * d;
        double f = EFFECTS * (-Math.log(Math.abs(a)) - s / (2 * a * a));
        return Double.isFinite(f) ? Optional.of(new At(x, f,
                new double[] {EFFECTS * d / (a * a), EFFECTS * (-1 / a + s / (a * a * a))},
                new double[][] {{-EFFECTS / (a * a), -2 * EFFECTS * d / (a * a * a)},
                        {-2 * EFFECTS * d / (a * a * a), EFFECTS * (1 / (a * a) - 3 * s / (a * a * a * a))}})) : Optional.empty();
    };

    @Test
    void findsASmallVarianceFromFar() {
        for (double start : new double[] {1, -1, 100}) {
            Maximizer.Result end = new Maximizer(KNOWN_EFFECTS, MaximizeOptions.defaults(), (i, value, note) -> { })
                    .maximize(KNOWN_EFFECTS.at(new double[] {2, start}).orElseThrow());
            assertInstanceOf(Convergence.Maximum.class, end.convergence());
            assertEquals(3, end.point().parameters()[0], 1e-7);
            assertEquals(0.01, Math.abs(end.point().parameters()[1]), 1e-7);
            assertTrue(end.iterations() < 25, "iterations " + end.iterations());
        }
    }

    /** From a = 1 the logarithm would fall by ten thousand times as much as it may; b then takes its own best step. */
    @Test
    void noLogarithmChangesByMoreThanAFactorOfTen() {
        double[] step = LogarithmicStep.at(KNOWN_EFFECTS.at(new double[] {2.999, 1}).orElseThrow()).orElseThrow();
        assertEquals(-0.9, step[1], 1e-12);
        assertTrue(step[0] > 0);
    }

    /** A function that rises to both sides of a has no such step. */
    @Test
    void emptyWhereNotConcaveInLogarithmsEither() {
        At convex = new At(new double[] {0, 1}, 0, new double[] {0, 1}, new double[][] {{-1, 0}, {0, 3}});
        assertTrue(LogarithmicStep.at(convex).isEmpty());
    }
}
