package io.echelon.postestimation;

import java.util.function.DoubleUnaryOperator;

/**
 * ∫ f(η + s t) φ(t) dt, φ the standard normal density: the mean of a function of the linear predictor over random effects,
 * whose sum is normal with variance s². By the trapezoidal rule, which converges faster than any power of its step for
 * such integrands (Trefethen and Weideman, SIAM Review 56, 2014); the step is halved until the value stands still.
 */
final class NormalMean {
    /** The density beyond holds less than 1e-32. */
    private static final double REACH = 12;
    private static final double STEP = 0.5;
    private static final int HALVINGS = 9;
    private static final double SETTLED = 1e-12;
    private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

    private NormalMean() {}

    static double of(DoubleUnaryOperator f, double eta, double s) {
        if (!(s > 0)) {
            return f.applyAsDouble(eta);
        }
        double step = STEP;
        double sum = points(f, eta, s, 0, step);
        double value = step * sum;
        for (int h = 0; h < HALVINGS; h++) {
            sum += points(f, eta, s, step / 2, step);
            step /= 2;
            double next = step * sum;
            if (Math.abs(next - value) <= SETTLED * Math.abs(next)) {
                return next;
            }
            value = next;
        }
        return value;
    }

    private static double points(DoubleUnaryOperator f, double eta, double s, double first, double step) {
        double sum = 0;
        int n = (int) Math.floor((REACH - first) / step);
        for (int k = 0; k <= n; k++) {
            double t = first + k * step;
            double density = INV_SQRT_2PI * Math.exp(-0.5 * t * t);
            sum += density * f.applyAsDouble(eta + s * t);
            if (t > 0) {
                sum += density * f.applyAsDouble(eta - s * t);
            }
        }
        return sum;
    }
}
