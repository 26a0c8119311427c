package io.echelon.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The same models by R's lme4 on the same million rows, where R with lme4 is installed. */
final class Lmer {
    private static final String FIXED = "y ~ x1+x2+x3+x4+x5+x6+x7+x8+x9+x10";

    private Lmer() {}

    static void measure(SparkSession spark, Path folder) throws IOException, InterruptedException {
        String file = RScript.csv(spark, BenchmarkData.MILLION.parquet(spark, folder), folder.resolve("million.csv"));
        report(file, "1 million rows, random intercept", FIXED + " + (1 | g)");
        report(file, "1 million rows, random slope", FIXED + " + (1 + x1 | g)");
    }

    /** Prints the seconds that lmer takes for a formula on a CSV file, reading not counted. */
    static void report(String file, String model, String formula) throws IOException, InterruptedException {
        RScript.report("lmer, " + model, "lme4", "lmer.R", file, formula);
    }
}
