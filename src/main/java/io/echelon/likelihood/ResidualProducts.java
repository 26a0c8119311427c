package io.echelon.likelihood;

import io.echelon.group.Moments;
import io.echelon.group.SeriesMoments;
import io.echelon.linalg.Packed;
import io.echelon.residual.ResidualModel;
import java.io.Serializable;

/**
 * Sums of products of the residuals around given coefficients, for each category of a residual structure those its
 * parameters may start from.
 *
 * @param sums for each category the sums and numbers of {@link io.echelon.residual.Residual#addProducts}
 */
public record ResidualProducts(double[][] sums) implements Serializable {
    /** The sums of a part; {@code beta} belongs to the columns of its cross-products. */
    public static ResidualProducts of(Moments part, double[] beta) {
        SeriesMoments series = part.series();
        ResidualModel model = series.model();
        double[][] sums = new double[model.structures().size()][];
        for (int c = 0; c < sums.length; c++) {
            sums[c] = new double[2 * model.structures().get(c).products()];
        }
        int size = Packed.size(beta.length + 1);
        for (int j = 0; j < series.pieces().length; j++) {
            double[] quadratic = new double[series.root()[j].length / size];
            for (int c = 0; c < quadratic.length; c++) {
                quadratic[c] = ofResiduals(series.root()[j], c * size, beta);
            }
            int category = series.category()[j];
            model.structures().get(category).addProducts(series.pieces()[j], series.count()[j], quadratic, sums[category]);
        }
        return new ResidualProducts(sums);
    }

    /** (−β, 1) S (−β, 1)' of packed cross-products S of [x y]. */
    private static double ofResiduals(double[] products, int from, double[] beta) {
        int p = beta.length;
        double sum = 0;
        for (int i = 0; i <= p; i++) {
            double left = i == p ? 1 : -beta[i];
            for (int k = 0; k <= i; k++) {
                double both = left * (k == p ? 1 : -beta[k]) * products[from + Packed.index(i, k)];
                sum += i == k ? both : 2 * both;
            }
        }
        return sum;
    }

    /** The sums of both. */
    public ResidualProducts merge(ResidualProducts other) {
        for (int c = 0; c < sums.length; c++) {
            for (int i = 0; i < sums[c].length; i++) {
                sums[c][i] += other.sums[c][i];
            }
        }
        return this;
    }
}
