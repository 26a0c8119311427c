package io.echelon.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.covariance.Identity;
import io.echelon.covariance.Unstructured;
import io.echelon.estimate.Table;
import io.echelon.estimate.linear.TestModel;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.residual.Ar;
import io.echelon.residual.Banded;
import io.echelon.residual.Exchangeable;
import io.echelon.residual.Exponential;
import io.echelon.residual.Independent;
import io.echelon.residual.Ma;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualModel;
import io.echelon.residual.Toeplitz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualLikelihoodTest {
    private static final double[] TIMES = {1, 2, 3, 4, 5, 6};

    /** 5 groups a of 1 to 3 groups b with 1 to 6 of 6 times each, in random order. */
    private static Table table() {
        Random random = new Random(3);
        List<double[]> rows = new ArrayList<>();
        for (int a = 0; a < 5; a++) {
            for (int b = 0; b <= a % 3; b++) {
                List<Double> times = new ArrayList<>(Arrays.stream(TIMES).boxed().toList());
                Collections.shuffle(times, random);
                for (double t : times.subList(0, 1 + (a + 2 * b) % 6)) {
                    double x = 3 + random.nextGaussian();
                    rows.add(new double[] {a, b, t, a % 2, x, a + 0.5 * x + random.nextGaussian()});
                }
            }
        }
        Collections.shuffle(rows, random);
        Table table = new Table();
        String[] names = {"a", "b", "t", "g", "x", "y"};
        for (int c = 0; c < names.length; c++) {
            int column = c;
            table = table.with(names[c], rows.stream().mapToDouble(r -> r[column]).toArray());
        }
        return table;
    }

    private static TestModel with(TestModel model, Residual residual) {
        return model.residuals(new ResidualModel(List.of(residual), null, "t"), "t", null);
    }

    private static TestModel byGroup(TestModel model, Residual first, Residual second) {
        return model.residuals(new ResidualModel(List.of(first, second),
                new ResidualModel.By("g", List.of("0", "1")), "t"), "t", "g", 0, 1);
    }

    private static TestModel marginal() {
        return new TestModel(table(), "y").x("x").level("a").level("b");
    }

    private static TestModel mixed() {
        return new TestModel(table(), "y").x("x").level("a", new Unstructured(2), "x", "_cons")
                .level("b", new Identity(1), "_cons");
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("ar 1", with(marginal(), new Ar(1)), new double[] {0.5, 1.3}),
                Arguments.of("ar 2", with(marginal(), new Ar(2)), new double[] {0.5, -0.2, 1.3}),
                Arguments.of("ma 1", with(mixed(), new Ma(1)), new double[] {0.4, 1.5, -0.3, 0.6, 0.4, 1.3}),
                Arguments.of("mixed ar 1", with(mixed(), new Ar(1)), new double[] {0.4, 1.5, -0.3, 0.6, 0.4, 1.3}),
                Arguments.of("mixed exchangeable", with(mixed(), new Exchangeable()),
                        new double[] {0.4, 1.5, -0.3, 0.6, -0.1, 1.3}),
                Arguments.of("mixed toeplitz", with(mixed(), new Toeplitz(2)),
                        new double[] {0.4, 1.5, -0.3, 0.6, 0.3, 0.1, 1.3}),
                Arguments.of("mixed banded", with(mixed(), new Banded(TIMES, 1)), new double[] {0.4, 1.5, -0.3, 0.6,
                        0.1, 0.2, -0.1, 0.1, 0.3, 0.3, -0.2, 0.2, 0.1, -0.3, 1.3}),
                Arguments.of("mixed exponential", with(mixed(), new Exponential(1)),
                        new double[] {0.4, 1.5, -0.3, 0.6, -0.4, 1.3}),
                Arguments.of("independent by", byGroup(mixed(), new Independent(), new Independent()),
                        new double[] {0.4, 1.5, -0.3, 0.6, 0.4, 1.3}),
                Arguments.of("ar 1 by", byGroup(mixed(), new Ar(1), new Ar(1)),
                        new double[] {0.4, 1.5, -0.3, 0.6, 0.4, -0.3, 0.5, 1.3}));
    }

    private static LinearLikelihood likelihood(TestModel model, boolean reml) {
        Standardization standardization = model.standardization();
        PartStore<Moments> parts = model.moments(standardization, 2);
        return collapsing(model, parts, standardization, reml, true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void valueEqualsDenseAlgebra(String name, TestModel model, double[] natural) {
        for (boolean reml : new boolean[] {false, true}) {
            double dense = DenseLikelihood.value(model.design(), table(), natural, reml);
            double value = likelihood(model, reml).evaluate(natural).orElseThrow().value();
            assertEquals(dense, value, 1e-11 * Math.abs(dense), name + (reml ? " REML" : " ML"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void derivativesEqualDifferences(String name, TestModel model, double[] natural) {
        for (boolean reml : new boolean[] {false, true}) {
            LinearLikelihood likelihood = likelihood(model, reml);
            Derivatives exact = likelihood.derivatives(likelihood.evaluate(natural).orElseThrow());
            IntStream.range(0, natural.length).forEach(i -> {
                double step = 1e-5;
                double[] up = natural.clone();
                double[] down = natural.clone();
                up[i] += step;
                down[i] -= step;
                LinearLikelihood.Evaluation high = likelihood.evaluate(up).orElseThrow();
                LinearLikelihood.Evaluation low = likelihood.evaluate(down).orElseThrow();
                double slope = -(high.value() - low.value()) / step;
                assertEquals(slope, exact.gradient()[i], 1e-6 * (1 + Math.abs(slope)), name + " gradient " + i);
                double[] gradientUp = likelihood.derivatives(high).gradient();
                double[] gradientDown = likelihood.derivatives(low).gradient();
                for (int j = 0; j < natural.length; j++) {
                    double second = (gradientUp[j] - gradientDown[j]) / (2 * step);
                    assertEquals(second, exact.hessian()[i][j], 1e-6 * (1 + Math.abs(second)),
                            name + " Hessian " + i + "," + j);
                }
            });
        }
    }

    /** 60 groups with a random effect of t, each seen at all times 1 to 4, at 1, 2 and 4, or at 2 and 3. */
    private static TestModel balanced() {
        Random random = new Random(5);
        double[][] visits = {{1, 2, 3, 4}, {1, 2, 4}, {2, 3}};
        List<double[]> rows = new ArrayList<>();
        for (int b = 0; b < 60; b++) {
            for (double t : visits[b % 3]) {
                rows.add(new double[] {b, t, b % 2, random.nextGaussian(), b % 5 + random.nextGaussian()});
            }
        }
        Table table = new Table();
        String[] names = {"b", "t", "g", "x", "y"};
        for (int c = 0; c < names.length; c++) {
            int column = c;
            table = table.with(names[c], rows.stream().mapToDouble(r -> r[column]).toArray());
        }
        return new TestModel(table, "y").x("x").level("b", new Unstructured(2), "t", "_cons");
    }

    static Stream<Arguments> collapsible() {
        return Stream.of(
                Arguments.of("ar 1", with(balanced(), new Ar(1)), new double[] {0.4, 1.5, -0.3, 0.6, 1.3}),
                Arguments.of("exchangeable", with(balanced(), new Exchangeable()), new double[] {0.4, 1.5, -0.3, -0.1, 1.3}),
                Arguments.of("toeplitz", with(balanced(), new Toeplitz(2)), new double[] {0.4, 1.5, -0.3, 0.3, 0.1, 1.3}),
                Arguments.of("ar 1 by", byGroup(balanced(), new Ar(1), new Ar(1)),
                        new double[] {0.4, 1.5, -0.3, 0.6, 0.4, -0.3, 1.3}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collapsible")
    void equalGroupsMayBeTakenTogether(String name, TestModel model, double[] natural) {
        Standardization standardization = model.standardization();
        PartStore<Moments> parts = model.moments(standardization, 3);
        SeriesTable table = parts.aggregate(SeriesTable::of, SeriesTable::merge);
        assertTrue(table.pays());
        assertTrue(table.moments().nodes(0) < 60, "nodes " + table.moments().nodes(0));
        for (boolean reml : new boolean[] {false, true}) {
            LinearLikelihood each = collapsing(model, parts, standardization, reml, false);
            LinearLikelihood together = collapsing(model, parts, standardization, reml, true);
            LinearLikelihood.Evaluation expected = each.evaluate(natural).orElseThrow();
            LinearLikelihood.Evaluation actual = together.evaluate(natural).orElseThrow();
            assertEquals(expected.value(), actual.value(), 1e-11 * Math.abs(expected.value()), name);
            Derivatives one = each.derivatives(expected);
            Derivatives other = together.derivatives(actual);
            assertArrayEquals(one.gradient(), other.gradient(), 1e-9, name);
            for (int i = 0; i < natural.length; i++) {
                assertArrayEquals(one.hessian()[i], other.hessian()[i], 1e-8, name);
            }
        }
    }

    private static LinearLikelihood collapsing(TestModel model, PartStore<Moments> parts, Standardization standardization,
                                               boolean reml, boolean collapse) {
        return new LinearLikelihood(parts, RootMoments.of(parts, standardization.layout()),
                new CovarianceParameters(model.design(), standardization), standardization, reml, collapse);
    }
}
