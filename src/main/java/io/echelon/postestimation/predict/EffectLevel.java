package io.echelon.postestimation.predict;

import io.echelon.design.Column;
import java.io.Serializable;
import java.util.List;

/**
 * The random effects of one level as predictions need them.
 *
 * @param level    level variable as typed in {@code relevel()}
 * @param path     path of the level, as in the table of predicted random effects
 * @param grouping variables whose values together tell the groups apart; none for {@code _all}
 * @param columns  the q columns
 * @param terms    their names, as in the table of predicted random effects
 * @param sigma    Σ, q×q
 * @param places   q×q: place among the parameters of the fit of the log standard deviation (on the diagonal) or of the
 *                 atanh correlation of an element, −1 for an element without one
 * @param predictor for each column the linear predictor it is in, −1 for all of several
 */
public record EffectLevel(String level, String path, List<String> grouping, List<Column> columns, List<String> terms,
                   double[][] sigma, int[][] places, int[] predictor) implements Serializable {

    /** q. */
    public int size() {
        return columns.size();
    }

    /** Writes z of a row. */
    void fill(double[] sources, double[] z) {
        for (int i = 0; i < columns.size(); i++) {
            z[i] = columns.get(i).value(sources);
        }
    }

    /** Whether the effects of a column enter a linear predictor. */
    boolean enters(int column, int linear) {
        return predictor[column] < 0 || predictor[column] == linear;
    }

    /** z'u of a linear predictor. */
    double combine(double[] sources, double[] u, int linear) {
        double sum = 0;
        for (int i = 0; i < columns.size(); i++) {
            sum += enters(i, linear) ? columns.get(i).value(sources) * u[i] : 0;
        }
        return sum;
    }

    /** z'Σz of a row: the variance its random effects have where nothing is known of the group. */
    double variance(double[] sources) {
        double[] z = new double[columns.size()];
        fill(sources, z);
        return bilinear(z, z);
    }

    /** z'Σw. */
    public double bilinear(double[] z, double[] w) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z.length; j++) {
                sum += z[i] * sigma[i][j] * w[j];
            }
        }
        return sum;
    }

    /** Adds factor × d(z'Σw)/dθ to {@code gradient}, θ the parameters of the fit. */
    public void addGradient(double[] z, double[] w, double factor, double[] gradient) {
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z.length; j++) {
                double zw = factor * z[i] * w[j];
                // d log σ_i and d log σ_j, then d atanh ρ_ij.
                add(gradient, places[i][i], zw * sigma[i][j]);
                add(gradient, places[j][j], zw * sigma[i][j]);
                if (i != j && places[i][j] >= 0 && zw != 0) {
                    double scale = Math.sqrt(sigma[i][i] * sigma[j][j]);
                    double r = sigma[i][j] / scale;
                    add(gradient, places[i][j], zw * scale * (1 - r * r));
                }
            }
        }
    }

    private static void add(double[] gradient, int place, double value) {
        if (place >= 0) {
            gradient[place] += value;
        }
    }
}
