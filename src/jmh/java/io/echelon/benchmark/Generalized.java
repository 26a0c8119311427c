package io.echelon.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Generalized models of {@link SimulatedOutcomes} by mean-variance adaptive quadrature, in a warm session, beside glmer (7
 * adaptive points for the random intercept), glmmTMB and clmm (Laplace's approximation).
 */
final class Generalized {
    private static final String INTERCEPT = "melogit y x1-x5 || g:";
    private static final String SLOPE = "melogit s x1-x5 || g: x1";
    private static final String FIXED = " ~ x1+x2+x3+x4+x5";
    private static final String ORDERED = "meoprobit o x1-x5 || h: || g:";

    private Generalized() {}

    static void measure(SparkSession spark, Path folder) throws IOException, InterruptedException {
        String small = SimulatedOutcomes.HUNDRED_THOUSAND.parquet(spark, folder);
        WarmFit.report(spark, small, "logit, 100,000 rows, 10,000 groups, 7 points", INTERCEPT, 1);
        WarmFit.report(spark, small, "  with a random slope, 49 points", SLOPE, 4);
        Figure.print("ordered probit, 100,000 rows, 2,000 and 10,000 groups on two levels", WarmFit.fit(spark, small, ORDERED));
        String file = RScript.csv(spark, small, folder.resolve("outcomes-100k.csv"));
        beside(file, "glmer", "lme4", "the logit, 7 points", "y" + FIXED + " + (1 | g)");
        beside(file, "glmmTMB", "glmmTMB", "the logit, Laplace", "y" + FIXED + " + (1 | g)");
        beside(file, "glmmTMB", "glmmTMB", "the logit with a random slope, Laplace", "s" + FIXED + " + (1 + x1 | g)");
        beside(file, "clmm", "ordinal", "the ordered probit, Laplace", "o" + FIXED + " + (1 | h) + (1 | g)");
        String million = SimulatedOutcomes.MILLION.parquet(spark, folder);
        WarmFit.fit(spark, million, INTERCEPT);
        Cost cost = WarmFit.fit(spark, million, INTERCEPT);
        Figure.print("logit, 1 million rows, 100,000 groups, 7 points", cost);
        Figure.ratio("  ratio to 8 s", cost.wall() / 8, 1);
        Figure.print("logit, 10 million rows, 1 million groups, 7 points",
                WarmFit.fit(spark, SimulatedOutcomes.TEN_MILLION.parquet(spark, folder), INTERCEPT));
        Figure.peakHeap();
    }

    private static void beside(String file, String function, String packageName, String model, String formula)
            throws IOException, InterruptedException {
        RScript.report("  " + function + ", " + model, packageName, "generalized.R", file, function, formula);
    }
}
