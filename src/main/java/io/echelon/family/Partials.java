package io.echelon.family;

/**
 * Log densities of a run of observations and their partial derivatives, one array entry an observation. η is the linear
 * predictor, a the m ancillary parameters. Filled by {@link Family#evaluate}; which arrays are filled depends on the order:
 * 0 the values, 2 the first and second derivatives as well, 3 those that a Laplace approximation needs besides.
 */
public final class Partials {
    /** log f. */
    public double[] value;
    /** ∂/∂η. */
    public double[] d1;
    /** ∂²/∂η². */
    public double[] d2;
    /** ∂³/∂η³. */
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

    /** Space for families with this many ancillary parameters; it grows with {@link #ensure}. */
    public Partials(int ancillary) {
        this.ancillary = ancillary;
        ensure(16);
    }

    /** Makes room for n observations; what was there is lost. */
    public void ensure(int n) {
        if (value != null && value.length >= n) {
            return;
        }
        value = new double[n];
        d1 = new double[n];
        d2 = new double[n];
        d3 = new double[n];
        a = new double[ancillary][n];
        ea = new double[ancillary][n];
        eea = new double[ancillary][n];
        aa = new double[ancillary * (ancillary + 1) / 2][n];
    }
}
