package io.echelon.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;

/** The scale g on which a confidence interval is symmetric: g(limit) = g(estimate) ± z g'(estimate) se. */
enum IntervalScale {
    IDENTITY(x -> x, x -> x, x -> 1),
    LOG(Math::log, Math::exp, x -> 1 / x),
    ATANH(x -> 0.5 * Math.log((1 + x) / (1 - x)), Math::tanh, x -> 1 / (1 - x * x)),
    LOGIT(x -> Math.log(x / (1 - x)), x -> 1 / (1 + Math.exp(-x)), x -> 1 / (x * (1 - x)));

    private final DoubleUnaryOperator to;
    private final DoubleUnaryOperator from;
    private final DoubleUnaryOperator slope;

    IntervalScale(DoubleUnaryOperator to, DoubleUnaryOperator from, DoubleUnaryOperator slope) {
        this.to = to;
        this.from = from;
        this.slope = slope;
    }

    /** A limit z standard errors away from the estimate. */
    double limit(double estimate, double stdError, double z) {
        return from.applyAsDouble(to.applyAsDouble(estimate) + z * slope.applyAsDouble(estimate) * stdError);
    }

    /** The scale that gives the interval of a parameter at this quantile. */
    static IntervalScale of(VarianceComponent c, double z) {
        return Arrays.stream(values()).min(Comparator.comparingDouble(s -> s.distance(c, z))).orElseThrow();
    }

    private double distance(VarianceComponent c, double z) {
        double d = Math.abs(limit(c.estimate(), c.stdError(), z) - c.confHigh())
                + Math.abs(limit(c.estimate(), c.stdError(), -z) - c.confLow());
        return Double.isNaN(d) ? Double.MAX_VALUE : d;
    }
}
