package io.echelon.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Ten million rows in a million groups: a whole fit with an unstructured random slope, against the time that Spark takes for
 * {@code groupBy(g).agg(...)} of the sums per group that the fit rests on, z'z and z'[x y] for z = (x1, 1), in turn over the
 * same file.
 */
final class Aggregation {
    private static final String COMMAND = "mixed y x1 x2 x3 || g: x1, covariance(unstructured)";
    private static final int TURNS = 3;

    private Aggregation() {}

    static void measure(SparkSession spark, Path folder) {
        String data = BenchmarkData.TEN_MILLION.parquet(spark, folder);
        WarmFit.fit(spark, data, COMMAND);
        spark(spark, data);
        List<Cost> fits = new ArrayList<>();
        List<Cost> sums = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            fits.add(WarmFit.fit(spark, data, COMMAND));
            sums.add(spark(spark, data));
        }
        Cost fit = Cost.median(fits);
        Cost sum = Cost.median(sums);
        Figure.print("10 million rows, 1 million groups, fit with random slope", fit);
        Figure.print("  Spark's groupBy(g).agg(...) of the same sums", sum);
        Figure.ratio("  ratio", fit.wall() / sum.wall(), 0.6);
        System.out.printf("  heap in use at most %d MB of %d MB%n", peakHeap() >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }

    private static Cost spark(SparkSession spark, String data) {
        List<Column> sums = new ArrayList<>();
        List<Column> w = List.of(lit(1), col("x1"), col("x2"), col("x3"), col("y"));
        for (int z = 0; z < 2; z++) {
            for (int c = z; c < w.size(); c++) {
                sums.add(sum(w.get(z).multiply(w.get(c))));
            }
        }
        return Cost.of(() -> spark.read().parquet(data).groupBy("g")
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(new Column[0]))
                .write().format("noop").mode("overwrite").save());
    }

    private static long peakHeap() {
        return java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }
}
