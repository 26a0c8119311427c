package io.echelon.postestimation;

import io.echelon.design.Residuals;
import io.echelon.residual.Coefficients;
import io.echelon.residual.Decomposition;
import io.echelon.residual.Piece;
import io.echelon.residual.ResidualModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** The covariance matrix of the residuals of some rows of one innermost group. */
final class ResidualCovariance implements Serializable {
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
    ResidualCovariance(Residuals residuals, double variance, double[] parameters) {
        time = residuals.time().orElse(-1);
        by = residuals.by().orElse(-1);
        categories = residuals.categories();
        this.model = residuals.model();
        this.variance = variance;
        this.parameters = parameters;
    }

    /** Adds the covariances of these rows, given by their places in {@code all}, to a matrix. */
    void add(List<Integer> rows, List<double[]> all, double[][] matrix) {
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
            RealMatrix covariance = new LUDecomposition(inverse(category, times)).getSolver().getInverse();
            for (int i = 0; i < order.length; i++) {
                for (int j = 0; j < order.length; j++) {
                    double v = (covariance.getEntry(i, j) + covariance.getEntry(j, i)) / 2;
                    matrix[order[i]][order[j]] += variance * v;
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

    /** Inverse of the covariance matrix over σ², put together from its pieces. */
    private RealMatrix inverse(int category, double[] times) {
        RealMatrix inverse = MatrixUtils.createRealMatrix(times.length, times.length);
        model.structures().get(category).decompose(times, new Decomposition() {
            private Coefficients now;

            @Override
            public void piece(Piece piece, int count) {
                now = model.coefficients(category, piece, parameters, false);
            }

            @Override
            public void add(int component, int s, int t, double factor) {
                double f = factor * now.components()[component].value();
                inverse.addToEntry(s, t, f);
                inverse.addToEntry(t, s, f);
            }

            @Override
            public void addIdentity(int component, double factor) {
                for (int s = 0; s < times.length; s++) {
                    inverse.addToEntry(s, s, factor * now.components()[component].value());
                }
            }

            @Override
            public void addOnes(int component) {
                for (int s = 0; s < times.length; s++) {
                    for (int t = 0; t < times.length; t++) {
                        inverse.addToEntry(s, t, now.components()[component].value());
                    }
                }
            }
        });
        return inverse;
    }
}
