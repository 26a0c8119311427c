package io.echelon.spark.pictures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.echelon.spark.Fitted;
import io.echelon.spark.predict.PredictCommand;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.CommandName;
import io.echelon.spec.Predict;
import io.echelon.spec.Statistic;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Randomised quantile residuals Φ⁻¹(u), which are standard normal where the model is right (Dunn and Smyth, Journal of
 * Computational and Graphical Statistics 5, 1996): of a category u is drawn between the distribution function below it and at
 * it; of a time at which a record fails u = 1 − S(t)/S(t₀), so that −log(1 − u) is the Cox–Snell residual, and of a censored one u
 * is drawn from there to 1. What is drawn depends on the values of the row alone. Given the predicted random effects.
 */
final class QuantileResiduals {
    private static final String LOWER = "_echelon_lower";
    private static final String UPPER = "_echelon_upper";
    private static final String ENTRY = "_echelon_entry";
    private static final String DRAW = "_echelon_draw";
    /** Farther out the normal distribution has no quantile. */
    private static final double TAIL = 1e-15;
    private static final double HASHES = 1L << 52;

    private QuantileResiduals() {}

    /** The rows of the estimation sample with the linear predictor and the residual under these names. */
    static Dataset<Row> of(Fitted fit, String predictor, String residual) {
        Column[] all = Arrays.stream(fit.sample().columns()).map(Schemas::column).toArray(Column[]::new);
        Column draw = functions.pmod(functions.xxhash64(all), lit((long) HASHES)).plus(0.5).divide(HASHES);
        Dataset<Row> rows = with(fit, fit.sample().withColumn(DRAW, draw), predictor, Statistic.ETA);
        Dataset<Row> bounded = fit.design().spec().command() == CommandName.MESTREG ? times(fit, rows) : categories(fit, rows);
        Column u = col(LOWER).plus(col(DRAW).multiply(col(UPPER).minus(col(LOWER))));
        UDF1<Double, Double> score = p -> p == null ? null
                : new NormalDistribution().inverseCumulativeProbability(Math.max(TAIL, Math.min(1 - TAIL, p)));
        return bounded.withColumn(residual, udf(score, DataTypes.DoubleType).apply(u));
    }

    /** The rows with a predicted variable. */
    private static Dataset<Row> with(Fitted fit, Dataset<Row> rows, String name, Statistic statistic) {
        return PredictCommand.run(Predict.of(name, statistic), fit, rows).data();
    }

    private static Dataset<Row> categories(Fitted fit, Dataset<Row> rows) {
        Dataset<Row> upper = with(fit, rows, UPPER, Statistic.DISTRIBUTION);
        Dataset<Row> own = with(fit, upper, LOWER, Statistic.DENSITY);
        return own.withColumn(LOWER, col(UPPER).minus(col(LOWER)));
    }

    private static Dataset<Row> times(Fitted fit, Dataset<Row> rows) {
        Dataset<Row> survivor = with(fit, rows, LOWER, Statistic.SURV);
        Dataset<Row> entry = with(fit, survivor.withColumn("_t", col("_t0")), ENTRY, Statistic.SURV);
        Column gone = lit(1.0).minus(col(LOWER).divide(when(col("_t0").gt(0), col(ENTRY)).otherwise(1.0)));
        return entry.withColumn(LOWER, gone).withColumn(UPPER, when(col("_d").equalTo(1), col(LOWER)).otherwise(1.0));
    }
}
