package io.echelon.optimize;

import java.util.Arrays;
import java.util.Optional;

/** A function to be maximised over k unconstrained parameters. */
public interface Objective {
    /** The function at one point. Derivatives are made when first asked for. */
    interface Point {
        /** Where: k values. */
        double[] parameters();

        /**
         * For each parameter a change that is not a small one, whatever its curvature: 1, or the parameter where it is
         * larger. A parameter for which zero is the end of its range, such as a standard deviation, has its own size.
         */
        default double[] sizes() {
            return Arrays.stream(parameters()).map(a -> Math.max(1, Math.abs(a))).toArray();
        }

        /** Which parameters are square roots of variances, of either sign. */
        default boolean[] roots() {
            return new boolean[parameters().length];
        }

        /** The value, finite. */
        double value();

        /** What the value may fall short of this one and still count as no worse: zero where value and gradient agree exactly. */
        default double slack() {
            return 0;
        }

        /** Gradient, k. */
        double[] gradient();

        /** Hessian, k×k. */
        double[][] hessian();

        /** Whether {@link #hessian} is carried over from other points, being dear. */
        default boolean carried() {
            return false;
        }

        /** The same point with its own Hessian. */
        default Point withOwnHessian() {
            return this;
        }

        /** Σ ss' over the scores s of independent groups, k×k, where the function is a sum over such. */
        default Optional<double[][]> scoreProducts() {
            return Optional.empty();
        }
    }

    /** The function at the given parameters; empty where it is not defined. */
    Optional<Point> at(double[] parameters);
}
