package io.echelon.benchmark;

import io.echelon.command.CommandReader;
import io.echelon.spark.Fitted;
import io.echelon.spark.Workspace;
import io.echelon.spark.read.DataReader;
import io.echelon.spec.Statement;
import io.echelon.yaml.JobConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** One million rows in 100,000 groups with ten regressors, from Parquet to the estimates, in a warm session. */
final class WarmFit {
    static final String INTERCEPT = "mixed y x1-x10 || g:";
    static final String SLOPE = "mixed y x1-x10 || g: x1, covariance(unstructured)";
    private static final int WARM_UP = 5;
    private static final int TURNS = 7;

    private WarmFit() {}

    static void measure(SparkSession spark, Path folder) {
        String data = BenchmarkData.MILLION.parquet(spark, folder);
        report(spark, data, "random intercept", INTERCEPT, 1.5);
        report(spark, data, "unstructured random slope", SLOPE, 2);
    }

    private static void report(SparkSession spark, String data, String model, String command, double most) {
        for (int turn = 0; turn < WARM_UP; turn++) {
            seconds(spark, data, command);
        }
        List<Double> times = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            times.add(seconds(spark, data, command));
        }
        double time = Figure.median(times);
        Figure.print("1 million rows, 100,000 groups, " + model, time);
        Figure.ratio("  ratio to " + most + " s", time / most, 1);
    }

    /** From the file to the estimates. */
    static double seconds(SparkSession spark, String data, String command) {
        long start = System.nanoTime();
        Workspace workspace = new Workspace(DataReader.read(spark,
                new JobConfig.Data(Optional.of(data), Optional.empty(), Map.of(), Optional.empty())));
        Statement statement = CommandReader.read(command);
        Fitted fit = workspace.run(statement, iteration -> { }).orElseThrow();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!fit.estimates().converged()) {
            throw new IllegalStateException(command + " did not converge");
        }
        return seconds;
    }
}
