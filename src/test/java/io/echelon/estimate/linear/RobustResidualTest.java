package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.covariance.Identity;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.likelihood.DenseLikelihood;
import io.echelon.residual.Ar;
import io.echelon.residual.Exchangeable;
import io.echelon.residual.Exponential;
import io.echelon.residual.Independent;
import io.echelon.residual.Ma;
import io.echelon.residual.ResidualModel;
import io.echelon.residual.Toeplitz;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sandwich of models with residual structures, from numerical derivatives of each group's dense likelihood. */
class RobustResidualTest {
    private static final int GROUPS = 40;
    private static final String[] NAMES = {"a", "b", "t", "g", "x", "y", "w"};

    /** Groups a of 1 or 2 series b with up to 6 times, some left out; weights w of groups. */
    private static Table table() {
        Random random = new Random(7);
        List<double[]> rows = new ArrayList<>();
        for (int a = 0; a < GROUPS; a++) {
            double u = random.nextGaussian();
            for (int b = 0; b <= a % 2; b++) {
                double e = random.nextGaussian();
                for (int t = 1; t <= 6; t++) {
                    double x = random.nextGaussian();
                    int g = (a + b) % 2;
                    e = 0.4 * e + random.nextGaussian();
                    if (random.nextDouble() < 0.8) {
                        rows.add(new double[] {a, b, t, g, x, 2 + x + u + (1 + 0.4 * g) * e, 1 + a % 3});
                    }
                }
            }
        }
        Table table = new Table();
        for (int c = 0; c < NAMES.length; c++) {
            int column = c;
            table = table.with(NAMES[c], rows.stream().mapToDouble(r -> r[column]).toArray());
        }
        return table;
    }

    private static TestModel levels(TestModel model) {
        return model.level("a", new Identity(1), "_cons").level("b");
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("ar 1", structure(new ResidualModel(List.of(new Ar(1)), null, "t"), null), false),
                Arguments.of("ar 2", structure(new ResidualModel(List.of(new Ar(2)), null, "t"), null), false),
                Arguments.of("ma 1, weighted", structure(new ResidualModel(List.of(new Ma(1)), null, "t"), null), true),
                Arguments.of("exponential", structure(new ResidualModel(List.of(new Exponential(1)), null, "t"), null), false),
                Arguments.of("toeplitz 2", structure(new ResidualModel(List.of(new Toeplitz(2)), null, "t"), null), false),
                Arguments.of("exchangeable, weighted",
                        structure(new ResidualModel(List.of(new Exchangeable()), null, "t"), null), true),
                Arguments.of("independent by", structure(by(new Independent(), new Independent()), "g"), false),
                Arguments.of("ar 1 by, weighted", structure(by(new Ar(1), new Ar(1)), "g"), true));
    }

    private static ResidualModel by(io.echelon.residual.Residual first, io.echelon.residual.Residual second) {
        return new ResidualModel(List.of(first, second), new ResidualModel.By("g", List.of("0", "1")), "t");
    }

    private static UnaryOperator<TestModel> structure(ResidualModel model, String by) {
        return m -> by == null ? m.residuals(model, "t", null) : m.residuals(model, "t", by, 0, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void equalsScoresByDifferences(String name, UnaryOperator<TestModel> structure, boolean weighted) {
        Table table = table();
        UnaryOperator<TestModel> weigh = m -> weighted ? m.weight("a", "w", false) : m;
        Estimates plain = weigh.apply(structure.apply(levels(new TestModel(table, "y").x("x")))).fit().estimates();
        Estimates robust = weigh.apply(structure.apply(levels(new TestModel(table, "y").x("x")))).robust().fit(3)
                .estimates();
        double[] at = Stream.concat(plain.coefficients().stream().map(c -> c.estimate()),
                plain.estimationMetric().stream().map(c -> c.estimate())).mapToDouble(Double::doubleValue).toArray();
        int m = at.length;
        double[][] meat = new double[m][m];
        for (int group = 0; group < GROUPS; group++) {
            int a = group;
            Table own = table.inOrder(IntStream.range(0, table.rows()).filter(i -> table.column("a")[i] == a).toArray());
            double[] s = new double[m];
            for (int i = 0; i < m; i++) {
                double step = 1e-5;
                s[i] = (value(own, structure, at, i, step) - value(own, structure, at, i, -step)) / (2 * step)
                        * (weighted ? own.column("w")[0] : 1);
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    meat[i][j] += s[i] * s[j] * GROUPS / (GROUPS - 1);
                }
            }
        }
        double[][] d = plain.vcov().matrix();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double wanted = 0;
                for (int k = 0; k < m; k++) {
                    for (int l = 0; l < m; l++) {
                        wanted += d[i][k] * meat[k][l] * d[l][j];
                    }
                }
                double unit = Math.sqrt(robust.vcov().matrix()[i][i] * robust.vcov().matrix()[j][j]);
                assertEquals(wanted, robust.vcov().matrix()[i][j], 1e-5 * unit, name + " " + i + "," + j);
            }
        }
        assertEquals(GROUPS, robust.clusters().orElseThrow().n());
        assertEquals("a", robust.clusters().orElseThrow().variable());
    }

    /** The likelihood of a group at slope, constant, ln sd of the intercept, ln σ and the residual parameters. */
    private static double value(Table own, UnaryOperator<TestModel> structure, double[] parameters, int i, double step) {
        double[] p = parameters.clone();
        p[i] += step;
        double[] natural = new double[p.length - 2];
        System.arraycopy(p, 4, natural, 1, p.length - 4);
        natural[0] = Math.exp(2 * p[2]);
        natural[natural.length - 1] = Math.exp(2 * p[3]);
        Table left = own.with("e", r -> r.get("y") - p[0] * r.get("x") - p[1]);
        return DenseLikelihood.value(structure.apply(levels(new TestModel(left, "e").noconstant())).design(), left, natural,
                false);
    }
}
