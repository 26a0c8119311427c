package io.echelon.postestimation.predict;

import java.util.function.DoubleUnaryOperator;

/**
 * F(η) = ∫ f(η + s t) φ(t) dt, φ the standard normal density: the mean of a function of the linear predictor over random
 * effects, whose sum is normal with variance s². By the trapezoidal rule, which converges faster than any power of its step
 * for such integrands (Trefethen and Weideman, SIAM Review 56, 2014): halving the step squares the error, so the step is
 * halved until that changes nothing of half the digits wanted. Integration by parts gives derivatives from the same points,
 * F⁽ᵏ⁾(η) = s⁻ᵏ ∫ f(η + s t) Heₖ(t) φ(t) dt, Heₖ the Hermite polynomials orthogonal under φ.
 */
final class NormalMean {
    /** The density beyond holds less than 1e-32. */
    private static final double REACH = 12;
    /** From here on terms are left out where they have become negligible. */
    private static final double NEAR = 8;
    private static final double NEGLIGIBLE = 1e-20;
    private static final int HALVINGS = 10;
    /** Relative change by a halving up to which k-th derivatives stand still: the density alone changes them by (2π)ᵏ 5e-9. */
    private static final double[] SETTLED = {1e-6, 1e-6, 1e-6, 1e-5, 1e-4};
    private static final int HIGHEST = SETTLED.length - 1;
    /** With smaller s the s⁻ᵏ would magnify rounding; differences do not. */
    private static final double LEAST = 0.1;
    private static final int TABULATED = 8;
    private static final double[] DENSITY = new double[(int) REACH * TABULATED + 1];

    static {
        for (int k = 0; k < DENSITY.length; k++) {
            DENSITY[k] = density((double) k / TABULATED);
        }
    }

    private NormalMean() {}

    private static double density(double t) {
        return Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
    }

    /** F(η). */
    static double of(DoubleUnaryOperator f, double eta, double s) {
        return s > 0 ? new Sums(f, eta, s, 1).settled()[0] : f.applyAsDouble(eta);
    }

    /** Writes F and its first four derivatives to {@code d}. */
    static void derivatives(DoubleUnaryOperator f, double eta, double s, double[] d) {
        if (s < LEAST) {
            Differences.of(s > 0 ? e -> of(f, e, s) : f, eta, d);
        } else {
            jet(f, eta, s, HIGHEST, d);
        }
    }

    /** Writes F and its derivatives up to an order to {@code d}; rounding errs in the k-th by 1e-16 √(k!) s⁻ᵏ. */
    static void jet(DoubleUnaryOperator f, double eta, double s, int order, double[] d) {
        double[] moments = new Sums(f, eta, s, order).settled();
        double power = 1;
        for (int k = 0; k <= order; k++) {
            d[k] = moments[k] * power;
            power /= s;
        }
    }

    /** ∫ f(η + s t) Heₖ(t) φ(t) dt for all k up to an order, as sums over points added step by step. */
    private static final class Sums {
        private final DoubleUnaryOperator f;
        private final double eta;
        private final double s;
        private final int order;
        private final double[] sums;
        private double size;

        Sums(DoubleUnaryOperator f, double eta, double s, int order) {
            this.f = f;
            this.eta = eta;
            this.s = s;
            this.order = order;
            sums = new double[order + 1];
        }

        double[] settled() {
            double step = 1;
            add(0, step, TABULATED);
            double[] before = new double[order + 1];
            boolean still = false;
            for (int h = 0; h < HALVINGS && !still; h++) {
                for (int k = 0; k <= order; k++) {
                    before[k] = sums[k] * step;
                }
                add(step / 2, step, TABULATED >> h);
                step /= 2;
                still = true;
                for (int k = 0; k <= Math.min(order, HIGHEST); k++) {
                    still &= Math.abs(step * sums[k] - before[k]) <= SETTLED[k] * step * size;
                }
                if (still && order > HIGHEST) {
                    add(step / 2, step, 0);
                    step /= 2;
                }
            }
            for (int k = 0; k <= order; k++) {
                sums[k] *= step;
            }
            return sums;
        }

        /** Adds points a step apart; {@code stride} is the step in places of the table of densities, less than 2 where it is too fine. */
        private void add(double first, double step, int stride) {
            int n = (int) Math.floor((REACH - first) / step);
            for (int k = 0; k <= n; k++) {
                double t = first + k * step;
                double density = stride > 1 ? DENSITY[(int) (t * TABULATED)] : density(t);
                double up = density * f.applyAsDouble(eta + s * t);
                double down = t > 0 ? density * f.applyAsDouble(eta - s * t) : 0;
                term(t, up, down);
                if (t >= NEAR && Math.abs(up) + Math.abs(down) <= NEGLIGIBLE * size) {
                    return;
                }
            }
        }

        private void term(double t, double up, double down) {
            double even = up + down;
            double odd = up - down;
            size += Math.abs(up) + Math.abs(down);
            sums[0] += even;
            double last = 1;
            double hermite = t;
            for (int k = 1; k <= order; k++) {
                sums[k] += hermite * (k % 2 == 0 ? even : odd);
                double next = t * hermite - k * last;
                last = hermite;
                hermite = next;
            }
        }
    }
}
