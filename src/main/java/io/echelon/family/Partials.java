package io.echelon.family;

import io.echelon.linalg.ElementaryFunctions;

/**
 * Log densities of a run of observations and their partial derivatives, one array entry an observation (of a family with M linear
 * predictors as many entries as there are derivatives, next to each other). η is the linear
 * predictor, a the m ancillary parameters. Filled by {@link Family#evaluate}; which arrays are filled depends on the order:
 * 0 the values, 2 the first and second derivatives as well, 3 those that a Laplace approximation needs besides.
 */
public final class Partials {
    /** log f. */
    public double[] value;
    /** ∂/∂η: M × n, observation by observation. */
    public double[] d1;
    /** ∂²/∂η²: M(M+1)/2 × n, observation by observation, the lower triangle row by row. */
    public double[] d2;
    /** ∂³/∂η³: M(M+1)(M+2)/6 × n, observation by observation, those with indices e ≥ f ≥ g in the order of e, f and g. */
    public double[] d3;
    /** m × n: ∂/∂a. */
    public double[][] a;
    /** m × n: ∂²/∂η∂a. */
    public double[][] ea;
    /** m × n: ∂³/∂η²∂a. */
    public double[][] eea;
    /** m(m+1)/2 × n, lower triangle row by row: ∂²/∂a∂a. */
    public double[][] aa;

    private final int ancillary;
    private final int predictors;

    /** Space for families with this many ancillary parameters and one linear predictor; it grows with {@link #ensure}. */
    public Partials(int ancillary) {
        this(ancillary, 1);
    }

    /** Space for families with this many ancillary parameters and linear predictors. */
    public Partials(int ancillary, int predictors) {
        this.ancillary = ancillary;
        this.predictors = predictors;
        ensure(16);
    }

    /** Makes room for n observations, rounded up to whole vectors; what was there is lost. */
    public void ensure(int n) {
        if (value != null && value.length >= n) {
            return;
        }
        int room = ElementaryFunctions.room(n);
        value = new double[room];
        d1 = new double[room * predictors];
        d2 = new double[d1.length * (predictors + 1) / 2];
        d3 = new double[d2.length * (predictors + 2) / 3];
        a = new double[ancillary][room];
        ea = new double[ancillary][room];
        eea = new double[ancillary][room];
        aa = new double[ancillary * (ancillary + 1) / 2][room];
    }
}
