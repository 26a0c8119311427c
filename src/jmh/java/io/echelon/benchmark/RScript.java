package io.echelon.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Fits by packages of R beside those of Echelon, where R has them. */
final class RScript {
    private static final Duration MOST = Duration.ofMinutes(10);

    private RScript() {}

    /** Prints the seconds that a script of {@code src/jmh/r} takes for a fit, reading not counted; at most ten minutes. */
    static void report(String what, String packageName, String script, String... arguments)
            throws IOException, InterruptedException {
        if (!installed(packageName)) {
            System.out.println(what + ": R with " + packageName + " is not installed");
            return;
        }
        List<String> command = new ArrayList<>(List.of("Rscript", "src/jmh/r/" + script));
        command.addAll(List.of(arguments));
        Path printed = Files.createTempFile("echelon", ".txt");
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(printed.toFile()).start();
        if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            System.out.println(what + ": more than " + MOST.toSeconds() + " s");
        } else {
            try (BufferedReader lines = Files.newBufferedReader(printed)) {
                Figure.print(what, Double.parseDouble(lines.readLine()));
            }
        }
        Files.delete(printed);
    }

    private static boolean installed(String packageName) throws InterruptedException {
        try {
            return new ProcessBuilder("Rscript", "-e", "library(" + packageName + ")").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The rows of a Parquet folder as one CSV file. */
    static String csv(SparkSession spark, String parquet, Path csv) throws IOException {
        spark.read().parquet(parquet).coalesce(1).write().mode("overwrite").option("header", true).csv(csv.toString());
        try (Stream<Path> files = Files.list(csv)) {
            return files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow().toString();
        }
    }
}
