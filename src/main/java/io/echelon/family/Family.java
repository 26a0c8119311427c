package io.echelon.family;

import io.echelon.link.Link;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The conditional distribution of a response given the linear predictor η and the ancillary parameters a, each of which
 * runs over the whole real line (logarithms of scales and shapes, cutpoints). A log density has two parts: one that
 * depends on η, evaluated at every integration point, and a {@link #base} that does not, evaluated once. Most families have
 * one linear predictor an observation; one with M has M values of η, which stand next to each other, and no ancillary parameters.
 */
public sealed interface Family extends Serializable
        permits MeanFamily, Ordinal, Multinomial, Survival {

    /** The name as typed in {@code family()} or {@code distribution()}. */
    String text();

    /** The link. */
    Link link();

    /** M: linear predictors of an observation. */
    default int predictors() {
        return 1;
    }

    /** Names of the m ancillary parameters, as in coefficient tables: {@code /lnalpha}. */
    default List<String> ancillary() {
        return List.of();
    }

    /** Whether the linear predictor may have a constant (ordinal models have cutpoints instead). */
    default boolean hasConstant() {
        return true;
    }

    /**
     * What is wrong with the response of one observation, or empty.
     *
     * @param r response
     * @param i observation
     */
    Optional<String> check(Response r, int i);

    /**
     * The part of the log densities that depends on η.
     *
     * @param r     response
     * @param from  first observation; results go to position 0 of {@code out} onwards
     * @param to    one past the last
     * @param eta   η of observation {@code from + k} at position k; M values from position kM on where there are several
     * @param a     ancillary parameters
     * @param order 0, 2 or 3: see {@link Partials}
     */
    void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out);

    /** Sum of weight × log density (the part that depends on η) over a run of observations. */
    default double sum(Response r, int from, int to, double[] eta, double[] a, double[] weight, Partials work) {
        evaluate(r, from, to, eta, a, 0, work);
        double sum = 0;
        for (int i = from, k = 0; i < to; i++, k++) {
            sum += weight == null ? work.value[k] : weight[i] * work.value[k];
        }
        return sum;
    }

    /** A quicker way to the same at all points of an integral, where the family has one; a kernel serves one thread. */
    default Optional<PointKernel> kernel(double[] a) {
        return Optional.empty();
    }

    /**
     * Adds weight × (the part of the log density of one observation that does not depend on η) and its derivatives to
     * {@code sum}: the value, m first derivatives in a, and the lower triangle of the second.
     */
    default void base(Response r, int i, double[] a, double weight, double[] sum) {}

    /** The parameters that the fit of the model without random effects may start from. */
    Start start(ResponseSummary s);

    /** Starting values: the constant term of each linear predictor (used where the model has one) and the ancillary parameters. */
    record Start(double[] constants, double[] ancillary) {
        /** Of a family with one linear predictor. */
        Start(double constant, double[] ancillary) {
            this(new double[] {constant}, ancillary);
        }
    }
}
