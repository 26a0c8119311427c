package io.echelon.benchmark;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Simulated data: rows drawn at random into groups {@code g}, regressors x1, x2, ... uniform on (0, 1), a random intercept
 * of variance 1, a random slope on x1 of variance 0.25 that correlates with it by 0.5, and residuals of variance 4:
 * y = 1 + 0.5 x1 + ... + 0.5 xp + u0 + u1 x1 + e. With crossed groups {@code h}, drawn independently of g, a random
 * intercept of variance 0.5 is added for each of them.
 *
 * @param name       file name under the benchmark folder
 * @param rows       number of rows
 * @param groups     number of groups
 * @param regressors number of regressors p
 * @param crossed    number of crossed groups h; 0 for none
 */
record BenchmarkData(String name, long rows, long groups, int regressors, long crossed) {
    static final BenchmarkData MILLION = new BenchmarkData("million", 1_000_000, 100_000, 10, 0);
    static final BenchmarkData TEN_MILLION = new BenchmarkData("ten-million", 10_000_000, 1_000_000, 3, 0);
    static final BenchmarkData CROSSED = new BenchmarkData("crossed", 5_000_000, 100_000, 2, 5_000);

    private static final int FILES = 8;

    /** The Parquet folder of these data, written first where it is not there yet. */
    String parquet(SparkSession spark, Path folder) {
        return written(folder.resolve(name + ".parquet"), () -> simulate(spark));
    }

    /** A Parquet folder, written first where it is not there yet. */
    static String written(Path path, Supplier<Dataset<Row>> data) {
        if (!Files.exists(path.resolve("_SUCCESS"))) {
            data.get().write().mode("overwrite").parquet(path.toString());
        }
        return path.toString();
    }

    private Dataset<Row> simulate(SparkSession spark) {
        List<Column> columns = new ArrayList<>(List.of(expr("g")));
        StringBuilder mean = new StringBuilder("1 + u0 + (0.25 * u0 + sqrt(0.1875) * u1) * x1");
        if (crossed > 0) {
            columns.add(expr("h"));
            mean.append(" + sqrt(0.5) * u2");
        }
        for (int j = 1; j <= regressors; j++) {
            columns.add(expr("x" + j));
            mean.append(" + 0.5 * x").append(j);
        }
        columns.add(expr(mean + " + 2 * randn(" + (regressors + 2) + ") as y"));
        Dataset<Row> data = spark.range(0, rows, 1, FILES)
                .select(expr("cast(floor(rand(1) * " + groups + ") as bigint) as g"), expr("id"));
        for (int j = 1; j <= regressors; j++) {
            data = data.withColumn("x" + j, expr("rand(" + (j + 1) + ")"));
        }
        if (crossed > 0) {
            data = data.withColumn("h", expr("cast(floor(rand(77) * " + crossed + ") as bigint)"))
                    .withColumn("u2", normalOf("h", 4));
        }
        return data.withColumn("u0", normalOf("g", 0)).withColumn("u1", normalOf("g", 2))
                .select(columns.toArray(new Column[0]));
    }

    /** A standard normal variate that is a function of a key (Box and Muller 1958, from two hashes of it). */
    static Column normalOf(String key, int salt) {
        return expr(normalSql(key, salt));
    }

    /** The same in SQL. */
    static String normalSql(String key, int salt) {
        String uniform = "((pmod(xxhash64(" + key + ", %d), 1000003) + 0.5) / 1000003)";
        return "sqrt(-2 * ln(" + uniform.formatted(salt) + ")) * cos(2 * pi() * " + uniform.formatted(salt + 1) + ")";
    }
}
