package io.echelon.benchmark;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Residual structures and degrees of freedom in a warm session. One million rows: 50,000 groups of 20 times, a random
 * intercept of variance 1 and residuals of variance 1 that follow an autoregression of 0.6, fitted with
 * {@code residuals(ar 1)} and with independent residuals, in turn. Then Kenward and Roger's method for 100,000 groups.
 */
final class RepeatedMeasures {
    private static final int GROUPS = 50_000;
    private static final int TIMES = 20;
    private static final String INDEPENDENT = "mixed y x1 x2 || g:";
    private static final String AUTOREGRESSIVE = INDEPENDENT + ", residuals(ar 1, t(t))";
    private static final String KENWARD_ROGER = "mixed y x1-x10 || g:, reml dfmethod(kroger)";
    private static final int WARM_UP = 3;
    private static final int TURNS = 5;

    private RepeatedMeasures() {}

    static void measure(SparkSession spark, Path folder) {
        String data = simulated(spark, folder);
        List<Cost> independent = new ArrayList<>();
        List<Cost> autoregressive = new ArrayList<>();
        for (int turn = 0; turn < WARM_UP + TURNS; turn++) {
            independent.add(WarmFit.fit(spark, data, INDEPENDENT));
            autoregressive.add(WarmFit.fit(spark, data, AUTOREGRESSIVE));
        }
        Cost plain = Cost.median(independent.subList(WARM_UP, WARM_UP + TURNS));
        Cost structured = Cost.median(autoregressive.subList(WARM_UP, WARM_UP + TURNS));
        Figure.print("1 million rows, 50,000 groups, independent residuals", plain);
        Figure.print("  residuals(ar 1)", structured);
        Figure.ratio("  ratio", structured.wall() / plain.wall(), 3);
        String million = BenchmarkData.MILLION.parquet(spark, folder);
        Figure.print("1 million rows, 100,000 groups, dfmethod(kroger)", WarmFit.fit(spark, million, KENWARD_ROGER));
    }

    private static String simulated(SparkSession spark, Path folder) {
        String first = BenchmarkData.normalSql("g", 1);
        String next = "0.6 * element_at(e, -1) + 0.8 * " + BenchmarkData.normalSql("g * 1000 + t", 2);
        return BenchmarkData.written(folder.resolve("repeated.parquet"), () -> spark.range(0, GROUPS, 1, 8).withColumnRenamed("id", "g")
                .select(expr("g"), expr(BenchmarkData.normalSql("g", 0) + " AS u"), expr("posexplode(aggregate(sequence(1, "
                        + (TIMES - 1) + "), array(" + first + "), (e, t) -> concat(e, array(" + next + ")))) AS (t, e)"))
                .select(expr("g"), expr("t"), expr("rand(1) AS x1"), expr("rand(2) AS x2"), expr("u"), expr("e"))
                .select(expr("g"), expr("t"), expr("x1"), expr("x2"), expr("1 + 0.5 * x1 + 0.5 * x2 + u + e AS y")));
    }
}
