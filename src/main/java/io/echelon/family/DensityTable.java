package io.echelon.family;

import java.util.Arrays;

/**
 * The log densities of the few values of a categorical response as functions of η, at given ancillary parameters: on cells of width
 * 1/32 the polynomials of degree 7 that agree with them and their first three derivatives at both ends (Hermite's interpolation), whose
 * error (η's distance to the nearest complex singularity being 1.5 or more) is below rounding. Cells are made when first met.
 */
final class DensityTable {
    private static final int CELLS_PER_UNIT = 32;
    private static final double WIDTH = 1.0 / CELLS_PER_UNIT;
    private static final int RANGE = 16;
    private static final int CELLS = 2 * RANGE * CELLS_PER_UNIT;
    private static final int COEFFICIENTS = 8;

    private final Family family;
    private final double[] ancillary;
    private final Response categories;
    /** For each category the coefficients of each cell; NaN where it is yet to be made. */
    private final double[][] cell;
    private final double[] eta = new double[1];
    private final Partials one;

    /**
     * @param outcomes a response of each category
     */
    DensityTable(Family family, double[] ancillary, double[] outcomes) {
        this.family = family;
        this.ancillary = ancillary;
        categories = Response.of(outcomes);
        cell = new double[outcomes.length][];
        one = new Partials(ancillary.length);
    }

    /** Adds the log density of a category at n values of η from {@code eta[at]} to {@code sum[0..n-1]}, times a weight. */
    void add(int category, double[] eta, int at, int n, double weight, double[] sum) {
        double[] polynomials = cell[category];
        if (polynomials == null) {
            polynomials = new double[CELLS * COEFFICIENTS];
            Arrays.fill(polynomials, Double.NaN);
            cell[category] = polynomials;
        }
        for (int j = 0; j < n; j++) {
            double place = (eta[at + j] + RANGE) * CELLS_PER_UNIT;
            int k = (int) place;
            if (!(place >= 0) || k >= CELLS) {
                sum[j] += weight * exact(category, eta[at + j]);
                continue;
            }
            int c = k * COEFFICIENTS;
            double t = place - k;
            if (Double.isNaN(polynomials[c])) {
                make(category, k, polynomials);
            }
            double t2 = t * t;
            double low = polynomials[c] + polynomials[c + 1] * t + (polynomials[c + 2] + polynomials[c + 3] * t) * t2;
            double high = polynomials[c + 4] + polynomials[c + 5] * t + (polynomials[c + 6] + polynomials[c + 7] * t) * t2;
            sum[j] += weight * (low + high * (t2 * t2));
        }
    }

    private double exact(int category, double at) {
        eta[0] = at;
        family.evaluate(categories, category, category + 1, eta, ancillary, 0, one);
        return one.value[0];
    }

    private void make(int category, int k, double[] p) {
        int c = k * COEFFICIENTS;
        taylor(category, k, p, c);
        double[] end = new double[4];
        taylor(category, k + 1, end, 0);
        double r0 = end[0] - (p[c] + p[c + 1] + p[c + 2] + p[c + 3]);
        double r1 = end[1] - (p[c + 1] + 2 * p[c + 2] + 3 * p[c + 3]);
        double r2 = 2 * end[2] - (2 * p[c + 2] + 6 * p[c + 3]);
        double r3 = 6 * end[3] - 6 * p[c + 3];
        p[c + 4] = 35 * r0 - 15 * r1 + 2.5 * r2 - r3 / 6;
        p[c + 5] = -84 * r0 + 39 * r1 - 7 * r2 + 0.5 * r3;
        p[c + 6] = 70 * r0 - 34 * r1 + 6.5 * r2 - 0.5 * r3;
        p[c + 7] = -20 * r0 + 10 * r1 - 2 * r2 + r3 / 6;
    }

    /** Value and derivatives over factorials at the lower end of a cell, in units of its width. */
    private void taylor(int category, int k, double[] out, int at) {
        eta[0] = k * WIDTH - RANGE;
        family.evaluate(categories, category, category + 1, eta, ancillary, 3, one);
        out[at] = one.value[0];
        out[at + 1] = one.d1[0] * WIDTH;
        out[at + 2] = one.d2[0] * WIDTH * WIDTH / 2;
        out[at + 3] = one.d3[0] * WIDTH * WIDTH * WIDTH / 6;
    }
}
