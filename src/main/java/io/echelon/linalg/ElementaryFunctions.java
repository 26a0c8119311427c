package io.echelon.linalg;

import java.lang.reflect.InvocationTargetException;

/**
 * Exponentials and logarithms of the first n entries of an array, each replaced by its function value to within two units in the
 * last place. What lies behind them, up to the next multiple of {@link #LANES}, may be overwritten: arrays that have
 * {@link #room} for it are worked on in whole vectors.
 */
public interface ElementaryFunctions {
    /** Numbers in the widest vector there is. */
    int LANES = 8;

    /** e^a. */
    void exp(double[] a, int n);

    /** log a. */
    void log(double[] a, int n);

    /** log(1 + a), a ≥ 0, to full relative precision. */
    void log1p(double[] a, int n);

    /** n rounded up to whole vectors. */
    static int room(int n) {
        return Math.multiplyExact((n + LANES - 1) / LANES, LANES);
    }

    /** By the Vector API where this Java was started with {@code --add-modules jdk.incubator.vector}, one by one otherwise. */
    static ElementaryFunctions fastest() {
        return Choice.FASTEST;
    }

    /** Looks for the module once, at first use. */
    final class Choice {
        private static final String MODULE = "jdk.incubator.vector";
        /** Compiled apart (src/vector), and never loaded where the module is absent. */
        private static final String VECTOR_FUNCTIONS = "io.echelon.linalg.VectorFunctions";
        private static final ElementaryFunctions FASTEST =
                ModuleLayer.boot().findModule(MODULE).isPresent() ? vectorFunctions() : new ScalarFunctions();

        private Choice() {}

        private static ElementaryFunctions vectorFunctions() {
            try {
                return (ElementaryFunctions) Class.forName(VECTOR_FUNCTIONS).getDeclaredConstructor().newInstance();
            } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException
                    | InvocationTargetException e) {
                throw new IllegalStateException(VECTOR_FUNCTIONS + " is missing from this build", e);
            }
        }
    }
}
