package io.echelon.likelihood.crossed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.covariance.Unstructured;
import io.echelon.estimate.Table;
import io.echelon.estimate.linear.TestModel;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.DenseLikelihood;
import io.echelon.likelihood.Derivatives;
import io.echelon.likelihood.FixedInformation;
import io.echelon.likelihood.LinearLikelihood;
import io.echelon.likelihood.MixedLikelihood.Evaluation;
import io.echelon.likelihood.RootMoments;
import io.echelon.linalg.JavaSymmetric;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrossedLikelihoodTest {
    private static final Table DATA = crossed(160, 3);

    /** Three crossed factors a, b, c of uneven size, two covariates far from zero and effects of each factor. */
    static Table crossed(int rows, long seed) {
        Random random = new Random(seed);
        double[][] columns = new double[6][rows];
        double[][] effects = new double[3][64];
        for (double[] e : effects) {
            for (int i = 0; i < e.length; i++) {
                e[i] = random.nextGaussian();
            }
        }
        for (int r = 0; r < rows; r++) {
            int a = random.nextInt(17);
            int b = Math.min(random.nextInt(9), random.nextInt(9));
            int c = random.nextInt(4);
            double x = 5 + 2 * random.nextGaussian();
            double w = random.nextInt(4);
            double[] row = {a, b, c, x, w, 1 + 0.5 * x - w + effects[0][a] * (1 + 0.2 * x) + 0.8 * effects[1][b]
                    + 0.5 * effects[2][c] * w + random.nextGaussian()};
            for (int j = 0; j < row.length; j++) {
                columns[j][r] = row[j];
            }
        }
        return new Table().with("a", columns[0]).with("b", columns[1]).with("c", columns[2]).with("x", columns[3])
                .with("w", columns[4]).with("y", columns[5]);
    }

    private static TestModel model() {
        return new TestModel(DATA, "y").x("x", "w");
    }

    static Stream<Arguments> models() {
        Covariance one = new Identity(1);
        Covariance un2 = new Unstructured(2);
        return Stream.of(
                Arguments.of("two intercepts", model().crossed("a", one, "_cons").crossed("b", one, "_cons"), 0,
                        new double[] {1.2, 0.6, 0.9}),
                Arguments.of("the smaller as leaf", model().crossed("a", one, "_cons").crossed("b", one, "_cons"), 1,
                        new double[] {1.2, 0.6, 0.9}),
                Arguments.of("three intercepts", model().crossed("a", one, "_cons").crossed("b", one, "_cons")
                        .crossed("c", one, "_cons"), 0, new double[] {1.2, 0.6, 0.3, 0.9}),
                Arguments.of("slopes in the leaf", model().crossed("b", one, "_cons").crossed("a", un2, "x", "_cons"), 1,
                        new double[] {0.6, 0.2, 1.2, -0.3, 0.9}),
                Arguments.of("slopes in the root", model().crossed("b", one, "_cons").crossed("a", un2, "x", "_cons"), 0,
                        new double[] {0.6, 0.2, 1.2, -0.3, 0.9}),
                Arguments.of("slopes in both", model().crossed("c", new Independent(2), "w", "_cons")
                        .crossed("a", un2, "x", "_cons"), 1, new double[] {0.2, 0.1, 0.2, 1.2, -0.3, 0.9}),
                Arguments.of("nested with crossed", model().crossed("c", one, "_cons").crossed("b", un2, "w", "_cons")
                        .level("b", one, "x").crossed("a", one, "_cons"), 2,
                        new double[] {0.4, 0.3, 0.5, 0.1, 0.05, 1.2, 0.9}),
                Arguments.of("zero in the root", model().crossed("a", one, "_cons").crossed("b", one, "_cons")
                        .crossed("c", one, "_cons"), 0, new double[] {1.2, 0, 0.3, 0.9}),
                Arguments.of("zero in the leaf", model().crossed("a", one, "_cons").crossed("b", one, "_cons"), 0,
                        new double[] {0, 0.7, 0.9}),
                Arguments.of("all zero", model().crossed("a", one, "_cons").crossed("b", one, "_cons"), 0,
                        new double[] {0, 0, 0.9}),
                Arguments.of("nearly zero", model().crossed("a", one, "_cons").crossed("b", one, "_cons"), 0,
                        new double[] {1.2, 1e-7, 0.9}),
                Arguments.of("singular in the root", model().crossed("b", one, "_cons").crossed("a", un2, "x", "_cons"),
                        0, new double[] {0.6, 0.25, 1, -0.5, 0.9}),
                Arguments.of("no fixed part", new TestModel(DATA, "y").noconstant().crossed("a", one, "_cons")
                        .crossed("b", one, "_cons"), 0, new double[] {1.2, 0.6, 0.9}));
    }

    static CrossedLikelihood likelihood(TestModel model, int leaf, boolean reml) {
        Standardization standardization = model.standardization();
        return new CrossedLikelihood(model.crossedMoments(standardization, leaf),
                new CovarianceParameters(model.design(), standardization), standardization, reml, new JavaSymmetric());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void valueEqualsDenseAlgebra(String name, TestModel model, int leaf, double[] natural) {
        for (boolean reml : new boolean[] {false, true}) {
            double dense = DenseLikelihood.value(model.design(), DATA, natural, reml);
            double value = likelihood(model, leaf, reml).evaluate(natural).orElseThrow().value();
            assertEquals(dense, value, 1e-11 * Math.abs(dense), name + (reml ? " REML" : " ML"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void derivativesEqualDifferences(String name, TestModel model, int leaf, double[] natural) {
        for (boolean reml : new boolean[] {false, true}) {
            CrossedLikelihood likelihood = likelihood(model, leaf, reml);
            Derivatives exact = exact(likelihood, natural);
            for (int i = 0; i < natural.length; i++) {
                boolean boundary = natural[i] < 1e-6 || name.startsWith("singular");
                double step = boundary ? 1e-6 : 1e-5 * Math.max(0.1, Math.abs(natural[i]));
                double[] slopes = slopes(likelihood, natural, i, step, boundary && !name.startsWith("singular"));
                if (name.startsWith("singular") && i > 0 && i < natural.length - 1) {
                    continue;
                }
                assertEquals(slopes[natural.length], exact.gradient()[i], 1e-5 * (1 + Math.abs(slopes[natural.length])),
                        name + " gradient " + i + (reml ? " REML" : " ML"));
                for (int j = 0; j < natural.length; j++) {
                    assertEquals(slopes[j], exact.hessian()[i][j], (boundary ? 1e-4 : 2e-6) * (1 + Math.abs(slopes[j])),
                            name + " Hessian " + i + "," + j + (reml ? " REML" : " ML"));
                }
            }
        }
    }

    private static Derivatives exact(CrossedLikelihood likelihood, double[] natural) {
        return likelihood.exactDerivatives(likelihood.evaluate(natural).orElseThrow());
    }

    /** Differences of the gradient with respect to parameter i, then of −2ℓ; forward ones of second order at a boundary. */
    private static double[] slopes(CrossedLikelihood likelihood, double[] natural, int i, double step, boolean forward) {
        double[] weights = forward ? new double[] {-1.5, 2, -0.5} : new double[] {-0.5, 0, 0.5};
        double[] slopes = new double[natural.length + 1];
        for (int w = 0; w < weights.length; w++) {
            if (weights[w] == 0) {
                continue;
            }
            double[] at = natural.clone();
            at[i] += (forward ? w : w - 1) * step;
            Evaluation e = likelihood.evaluate(at).orElseThrow();
            double[] gradient = likelihood.derivatives(e).gradient();
            for (int j = 0; j < gradient.length; j++) {
                slopes[j] += weights[w] * gradient[j] / step;
            }
            slopes[natural.length] += weights[w] * -2 * e.value() / step;
        }
        return slopes;
    }

    /** Nested levels are crossed ones too: two ways to the same derivatives of X'V⁻¹X and its determinants. */
    @Test
    void informationOfFixedEffectsAgreesWithNestedLevels() {
        TestModel model = model().level("b", new Unstructured(2), "x", "_cons").level("a", new Identity(1), "_cons");
        Standardization standardization = model.standardization();
        CovarianceParameters parameters = new CovarianceParameters(model.design(), standardization);
        PartStore<Moments> parts = model.moments(standardization, 1);
        LinearLikelihood nested = new LinearLikelihood(parts, RootMoments.of(parts, standardization.layout()), parameters,
                standardization, true, true);
        double[] natural = {0.2, 1.2, -0.3, 0.6, 0.9};
        FixedInformation wanted = nested.fixedInformation(nested.evaluate(natural).orElseThrow());
        CrossedLikelihood crossed = likelihood(model, 1, true);
        FixedInformation got = crossed.fixedInformation(crossed.evaluate(natural).orElseThrow());
        assertEquals(wanted.variance(), got.variance(), 1e-14);
        assertClose(new double[][][] {wanted.determinants()}, new double[][][] {got.determinants()});
        assertClose(wanted.first(), got.first());
        assertClose(wanted.second(), got.second());
    }

    private static void assertClose(double[][][] wanted, double[][][] got) {
        assertEquals(wanted.length, got.length);
        for (int k = 0; k < wanted.length; k++) {
            for (int i = 0; i < wanted[k].length; i++) {
                for (int j = 0; j < wanted[k].length; j++) {
                    assertEquals(wanted[k][i][j], got[k][i][j], 1e-9 * (1 + Math.abs(wanted[k][i][j])), k + " " + i + " " + j);
                }
            }
        }
    }

    @Test
    void orderOfRowsDoesNotMatter() {
        List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, DATA.rows()).boxed().toList());
        Collections.shuffle(order, new Random(5));
        Table shuffled = DATA.inOrder(order.stream().mapToInt(Integer::intValue).toArray());
        double[] natural = {0.6, 0.2, 1.2, -0.3, 0.9};
        double[] values = Stream.of(DATA, shuffled).mapToDouble(table -> likelihood(new TestModel(table, "y").x("x", "w")
                .crossed("b", new Identity(1), "_cons").crossed("a", new Unstructured(2), "x", "_cons"), 1, false)
                .evaluate(natural).orElseThrow().value()).toArray();
        assertEquals(values[0], values[1], 1e-12 * Math.abs(values[0]));
    }
}
