package io.echelon.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.echelon.Echelon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Ten million rows in a million groups: reading and summing cross-products, and the whole fit, against the time that Spark
 * takes for {@code groupBy(g).agg(...)} of the sums per group that the fit rests on, z'z and z'[x y], in turn over the same
 * file.
 */
final class Aggregation {
    private static final int TURNS = 3;

    private Aggregation() {}

    static void measure(SparkSession spark, Path folder) {
        String data = BenchmarkData.TEN_MILLION.parquet(spark, folder);
        compare(spark, data, "random intercept", "mixed y x1 x2 x3 || g:,", 1);
        compare(spark, data, "random slope", "mixed y x1 x2 x3 || g: x1, covariance(unstructured)", 2);
        Figure.peakHeap();
    }

    /** Compares a model whose random effects are those of the first {@code effects} of 1, x1. */
    private static void compare(SparkSession spark, String data, String model, String command, int effects) {
        pass(spark, data, command);
        sums(spark, data, effects);
        List<Cost> passes = new ArrayList<>();
        List<Cost> fits = new ArrayList<>();
        List<Cost> sums = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            passes.add(pass(spark, data, command));
            sums.add(sums(spark, data, effects));
            fits.add(WarmFit.fit(spark, data, command));
        }
        Cost pass = Cost.median(passes);
        Cost sum = Cost.median(sums);
        Figure.print("10 million rows, 1 million groups, " + model + ": the pass over the rows", pass);
        Figure.print("  Spark's groupBy(g).agg(...) of the same sums", sum);
        Figure.ratio("  ratio", pass.wall() / sum.wall(), 0.6);
        Figure.print("  the whole fit", Cost.median(fits));
    }

    /** From the file to the first likelihood. */
    private static Cost pass(SparkSession spark, String data, String command) {
        return Cost.of(() -> {
            try {
                Echelon.on(spark).open(data).onIteration(iteration -> {
                    throw new FirstIteration();
                }).run(command + " emiterate(0)");
            } catch (FirstIteration reached) {
                return;
            }
            throw new IllegalStateException("no iteration was heard of");
        });
    }

    private static Cost sums(SparkSession spark, String data, int effects) {
        List<Column> w = List.of(lit(1), col("x1"), col("x2"), col("x3"), col("y"));
        List<Column> sums = new ArrayList<>();
        for (int z = 0; z < effects; z++) {
            for (int c = z; c < w.size(); c++) {
                sums.add(sum(w.get(z).multiply(w.get(c))));
            }
        }
        return Cost.of(() -> spark.read().parquet(data).groupBy("g")
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(new Column[0]))
                .write().format("noop").mode("overwrite").save());
    }

    /** Ends a fit where its pass over the rows is done. */
    private static final class FirstIteration extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
