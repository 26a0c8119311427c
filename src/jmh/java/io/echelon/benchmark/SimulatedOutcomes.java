package io.echelon.benchmark;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Simulated categorical data: rows drawn at random into groups {@code g}, five of which make a group {@code h}, and regressors x1 to
 * x5 uniform on (−1, 1). With η = 0.5 x1 − 0.5 x2 + 0.25 x3 + u0, u0 a random intercept of variance 1 for each g: y is binary, logit
 * Pr(y = 1) = η − 0.5; s the same with a random slope on x1 of variance 0.25 besides; o is ordered in four categories, by cutpoints
 * at −1, 0 and 1 of η + v + e, v a random intercept of variance 0.5 for each h and e standard normal.
 *
 * @param name   file name under the benchmark folder
 * @param rows   number of rows
 * @param groups number of groups g
 */
record SimulatedOutcomes(String name, long rows, long groups) {
    static final SimulatedOutcomes HUNDRED_THOUSAND = new SimulatedOutcomes("outcomes-100k", 100_000, 10_000);
    static final SimulatedOutcomes MILLION = new SimulatedOutcomes("outcomes-1m", 1_000_000, 100_000);
    static final SimulatedOutcomes TEN_MILLION = new SimulatedOutcomes("outcomes-10m", 10_000_000, 1_000_000);

    private static final int FILES = 8;
    private static final int REGRESSORS = 5;

    /** The Parquet folder of these data, written first where it is not there yet. */
    String parquet(SparkSession spark, Path folder) {
        return BenchmarkData.written(folder.resolve(name + ".parquet"), () -> simulate(spark));
    }

    private Dataset<Row> simulate(SparkSession spark) {
        Dataset<Row> data = spark.range(0, rows, 1, FILES)
                .select(expr("cast(floor(rand(1) * " + groups + ") as bigint) as g"));
        for (int j = 1; j <= REGRESSORS; j++) {
            data = data.withColumn("x" + j, expr("2 * rand(" + (j + 1) + ") - 1"));
        }
        return data.withColumn("h", expr("cast(g div 5 as bigint)"))
                .withColumn("u0", BenchmarkData.normalOf("g", 0)).withColumn("u1", BenchmarkData.normalOf("g", 2))
                .withColumn("v", BenchmarkData.normalOf("h", 4))
                .withColumn("eta", expr("0.5 * x1 - 0.5 * x2 + 0.25 * x3 + u0"))
                .withColumn("y", expr("cast(rand(11) < 1 / (1 + exp(0.5 - eta)) as int)"))
                .withColumn("s", expr("cast(rand(12) < 1 / (1 + exp(0.5 - eta - 0.5 * u1 * x1)) as int)"))
                .withColumn("latent", expr("eta + sqrt(0.5) * v + randn(13)"))
                .withColumn("o", expr("1 + cast(latent > -1 as int) + cast(latent > 0 as int) + cast(latent > 1 as int)"))
                .select("g", "h", "x1", "x2", "x3", "x4", "x5", "y", "s", "o");
    }
}
