package io.echelon.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
        try (Stream<Path> files = Files.list(csv)) {
            file = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow().toString();
        }
        report(file, "1 million rows, random intercept", FIXED + " + (1 | g)");
        report(file, "1 million rows, random slope", FIXED + " + (1 + x1 | g)");
    }

    /** Prints the seconds that lmer takes for a formula on a CSV file, reading not counted. */
    static void report(String file, String model, String formula) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("Rscript", "src/jmh/r/lmer.R", file, formula)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            Figure.print("lmer, " + model, Double.parseDouble(output.readLine()));
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
