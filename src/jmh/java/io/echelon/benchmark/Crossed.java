package io.echelon.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Crossed effects in a warm session: lme4's InstEval (73,421 ratings of 1,128 lecturers by 2,972 students) with two and
 * three crossed factors, beside lmer; and 5 million simulated rows with 100,000 × 5,000 crossed levels.
 */
final class Crossed {
    private static final String TWO = "mixed y service || _all: R.d || s:";
    private static final String THREE = "mixed y service || _all: R.ds || _all: R.d || s:";
    private static final int WARM_UP = 5;
    private static final int TURNS = 5;

    private Crossed() {}

    static void measure(SparkSession spark, Path folder) throws IOException, InterruptedException {
        Path ratings = folder.resolve("InstEval.csv").toAbsolutePath();
        if (Files.exists(ratings) || exported(ratings)) {
            report(spark, ratings.toString(), "InstEval, two crossed factors", TWO, 1.5);
            report(spark, ratings.toString(), "InstEval, three crossed factors", THREE, 3);
            lmer(ratings.toString());
        } else {
            System.out.println("InstEval: R with lme4, which has these data, is not installed");
        }
        String data = BenchmarkData.CROSSED.parquet(spark, folder);
        Figure.print("5 million rows, 100,000 x 5,000 crossed levels",
                WarmFit.seconds(spark, data, "mixed y x1 x2 || _all: R.h || g:"));
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(u -> u.getUsed()).sum();
        System.out.printf("  peak of the heap %.1f GB%n", peak / 1e9);
    }

    private static boolean exported(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        String script = "library(lme4); d <- data.frame(lapply(InstEval, function(x) as.integer(as.character(x))));"
                + "d$ds <- 2 * d$dept + d$service; write.csv(d, '" + file + "', row.names = FALSE)";
        try {
            return new ProcessBuilder("Rscript", "-e", script).start().waitFor() == 0;
        } catch (IOException noR) {
            return false;
        }
    }

    private static void report(SparkSession spark, String data, String model, String command, double most) {
        for (int turn = 0; turn < WARM_UP; turn++) {
            WarmFit.seconds(spark, data, command);
        }
        List<Double> times = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            times.add(WarmFit.seconds(spark, data, command));
        }
        Figure.print(model, Figure.median(times));
        Figure.ratio("  ratio to " + most + " s", Figure.median(times) / most, 1);
    }

    private static void lmer(String file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("Rscript", "src/jmh/r/lmer.R", file, "y ~ service + (1 | s) + (1 | d)",
                "y ~ service + (1 | s) + (1 | d) + (1 | ds)").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            Figure.print("lmer, InstEval, two crossed factors", Double.parseDouble(output.readLine()));
            Figure.print("lmer, InstEval, three crossed factors", Double.parseDouble(output.readLine()));
        }
        process.waitFor();
    }
}
