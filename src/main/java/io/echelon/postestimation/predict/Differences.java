package io.echelon.postestimation.predict;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Derivatives of a smooth function by central differences over nine points (Fornberg, Mathematics of Computation 51,
 * 1988, table 1): errors of order h⁸ in the first two, h⁶ in the third and fourth.
 */
public final class Differences {
    private static final double STEP = 0.04;
    /** A first derivative loses fewer digits. */
    private static final double SLOPE_STEP = 0.01;
    private static final double[][] WEIGHTS = {
        {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280},
        {8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560},
        {-61.0 / 30, 169.0 / 120, -3.0 / 10, 7.0 / 240},
        {-122.0 / 15, 169.0 / 60, -2.0 / 5, 7.0 / 240}};
    private static final double[] CENTRE = {0, -205.0 / 72, 0, 91.0 / 8};

    private Differences() {}

    /** Writes f and its first four derivatives at x to {@code d[0..4]}. */
    static void of(DoubleUnaryOperator f, double x, double[] d) {
        d[0] = f.applyAsDouble(x);
        for (int k = 1; k <= 4; k++) {
            d[k] = CENTRE[k - 1] * d[0];
        }
        for (int i = 1; i <= 4; i++) {
            double up = f.applyAsDouble(x + i * STEP);
            double down = f.applyAsDouble(x - i * STEP);
            for (int k = 1; k <= 4; k++) {
                d[k] += WEIGHTS[k - 1][i - 1] * (k % 2 == 0 ? up + down : up - down);
            }
        }
        double power = 1;
        for (int k = 1; k <= 4; k++) {
            power *= STEP;
            d[k] /= power;
        }
    }

    /** Writes the first derivatives of several functions of x to {@code d}; the array that f returns may be used again. */
    public static void slopes(DoubleFunction<double[]> f, double x, double[] d) {
        Arrays.fill(d, 0);
        for (int i = 1; i <= 4; i++) {
            for (int side = -1; side <= 1; side += 2) {
                double[] values = f.apply(x + side * i * SLOPE_STEP);
                for (int k = 0; k < d.length; k++) {
                    d[k] += side * WEIGHTS[0][i - 1] / SLOPE_STEP * values[k];
                }
            }
        }
    }
}
