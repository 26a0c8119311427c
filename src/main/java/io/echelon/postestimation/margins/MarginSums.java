package io.echelon.postestimation.margins;

import java.io.Serializable;

/**
 * Weighted sums over rows: for each cell its value, the gradient in the parameters of the fit, and the columns that have
 * coefficients and those that were left out; besides, the cross-products of these columns as observed.
 */
public final class MarginSums implements Serializable {
    private static final long serialVersionUID = 1L;

    long rows;
    double weight;
    final double[] values;
    final double[][] gradients;
    final double[][] columns;
    /** (p + m)×(p + m), where m columns were left out because of collinearity; else null. */
    final double[][] products;

    MarginSums(int cells, int parameters, int columns, boolean products) {
        values = new double[cells];
        gradients = new double[cells][parameters];
        this.columns = new double[cells][columns];
        this.products = products ? new double[columns][columns] : null;
    }

    /** Adds those of other rows. */
    public MarginSums merge(MarginSums other) {
        rows += other.rows;
        weight += other.weight;
        add(other.values, values);
        for (int c = 0; c < values.length; c++) {
            add(other.gradients[c], gradients[c]);
            add(other.columns[c], columns[c]);
        }
        for (int j = 0; products != null && j < products.length; j++) {
            add(other.products[j], products[j]);
        }
        return this;
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
