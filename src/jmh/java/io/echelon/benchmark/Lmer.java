package io.echelon.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The same models by R's lme4 on the same million rows, where R with lme4 is installed. */
final class Lmer {
    private static final String FIXED = "y ~ x1+x2+x3+x4+x5+x6+x7+x8+x9+x10";

    private Lmer() {}

    static void measure(SparkSession spark, Path folder) throws IOException, InterruptedException {
        if (!installed()) {
            System.out.println("lmer: R with lme4 is not installed");
            return;
        }
        String data = BenchmarkData.MILLION.parquet(spark, folder);
        Path csv = folder.resolve("million.csv");
        spark.read().parquet(data).coalesce(1).write().mode("overwrite").option("header", true).csv(csv.toString());
        String file;
        try (var files = java.nio.file.Files.list(csv)) {
            file = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow().toString();
        }
        Process process = new ProcessBuilder("Rscript", "src/jmh/r/lmer.R", file, FIXED + " + (1 | g)",
                FIXED + " + (1 + x1 | g)").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            Figure.print("lmer, 1 million rows, random intercept", Double.parseDouble(output.readLine()));
            Figure.print("lmer, 1 million rows, random slope", Double.parseDouble(output.readLine()));
        }
        process.waitFor();
    }

    private static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder("Rscript", "-e", "library(lme4)").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
