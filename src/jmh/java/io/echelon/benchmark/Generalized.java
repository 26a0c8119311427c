package io.echelon.benchmark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Generalized models of {@link SimulatedOutcomes} by mean-variance adaptive quadrature, in a warm session. */
final class Generalized {
    private static final String INTERCEPT = "melogit y x1-x5 || g:";
    private static final String SLOPE = "melogit s x1-x5 || g: x1";
    private static final String ORDERED = "meoprobit o x1-x5 || h: || g:";

    private Generalized() {}

    static void measure(SparkSession spark, Path folder) {
        String small = SimulatedOutcomes.HUNDRED_THOUSAND.parquet(spark, folder);
        WarmFit.report(spark, small, "logit, 100,000 rows, 10,000 groups, 7 points", INTERCEPT, 1);
        WarmFit.report(spark, small, "  with a random slope, 49 points", SLOPE, 4);
        Figure.print("ordered probit, 100,000 rows, 2,000 and 10,000 groups on two levels", WarmFit.fit(spark, small, ORDERED));
        String million = SimulatedOutcomes.MILLION.parquet(spark, folder);
        WarmFit.fit(spark, million, INTERCEPT);
        Cost cost = WarmFit.fit(spark, million, INTERCEPT);
        Figure.print("logit, 1 million rows, 100,000 groups, 7 points", cost);
        Figure.ratio("  ratio to 8 s", cost.wall() / 8, 1);
        Figure.print("logit, 10 million rows, 1 million groups, 7 points",
                WarmFit.fit(spark, SimulatedOutcomes.TEN_MILLION.parquet(spark, folder), INTERCEPT));
        Figure.peakHeap();
    }
}
