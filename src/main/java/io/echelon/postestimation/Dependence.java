package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.linalg.Cholesky;
import io.echelon.postestimation.predict.FittedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the m columns left out of estimation depend on the p columns of the model: what tells whether a margin is estimable. */
public final class Dependence {
    private final int p;
    private final int own;
    /** For each column left out, the coefficients by which those in the model make it up; null for an empty cell. */
    private final List<double[]> coefficients = new ArrayList<>();

    /**
     * Regresses each column left out on those in the model, whose scales are evened out first.
     *
     * @param p        columns with coefficients, those of all linear predictors
     * @param own      those of one of several linear predictors, which have the same columns
     * @param products sums of products of all columns, (p + m)×(p + m); null where none were left out for collinearity
     */
    public Dependence(int p, int own, List<Column> omitted, double[][] products) {
        this.p = p;
        this.own = own;
        for (int k = 0; k < omitted.size(); k++) {
            coefficients.add(products == null || omitted.get(k).status() == Column.Status.EMPTY ? null
                    : regression(products, own, p + k));
        }
    }

    /** That of a fit from which no column was left out for collinearity. */
    public static Dependence ofEmptyCells(Results results) {
        FittedModel model = FittedModel.of(results);
        return new Dependence(model.columns().length, model.ownColumns(), model.omitted(), null);
    }

    private static double[] regression(double[][] products, int p, int response) {
        double[] scale = new double[p];
        double[][] a = new double[p][p];
        double[] b = new double[p];
        for (int i = 0; i < p; i++) {
            scale[i] = 1 / Math.sqrt(products[i][i]);
        }
        for (int i = 0; i < p; i++) {
            b[i] = scale[i] * products[i][response];
            for (int j = 0; j < p; j++) {
                a[i][j] = scale[i] * products[i][j] * scale[j];
            }
        }
        Optional<double[]> solution = Cholesky.of(a).map(c -> c.solve(b));
        return solution.map(c -> {
            for (int i = 0; i < p; i++) {
                c[i] *= scale[i];
            }
            return c;
        }).orElse(null);
    }

    /** Number of columns left out. */
    public int count() {
        return coefficients.size();
    }

    /**
     * By how much the columns of a margin that were left out are not what those in the model make them, as a share of its
     * largest: zero where the margin is a combination of the rows of the data.
     *
     * @param columns the p columns of the model, of which those of the first linear predictor are looked at, and those left out
     */
    public double[] misses(double[] columns) {
        double size = 1;
        for (double c : columns) {
            size = Math.max(size, Math.abs(c));
        }
        double[] misses = new double[coefficients.size()];
        for (int k = 0; k < misses.length; k++) {
            double miss = columns[p + k];
            double[] c = coefficients.get(k);
            for (int j = 0; c != null && j < own; j++) {
                miss -= c[j] * columns[j];
            }
            misses[k] = miss / size;
        }
        return misses;
    }
}
