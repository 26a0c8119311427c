package io.echelon.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The functions in force here (the Vector API where this Java has the module) against those of {@link StrictMath}. */
class ElementaryFunctionsTest {
    /** Often enough for the optimizing compiler, which alone uses the instructions of the machine. */
    private static final int TURNS = 3000;

    private interface OfArray {
        void apply(double[] a, int n);
    }

    private final ElementaryFunctions functions = ElementaryFunctions.fastest();
    private final Random random = new Random(4);

    @Test
    void theModuleDecides() {
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertEquals(module ? "VectorFunctions" : "ScalarFunctions", functions.getClass().getSimpleName());
    }

    @Test
    void exponentialsFromTailToTail() {
        compare(functions::exp, StrictMath::exp, 760);
        compare(functions::exp, StrictMath::exp, 1);
    }

    @Test
    void logarithmsOfAllSizes() {
        compare((a, n) -> {
            powers(a, n);
            functions.log(a, n);
        }, v -> StrictMath.log(StrictMath.exp(v)), 700);
        compare((a, n) -> {
            powers(a, n);
            functions.log1p(a, n);
        }, v -> StrictMath.log1p(StrictMath.exp(v)), 700);
    }

    private static void powers(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = StrictMath.exp(a[i]);
        }
    }

    /** Of numbers within ±size, in runs with and without room for whole vectors. */
    private void compare(OfArray function, DoubleUnaryOperator exact, double size) {
        for (int turn = 0; turn < TURNS; turn++) {
            int n = 1 + turn % 40;
            double[] a = new double[turn % 3 == 0 ? n : ElementaryFunctions.room(n)];
            double[] given = new double[n];
            for (int i = 0; i < n; i++) {
                given[i] = size * (2 * random.nextDouble() - 1);
                a[i] = given[i];
            }
            function.apply(a, n);
            for (int i = 0; i < n; i++) {
                double expected = exact.applyAsDouble(given[i]);
                near(expected, a[i], "in a run of " + n);
            }
        }
    }

    @Test
    void endsOfTheRange() {
        double inf = Double.POSITIVE_INFINITY;
        each(functions::exp, new double[] {-inf, -800, 0, -0.0, 800, inf, Double.NaN},
                new double[] {0, 0, 1, 1, inf, inf, Double.NaN});
        each(functions::log, new double[] {0, Double.MIN_VALUE, 1, inf, -1, Double.NaN},
                new double[] {-inf, StrictMath.log(Double.MIN_VALUE), 0, inf, Double.NaN, Double.NaN});
        each(functions::log1p, new double[] {0, 1e-300, 1e-17, 1e300}, new double[] {0, 1e-300, 1e-17, StrictMath.log(1e300)});
    }

    private static void each(OfArray function, double[] of, double[] expected) {
        for (int turn = 0; turn < TURNS; turn++) {
            double[] a = new double[ElementaryFunctions.room(of.length)];
            System.arraycopy(of, 0, a, 0, of.length);
            function.apply(a, of.length);
            for (int i = 0; i < of.length; i++) {
                near(expected[i], a[i], "of " + of[i]);
            }
        }
    }

    private static void near(double expected, double actual, String what) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            assertEquals(expected, actual, what);
        } else {
            assertEquals(expected, actual, 2 * Math.ulp(expected), what);
        }
    }
}
