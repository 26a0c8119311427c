package io.echelon.postestimation;

import io.echelon.design.Residuals;
import io.echelon.residual.DenseInverse;
import io.echelon.residual.ResidualModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;

/** The covariance matrix of the residuals of some rows of one innermost group. */
public final class ResidualCovariance implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Sources of times and categories, −1 where there are none. */
    private final int time;
    private final int by;
    private final double[] categories;
    private final ResidualModel model;
    private final double variance;
    private final double[] parameters;

    /**
     * @param variance   σ²
     * @param parameters of the structure beside it
     */
    public ResidualCovariance(Residuals residuals, double variance, double[] parameters) {
        time = residuals.time().orElse(-1);
        by = residuals.by().orElse(-1);
        categories = residuals.categories();
        this.model = residuals.model();
        this.variance = variance;
        this.parameters = parameters;
    }

    /** Adds the covariances of these rows, given by their places in {@code all}, to a matrix. */
    public void add(List<Integer> rows, List<double[]> all, double[][] matrix) {
        for (int category = 0; category < model.structures().size(); category++) {
            int c = category;
            int[] own = rows.stream().filter(i -> category(all.get(i)) == c).mapToInt(Integer::intValue).toArray();
            if (own.length == 0) {
                continue;
            }
            Integer[] order = IntStream.of(own).boxed().toArray(Integer[]::new);
            if (time >= 0) {
                Arrays.sort(order, Comparator.comparingDouble(i -> all.get(i)[time]));
            }
            double[] times = IntStream.range(0, order.length).mapToDouble(i -> time >= 0
                    ? all.get(order[i])[time] : i + 1).toArray();
            RealMatrix covariance = covariance(category, times);
            for (int i = 0; i < order.length; i++) {
                for (int j = 0; j < order.length; j++) {
                    matrix[order[i]][order[j]] += variance * covariance.getEntry(i, j);
                }
            }
        }
    }

    /** The category of a row; −1 for one that the estimation did not see. */
    private int category(double[] row) {
        if (by < 0) {
            return 0;
        }
        double value = row[by];
        return IntStream.range(0, categories.length).filter(k -> categories[k] == value).findFirst()
                .orElse(-1);
    }

    /** The covariance matrix over σ². */
    private RealMatrix covariance(int category, double[] times) {
        DenseInverse inverse = new DenseInverse(times.length, piece -> model.coefficients(category, piece, parameters, false));
        model.structures().get(category).decompose(times, inverse);
        return inverse.covariance();
    }
}
