package io.echelon.family;

/**
 * The log densities of a family at given ancillary parameters, of a run of observations at all integration points at once, from
 * η and e^{sη}. Of a family with M linear predictors an observation has M runs of entries.
 */
public interface PointKernel {
    /** s. */
    double exponent();

    /**
     * Adds weight × log density (the part that depends on η) over a run of observations, for each point.
     *
     * @param r      response
     * @param from   first observation of the run
     * @param to     one past the last
     * @param at     η and e^{sη}, bounded
     * @param weight weights of all observations, or null where they are 1
     * @param sum    one entry a point
     */
    void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum);

    /** First and second derivatives of all entries of {@code at}, into the same entries of {@code out}; values are left alone. */
    void derivatives(Response r, int from, int to, LinearPredictors at, Partials out);
}
