package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.io.Serializable;
import java.util.List;

/**
 * Structure of the covariance matrix σ²R of the residuals of one series: the rows of an innermost group (of one category
 * of {@code by()}), in the order of their times. R depends on m unconstrained parameters a and has 1 in its first
 * diagonal element, so that σ² is the (first) variance.
 *
 * <p>Formulas are written once, on {@link Jet}: with jets of no variables they give values, with jets of the parameters
 * they give first and second derivatives too.
 */
public sealed interface Residual extends Serializable
        permits Stationary, Independent, Exchangeable, Factored, Toeplitz, Whole {
    /** m: number of parameters besides σ². */
    int parameters();

    /** Name in the table: {@code AR(1)}. */
    String title();

    /** Whether rows have a place in time, which then may occur only once in a series. */
    default boolean timed() {
        return true;
    }

    /** Whether times have to be whole numbers. */
    default boolean wholeTimes() {
        return false;
    }

    /** Parameters to start from: of a matrix R that is positive definite for series of any length. */
    default double[] start() {
        return new double[parameters()];
    }

    /**
     * Number of means of products of residuals from which {@link #start(double[], double)} makes better parameters to start
     * from; none where there is no need of them.
     */
    default int products() {
        return 0;
    }

    /**
     * Adds the products of the residuals e of some series to the sums of those that belong together.
     *
     * @param piece     a piece of the series
     * @param count     how many series have it
     * @param quadratic for each component of the piece e'E_ce, summed over these series
     * @param sums      for each mean the sum of the products and their number
     */
    default void addProducts(Piece piece, double count, double[] quadratic, double[] sums) {
        throw new UnsupportedOperationException(title() + " takes no products");
    }

    /**
     * σ² and the parameters a at which variances and covariances are means of products of residuals.
     *
     * @param sums      as {@link #addProducts} left them
     * @param shrinkage what the covariances are multiplied with
     */
    default double[] start(double[] sums, double shrinkage) {
        throw new UnsupportedOperationException(title() + " takes no products");
    }

    /** Takes the inverse of R for increasing times apart. For a structure without times only their number matters. */
    void decompose(double[] times, Decomposition decomposition);

    /** Number of components of a piece. */
    int components(Piece piece);

    /**
     * Coefficients of a piece; NaN where R is not positive definite.
     *
     * @param one the number 1, of as many variables as the parameters a
     */
    Coefficients coefficients(Piece piece, Jet[] a, Jet one);

    /** What the tables show, in their order. */
    List<Element> elements();

    /** The values of {@link #elements}. */
    Jet[] natural(Jet[] a, Jet variance);

    /** Names of the parameters a. */
    List<String> parameterNames();
}
