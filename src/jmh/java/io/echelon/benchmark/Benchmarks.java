package io.echelon.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * What {@code jobs/benchmark} runs: {@code fit}, {@code aggregation}, {@code crossed}, {@code repeated}, {@code generalized},
 * {@code start}, {@code lmer}, or all.
 */
public final class Benchmarks {
    private static final Path FOLDER = Path.of("target/benchmark");

    private Benchmarks() {}

    /** Runs the benchmarks named, all where none is. */
    public static void main(String[] args) throws Exception {
        List<String> chosen = args.length > 0 ? List.of(args)
                : List.of("start", "fit", "aggregation", "crossed", "repeated", "generalized", "lmer");
        if (chosen.contains("start")) {
            ColdStart.measure();
        }
        try (SparkSession spark = SparkSession.builder().master("local[*]").config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1").getOrCreate()) {
            if (chosen.contains("fit")) {
                WarmFit.measure(spark, FOLDER);
            }
            if (chosen.contains("aggregation")) {
                Aggregation.measure(spark, FOLDER);
            }
            if (chosen.contains("crossed")) {
                Crossed.measure(spark, FOLDER);
            }
            if (chosen.contains("generalized")) {
                Generalized.measure(spark, FOLDER);
            }
            if (chosen.contains("repeated")) {
                RepeatedMeasures.measure(spark, FOLDER);
            }
            if (chosen.contains("lmer")) {
                Lmer.measure(spark, FOLDER);
            }
        }
    }
}
