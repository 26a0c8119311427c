package io.echelon.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Crossed effects in a warm session: lme4's InstEval (73,421 ratings of 1,128 lecturers by 2,972 students) with two and
 * three crossed factors, beside lmer; and 5 million simulated rows with 100,000 × 5,000 crossed levels.
 */
final class Crossed {
    private static final String TWO = "mixed y service || _all: R.d || s:";
    private static final String THREE = "mixed y service || _all: R.ds || _all: R.d || s:";

    private Crossed() {}

    static void measure(SparkSession spark, Path folder) throws IOException, InterruptedException {
        Path ratings = folder.resolve("InstEval.csv").toAbsolutePath();
        if (Files.exists(ratings) || exported(ratings)) {
            WarmFit.report(spark, ratings.toString(), "InstEval, two crossed factors", TWO, 1.5);
            WarmFit.report(spark, ratings.toString(), "InstEval, three crossed factors", THREE, 3);
            Lmer.report(ratings.toString(), "InstEval, two crossed factors", "y ~ service + (1 | s) + (1 | d)");
            Lmer.report(ratings.toString(), "InstEval, three crossed factors",
                    "y ~ service + (1 | s) + (1 | d) + (1 | ds)");
        } else {
            System.out.println("InstEval: R with lme4, which has these data, is not installed");
        }
        String data = BenchmarkData.CROSSED.parquet(spark, folder);
        Figure.print("5 million rows, 100,000 x 5,000 crossed levels",
                WarmFit.fit(spark, data, "mixed y x1 x2 || _all: R.h || g:"));
        Figure.peakHeap();
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
}
