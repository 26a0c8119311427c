package io.echelon.postestimation.predict;

import io.echelon.design.Design;
import io.echelon.design.Residuals;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.linalg.Cholesky;
import io.echelon.postestimation.ResidualCovariance;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Residuals of a structure with several variances or correlations, made independent with variance one: those of an innermost group
 * are multiplied by L⁻¹, where LL' is their estimated covariance matrix, rows in the order of time (Pinheiro and Bates 2000,
 * section 5.3, whose residuals are the same but for σ).
 */
public final class StandardizedResiduals implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;

    private final int time;
    private final int by;
    private final boolean correlated;
    private final ResidualCovariance covariance;

    private StandardizedResiduals(Residuals residuals, ResidualCovariance covariance) {
        time = residuals.time().orElse(NONE);
        by = residuals.by().orElse(NONE);
        correlated = residuals.model().structures().get(0).parameters() > 0;
        this.covariance = covariance;
    }

    /** Those of a fit; empty where residuals are independent with one variance. */
    static Optional<StandardizedResiduals> of(Design design, Estimates estimates) {
        return design.residuals().map(r -> {
            double[] own = estimates.estimationMetric().stream().filter(c -> c.level().equals("Residual"))
                    .mapToDouble(VarianceComponent::estimate).toArray();
            return new StandardizedResiduals(r, new ResidualCovariance(r, Math.exp(2 * own[0]),
                    Arrays.copyOfRange(own, 1, own.length)));
        });
    }

    /** Whether residuals of a group are correlated, so that they are standardized together. */
    boolean correlated() {
        return correlated;
    }

    /** The source that holds the times. */
    public OptionalInt time() {
        return time == NONE ? OptionalInt.empty() : OptionalInt.of(time);
    }

    /** The source that holds the categories of {@code by()}. */
    public OptionalInt by() {
        return by == NONE ? OptionalInt.empty() : OptionalInt.of(by);
    }

    /** Standard deviation of the residual of a row of source values; NaN for a category that the estimation did not see. */
    double deviation(double[] row) {
        double[][] variance = new double[1][1];
        covariance.add(List.of(0), List.of(row), variance);
        return variance[0][0] > 0 ? Math.sqrt(variance[0][0]) : Double.NaN;
    }

    /**
     * The standardized residuals of a group; NaN for a category that the estimation did not see, or a time that occurs twice.
     *
     * @param rows source values of its rows, of which those of {@link #time} and {@link #by} are read
     * @param e    residuals of these rows
     */
    public double[] of(List<double[]> rows, double[] e) {
        int n = e.length;
        List<Integer> order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(
                i -> time != NONE ? rows.get(i)[time] : i)).toList();
        List<double[]> sorted = order.stream().map(rows::get).toList();
        double[][] matrix = new double[n][n];
        covariance.add(IntStream.range(0, n).boxed().toList(), sorted, matrix);
        double[] standard = new double[n];
        Optional<double[]> solved = distinct(sorted) ? Cholesky.of(matrix)
                .map(f -> f.solveLower(order.stream().mapToDouble(i -> e[i]).toArray())) : Optional.empty();
        for (int k = 0; k < n; k++) {
            standard[order.get(k)] = solved.isPresent() ? solved.get()[k] : Double.NaN;
        }
        return standard;
    }

    private boolean distinct(List<double[]> sorted) {
        return time == NONE || IntStream.range(1, sorted.size()).allMatch(i ->
                sorted.get(i)[time] > sorted.get(i - 1)[time]);
    }
}
