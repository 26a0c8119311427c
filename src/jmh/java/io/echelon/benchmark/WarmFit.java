package io.echelon.benchmark;

import io.echelon.Echelon;
import io.echelon.Fit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** One million rows in 100,000 groups with ten regressors, from Parquet to the estimates, in a warm session. */
final class WarmFit {
    private static final String MILLION = "1 million rows, 100,000 groups, ";
    private static final String INTERCEPT = "mixed y x1-x10 || g:";
    private static final String SLOPE = "mixed y x1-x10 || g: x1, covariance(unstructured)";
    /** Fits until the compiler no longer shortens them. */
    private static final int WARM_UP = 12;
    private static final int TURNS = 7;

    private WarmFit() {}

    static void measure(SparkSession spark, Path folder) {
        String data = BenchmarkData.MILLION.parquet(spark, folder);
        report(spark, data, MILLION + "random intercept", INTERCEPT, 1.5);
        report(spark, data, MILLION + "unstructured random slope", SLOPE, 2);
    }

    /** Prints the time of a fit in a warm session beside what it should at most be. */
    static void report(SparkSession spark, String data, String model, String command, double most) {
        for (int turn = 0; turn < WARM_UP; turn++) {
            fit(spark, data, command);
        }
        List<Cost> times = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            times.add(fit(spark, data, command));
        }
        Cost time = Cost.median(times);
        Figure.print(model, time);
        Figure.ratio("  ratio to " + most + " s", time.wall() / most, 1);
    }

    /** What it takes from the file to the estimates. */
    static Cost fit(SparkSession spark, String data, String command) {
        return Cost.of(() -> {
            Fit fit = Echelon.on(spark).open(data).fit(command);
            if (!fit.estimates().converged()) {
                throw new IllegalStateException(command + " did not converge");
            }
        });
    }
}
