package io.echelon.covariance;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Structure of the covariance matrix Σ (q×q) of the random effects of one equation. Σ is linear in its k natural
 * parameters (variances and covariances): Σ(θ) = Σ_0 + θ_1 B_1 + ... + θ_k B_k.
 *
 * <p>Maximisation runs over k unconstrained parameters a, of which every θ is a polynomial of degree one or two (elements
 * of a Cholesky factor, signed standard deviations). A variance of zero is then an ordinary point: there the likelihood
 * is stationary and, where zero is its maximum, concave.
 */
public sealed interface Covariance extends Serializable
        permits Independent, Identity, Exchangeable, Unstructured, Pattern, Fixed {
    /** q: number of random effects. */
    int dimension();

    /** k: number of natural parameters. */
    int parameters();

    /** Name in the table of variance components. */
    String title();

    /** Σ_0 (q×q): what of Σ does not depend on parameters. */
    default double[][] constant() {
        return new double[dimension()][dimension()];
    }

    /** B_k (q×q) of natural parameter k. */
    double[][] basis(int k);

    /**
     * How many of the unconstrained parameters, the first ones, are square roots of variances, pivots or eigenvalues:
     * where one of them is zero, Σ is singular.
     */
    int roots();

    /** Natural parameters of the unconstrained ones. */
    double[] natural(double[] a);

    /** Derivatives of the natural parameters (rows) with respect to the unconstrained ones (columns). */
    double[][] jacobian(double[] a);

    /** Second derivatives of natural parameter k with respect to the unconstrained ones: a constant matrix. */
    double[][] curvature(int k);

    /**
     * Unconstrained parameters of natural ones. A Σ that is singular gives zeros in the unconstrained parameters that
     * have no influence on it.
     */
    double[] unconstrained(double[] natural);

    /**
     * The same structure with unconstrained parameters that suit random effects of the given sizes (q, larger means a
     * larger share in the response). The natural parameters stay.
     */
    default Covariance ordered(double[] sizes) {
        return this;
    }

    /** The same structure for some of the random effects only, given by their positions in order. */
    Covariance of(int[] kept);

    /** Natural parameters of the member nearest to a diagonal matrix with these variances. */
    double[] diagonal(double[] variances);

    /** What the tables show, in their order: variances in the order of the columns, then covariances. */
    List<Component> components(List<String> names);

    /** Whether Σ is positive semidefinite at natural parameters made from unconstrained ones. */
    default boolean feasible(double[] natural) {
        return true;
    }

    /** A square root of Σ at unconstrained parameters with its derivatives in them; empty where Σ has none. */
    Optional<Root> root(double[] a);

    /** The Cholesky factor of Σ at natural parameters with its derivatives in them; empty where Σ is not positive definite. */
    default Optional<Root> naturalRoot(double[] natural) {
        double[][][] basis = new double[natural.length][][];
        for (int k = 0; k < basis.length; k++) {
            basis[k] = basis(k);
        }
        return Root.cholesky(matrix(natural), basis);
    }

    /** Σ (q×q) at natural parameters θ. */
    default double[][] matrix(double[] natural) {
        double[][] sigma = constant();
        for (int k = 0; k < natural.length; k++) {
            double[][] b = basis(k);
            for (int i = 0; i < sigma.length; i++) {
                for (int j = 0; j < sigma.length; j++) {
                    sigma[i][j] += natural[k] * b[i][j];
                }
            }
        }
        return sigma;
    }

    /**
     * One element of Σ as a table shows it.
     *
     * @param terms  columns named in parentheses: {@code week}, {@code week,_cons}; {@code week _cons} for a shared variance
     * @param row    row of the element
     * @param column its column, equal to {@code row} for a variance
     */
    record Component(String terms, int row, int column) implements Serializable {
        /** Whether this is a variance. */
        public boolean variance() {
            return row == column;
        }

        /** {@code var(week)} or {@code cov(week,_cons)}. */
        public String label() {
            return (variance() ? "var(" : "cov(") + terms + ")";
        }

        /** {@code sd(week)} or {@code corr(week,_cons)}. */
        public String deviationLabel() {
            return (variance() ? "sd(" : "corr(") + terms + ")";
        }

        /** {@code lns1_1_2} or {@code atr1_1_1_2} for the equation with the given number of the given level, both from 1. */
        public String estimationLabel(int level, int equation) {
            String place = level + "_" + equation + "_" + (row + 1);
            return variance() ? "lns" + place : "atr" + place + "_" + (column + 1);
        }
    }
}
