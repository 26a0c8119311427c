package io.echelon.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Exchangeable;
import io.echelon.covariance.Fixed;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.covariance.Pattern;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Design;
import io.echelon.estimate.Table;
import io.echelon.estimate.linear.TestModel;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearLikelihoodTest {
    private static final double NONE = Double.NaN;

    /** 4 levels a > b > c > d of uneven size, two covariates far from zero, and a response with effects at every level. */
    static Table nested(int rows, long seed) {
        Random random = new Random(seed);
        double[] a = new double[rows];
        double[] b = new double[rows];
        double[] c = new double[rows];
        double[] d = new double[rows];
        double[] x = new double[rows];
        double[] w = new double[rows];
        double[] y = new double[rows];
        double[][] effects = new double[4][4096];
        for (double[] e : effects) {
            for (int i = 0; i < e.length; i++) {
                e[i] = random.nextGaussian();
            }
        }
        for (int r = 0; r < rows; r++) {
            a[r] = random.nextInt(6);
            b[r] = random.nextInt(3);
            c[r] = random.nextInt(2);
            d[r] = random.nextInt(2);
            x[r] = 5 + 2 * random.nextGaussian();
            w[r] = random.nextInt(4);
            int node = (int) a[r];
            y[r] = 1 + 0.5 * x[r] - w[r] + effects[0][node] * (1 + 0.3 * x[r]);
            node = node * 3 + (int) b[r];
            y[r] += effects[1][node] + 0.4 * effects[1][2000 + node] * w[r];
            node = node * 2 + (int) c[r];
            y[r] += 0.7 * effects[2][node];
            node = node * 2 + (int) d[r];
            y[r] += 0.5 * effects[3][node] + random.nextGaussian();
        }
        return new Table().with("a", a).with("b", b).with("c", c).with("d", d).with("x", x).with("w", w).with("y", y);
    }

    private static TestModel model() {
        return new TestModel(nested(90, 7), "y").x("x", "w");
    }

    static Stream<Arguments> models() {
        Covariance un2 = new Unstructured(2);
        double[] un = {0.4, 1.5, -0.3};
        return Stream.of(
                Arguments.of("intercept", model().level("a", new Identity(1), "_cons"), new double[] {1.5, 0.8}),
                Arguments.of("independent", model().level("a", new Independent(2), "x", "_cons"),
                        new double[] {0.2, 1.5, 0.8}),
                Arguments.of("identity", model().level("a", new Identity(2), "x", "_cons"), new double[] {0.5, 0.8}),
                Arguments.of("exchangeable", model().level("a", new Exchangeable(3), "x", "w", "_cons"),
                        new double[] {0.5, 0.2, 0.8}),
                Arguments.of("unstructured", model().level("a", un2, "x", "_cons"), new double[] {0.4, 1.5, -0.3, 0.8}),
                Arguments.of("unstructured 3", model().level("a", new Unstructured(3), "x", "w", "_cons"),
                        new double[] {0.4, 0.5, 1.5, 0.1, -0.3, 0.2, 0.8}),
                Arguments.of("pattern", model().level("a", new Pattern(new double[][] {{1, 3, NONE}, {3, 1, NONE},
                        {NONE, NONE, 2}}), "x", "w", "_cons"), new double[] {0.5, 1.5, 0.2, 0.8}),
                Arguments.of("fixed", model().level("a", new Fixed(new double[][] {{0.3, 0}, {0, NONE}}), "x", "_cons"),
                        new double[] {1.5, 0.8}),
                Arguments.of("no constant", model().level("a", un2, "x", "w"), new double[] {0.4, 1.5, -0.3, 0.8}),
                Arguments.of("singular", model().level("a", un2, "x", "_cons"), new double[] {0.25, 1, -0.5, 0.8}),
                Arguments.of("zero variance", model().level("a", new Independent(2), "x", "_cons"),
                        new double[] {0, 1, 0.8}),
                Arguments.of("two equations", model().level("a", un2, "x", "w").level("a", new Identity(1), "_cons"),
                        new double[] {0.4, 1.5, -0.3, 2, 0.8}),
                Arguments.of("no fixed part", new TestModel(nested(90, 7), "y").noconstant().level("a", un2, "x", "_cons"),
                        new double[] {0.4, 1.5, -0.3, 0.8}),
                Arguments.of("many effects", new TestModel(nested(90, 7), "y").x("w")
                        .level("a", new Identity(7), "ibn.b", "ibn.w"), new double[] {0.7, 0.8}),
                Arguments.of("three levels", model().level("a", un2, "x", "_cons").level("b", un2, "w", "_cons"),
                        new double[] {0.4, 1.5, -0.3, 0.3, 0.8, 0.1, 0.8}),
                Arguments.of("three levels, fixed part inside", model().level("a", new Identity(1), "_cons")
                        .level("b", new Fixed(new double[][] {{0.3, 0}, {0, NONE}}), "w", "_cons"),
                        new double[] {0.4, 0.3, 0.8}),
                Arguments.of("four levels", model().level("a", un2, "x", "_cons").level("b", new Independent(2), "w", "_cons")
                        .level("c", new Exchangeable(2), "x", "_cons"), new double[] {0.4, 1.5, -0.3, 0.3, 0.8, 0.1, 0.05, 0.8}),
                Arguments.of("five levels", model().level("a", new Identity(1), "_cons").level("b", un2, "w", "_cons")
                        .level("c", new Identity(1), "_cons").level("d", new Independent(2), "x", "_cons"),
                        new double[] {1.1, 0.3, 0.8, 0.1, 0.5, 0.01, 0.2, 0.8}));
    }

    private static LinearLikelihood likelihood(TestModel model, boolean reml) {
        Standardization standardization = model.standardization();
        PartStore<Moments> parts = model.moments(standardization, 2);
        return new LinearLikelihood(parts, RootMoments.of(parts, standardization.layout()),
                new CovarianceParameters(model.design(), standardization), standardization, reml, true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void valueEqualsDenseAlgebra(String name, TestModel model, double[] natural) {
        Design design = model.design();
        for (boolean reml : new boolean[] {false, true}) {
            double dense = DenseLikelihood.value(design, nested(90, 7), natural, reml);
            double value = likelihood(model, reml).evaluate(natural).orElseThrow().value();
            assertEquals(dense, value, 1e-11 * Math.abs(dense), name + (reml ? " REML" : " ML"));
        }
    }

    /** Where there are many indicators, sums are taken over those that are not zero. */
    @Test
    void valueOfManyLevelsEqualsDenseAlgebra() {
        Random random = new Random(9);
        Table table = nested(400, 8);
        table = table.with("f", random.ints(400, 0, 70).asDoubleStream().toArray());
        TestModel one = new TestModel(table, "y").x("x", "i.f").level("c", new Unstructured(2), "x", "_cons");
        TestModel two = new TestModel(table, "y").x("x", "i.f").level("a", new Identity(1), "_cons")
                .level("b", new Unstructured(2), "w", "_cons");
        for (boolean reml : new boolean[] {false, true}) {
            double[] natural = {0.4, 1.5, -0.3, 0.8};
            assertEquals(DenseLikelihood.value(one.design(), table, natural, reml),
                    likelihood(one, reml).evaluate(natural).orElseThrow().value(), 1e-8);
            natural = new double[] {1.1, 0.3, 0.8, 0.1, 0.8};
            assertEquals(DenseLikelihood.value(two.design(), table, natural, reml),
                    likelihood(two, reml).evaluate(natural).orElseThrow().value(), 1e-8);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void derivativesEqualDifferences(String name, TestModel model, double[] natural) {
        for (boolean reml : new boolean[] {false, true}) {
            LinearLikelihood likelihood = likelihood(model, reml);
            Derivatives exact = likelihood.derivatives(likelihood.evaluate(natural).orElseThrow());
            for (int i = 0; i < natural.length; i++) {
                if (natural[i] == 0 || name.equals("singular")) {
                    continue;
                }
                double step = 1e-5 * Math.max(0.1, Math.abs(natural[i]));
                double[] up = natural.clone();
                double[] down = natural.clone();
                up[i] += step;
                down[i] -= step;
                LinearLikelihood.Evaluation high = likelihood.evaluate(up).orElseThrow();
                LinearLikelihood.Evaluation low = likelihood.evaluate(down).orElseThrow();
                double slope = -2 * (high.value() - low.value()) / (2 * step);
                assertEquals(slope, exact.gradient()[i], 1e-6 * (1 + Math.abs(slope)), name + " gradient " + i);
                double[] gradientUp = likelihood.derivatives(high).gradient();
                double[] gradientDown = likelihood.derivatives(low).gradient();
                for (int j = 0; j < natural.length; j++) {
                    double second = (gradientUp[j] - gradientDown[j]) / (2 * step);
                    assertEquals(second, exact.hessian()[i][j], 1e-6 * (1 + Math.abs(second)),
                            name + " Hessian " + i + "," + j);
                }
            }
        }
    }

    /** 300 groups of 1 to 4 visits at whole-numbered times: few distinct patterns. */
    @Test
    void collapsingEqualGroupsChangesNothing() {
        Random random = new Random(4);
        Table table = nested(750, 4).with("a", r -> 0).with("w", r -> 0);
        for (int r = 0; r < 750; r++) {
            table.column("a")[r] = random.nextInt(300);
            table.column("w")[r] = random.nextInt(3);
        }
        for (boolean reml : new boolean[] {false, true}) {
            TestModel model = new TestModel(table, "y").x("x", "w").level("a", new Unstructured(2), "w", "_cons");
            Standardization standardization = model.standardization();
            CovarianceParameters parameters = new CovarianceParameters(model.design(), standardization);
            double[] natural = {0.4, 1.5, -0.3, 0.8};
            double[][] figures = new double[2][];
            for (int collapse = 0; collapse < 2; collapse++) {
                PartStore<Moments> parts = model.moments(standardization, 3);
                assertTrue(parts.aggregate(PatternTable::of, PatternTable::merge).pays());
                LinearLikelihood likelihood = new LinearLikelihood(parts,
                        RootMoments.of(parts, standardization.layout()), parameters, standardization, reml, collapse == 1);
                MixedLikelihood.Evaluation at = likelihood.evaluate(natural).orElseThrow();
                Derivatives d = likelihood.derivatives(at);
                figures[collapse] = DoubleStream.concat(DoubleStream.concat(DoubleStream.of(at.value()),
                        Arrays.stream(at.beta())), DoubleStream.concat(Arrays.stream(d.gradient()),
                        Arrays.stream(d.hessian()).flatMapToDouble(Arrays::stream))).toArray();
            }
            for (int i = 0; i < figures[0].length; i++) {
                assertEquals(figures[0][i], figures[1][i], 1e-12 * Math.max(1, Math.abs(figures[0][i])), "figure " + i);
            }
        }
    }

    @Test
    void groupsThatDifferAreLeftAsTheyAre() {
        TestModel model = new TestModel(nested(3000, 8).with("a", r -> Math.floor(1000 * r.get("x"))), "y").x("w")
                .level("a", new Unstructured(2), "x", "_cons");
        PartStore<Moments> parts = model.moments(model.standardization(), 1);
        assertFalse(parts.aggregate(PatternTable::of, PatternTable::merge).pays());
    }

    @Test
    void whatIsInfeasibleHasNoLikelihood() {
        TestModel model = model().level("a", new Pattern(new double[][] {{1, 2}, {2, 1}}), "x", "_cons");
        assertTrue(likelihood(model, false).evaluate(new double[] {1, 1.5, 1}).isEmpty());
        assertTrue(likelihood(model, false).evaluate(new double[] {1, 0.5, 0}).isEmpty());
    }
}
