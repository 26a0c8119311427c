package io.echelon.benchmark;

import io.echelon.covariance.Unstructured;
import io.echelon.design.Design;
import io.echelon.estimate.Table;
import io.echelon.estimate.linear.TestModel;
import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.Derivatives;
import io.echelon.likelihood.LinearLikelihood;
import io.echelon.likelihood.RootMoments;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One iteration of a fit (likelihood, gradient and Hessian) with an unstructured random slope: its time follows the
 * number of groups and not the number of rows. {@code jobs/benchmark iteration}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IterationBenchmark {
    /** Variances of slope and intercept, their covariance, and the residual variance. */
    private static final double[] NATURAL = {0.25, 1, 0.2, 4};

    @Param({"1000", "10000"})
    private int groups;

    @Param({"20000", "200000"})
    private int rows;

    private LinearLikelihood likelihood;

    /** Simulates rows in groups at random and sums their cross-products. */
    @Setup
    public void simulate() {
        Random random = new Random(1);
        double[] id = new double[rows];
        double[] x = new double[rows];
        double[] y = new double[rows];
        for (int r = 0; r < rows; r++) {
            id[r] = random.nextInt(groups);
            x[r] = random.nextDouble();
            y[r] = 1 + x[r] + 2 * random.nextGaussian();
        }
        TestModel model = new TestModel(new Table().with("id", id).with("x", x).with("y", y), "y").x("x")
                .level("id", new Unstructured(2), "x", "_cons");
        Design design = model.design();
        Standardization standardization = model.standardization();
        PartStore<Moments> moments = model.moments(standardization, 1);
        likelihood = new LinearLikelihood(moments, RootMoments.of(moments, MomentLayout.of(design)),
                new CovarianceParameters(design, standardization), standardization, false, true);
    }

    /** Likelihood and derivatives at given parameters. */
    @Benchmark
    public Derivatives iteration() {
        return likelihood.derivatives(likelihood.evaluate(NATURAL).orElseThrow());
    }
}
