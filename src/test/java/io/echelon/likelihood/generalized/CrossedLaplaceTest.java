package io.echelon.likelihood.generalized;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.family.Bernoulli;
import io.echelon.family.Family;
import io.echelon.family.NegativeBinomialMean;
import io.echelon.family.Ordinal;
import io.echelon.group.Crossing;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupLayout;
import io.echelon.group.NodeKeys;
import io.echelon.link.Logit;
import io.echelon.link.Probit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Crossed terms a (an intercept, 5 nodes), b (intercept and slope, 7 nodes) and c (an intercept, 3 nodes) against the same effects
 * written as coefficients of indicators on one group, where the normals of all nodes make one dense integral.
 */
class CrossedLaplaceTest {
    private static final int[] NODES = {5, 7, 3};
    private static final int[] Q = {1, 2, 1};
    private static final int ROWS = 120;
    private static final int NORMALS = 5 + 14 + 3;

    private record Model(Family family, double[] ancillary) {
        @Override
        public String toString() {
            return family.text() + " " + family.link().text();
        }
    }

    private static Stream<Model> models() {
        return Stream.of(new Model(new Bernoulli(new Logit()), new double[0]),
                new Model(new Ordinal(new Probit(), new double[] {0, 1, 2}), new double[] {-0.5, 0.8}),
                new Model(new NegativeBinomialMean(), new double[] {-0.4}));
    }

    /** β (2), ancillary, then the roots: a; b (lower triangle); c. */
    private static double[] kappa(Model m) {
        double[] k = new double[2 + m.ancillary.length + 5];
        System.arraycopy(new double[] {0.3, -0.4}, 0, k, 0, 2);
        System.arraycopy(m.ancillary, 0, k, 2, m.ancillary.length);
        System.arraycopy(new double[] {0.9, 0.7, 0.3, 0.5, 0.6}, 0, k, 2 + m.ancillary.length, 5);
        return k;
    }

    private record Rows(double[][] x, double[] z, int[][] node, double[] y) {
        static Rows simulate(Family family) {
            Random random = new Random(3);
            double[][] x = new double[ROWS][2];
            double[] z = new double[ROWS];
            double[] y = new double[ROWS];
            int[][] node = new int[3][ROWS];
            for (int i = 0; i < ROWS; i++) {
                x[i][0] = 1;
                x[i][1] = random.nextGaussian();
                z[i] = random.nextGaussian();
                y[i] = random.nextInt(family instanceof Bernoulli ? 2 : 3);
                for (int t = 0; t < 3; t++) {
                    node[t][i] = i < NODES[t] ? i : random.nextInt(NODES[t]);
                }
            }
            return new Rows(x, z, node, y);
        }

        GroupBlock crossed() {
            GroupLayout layout = new GroupLayout(Q, 2, List.of());
            GroupBlockBuilder builder = new GroupBlockBuilder(layout);
            NodeKeys[] one = new NodeKeys[3];
            NodeKeys[][] keys = new NodeKeys[3][1];
            for (int t = 0; t < 3; t++) {
                builder.node(t, 0);
                one[t] = new NodeKeys.Whole(new long[1]);
                keys[t][0] = new NodeKeys.Whole(new long[NODES[t]]);
            }
            for (int i = 0; i < ROWS; i++) {
                builder.add(0, new double[] {1, z[i], 1, 1, x[i][0], x[i][1], y[i]});
            }
            return builder.build(one).crossedBy(new Crossing(node, NODES, keys));
        }

        GroupBlock indicators() {
            GroupLayout layout = new GroupLayout(new int[] {NORMALS}, 2, List.of());
            GroupBlockBuilder builder = new GroupBlockBuilder(layout);
            builder.node(0, 0);
            for (int i = 0; i < ROWS; i++) {
                double[] row = new double[layout.width()];
                row[node[0][i]] = 1;
                row[5 + 2 * node[1][i]] = z[i];
                row[6 + 2 * node[1][i]] = 1;
                row[19 + node[2][i]] = 1;
                System.arraycopy(x[i], 0, row, NORMALS, 2);
                row[layout.response()] = y[i];
                builder.add(0, row);
            }
            return builder.build(new NodeKeys[] {new NodeKeys.Whole(new long[1])});
        }
    }

    private static Parameters parameters(Model m, double[] kappa, boolean crossed) {
        int at = 2 + m.ancillary.length;
        double[] a = java.util.Arrays.copyOfRange(kappa, 2, at);
        double[] beta = {kappa[0], kappa[1]};
        double[] b = {kappa[at + 1], 0, kappa[at + 2], kappa[at + 3]};
        if (crossed) {
            return new Parameters(beta, a, new double[][] {{kappa[at]}, b, {kappa[at + 4]}});
        }
        double[] root = new double[NORMALS * NORMALS];
        for (int c = 0; c < NORMALS; c++) {
            root[c * NORMALS + c] = c < 5 ? kappa[at] : c < 19 ? b[3 * ((c - 5) % 2)] : kappa[at + 4];
            if (c >= 5 && c < 19 && (c - 5) % 2 == 1) {
                root[c * NORMALS + c - 1] = b[2];
            }
        }
        return new Parameters(beta, a, new double[][] {root});
    }

    private static Contribution evaluate(Model m, GroupBlock block, double[] kappa) {
        Loadings loadings = new Loadings(new int[] {0, 1, 2, 2, 3}, new int[] {0, 1, 1, 2, 3});
        return new LaplaceLikelihood(m.family, loadings).evaluate(block, parameters(m, kappa, true));
    }

    @ParameterizedTest
    @MethodSource("models")
    void equalsTheDenseIntegral(Model m) {
        Rows rows = Rows.simulate(m.family);
        double[] kappa = kappa(m);
        LaplaceLikelihood dense = new LaplaceLikelihood(m.family, new Loadings(new int[0], new int[0]));
        GroupBlock indicators = rows.indicators();
        Contribution expected = dense.evaluate(indicators, parameters(m, kappa, false));
        GroupBlock crossed = rows.crossed();
        Contribution actual = evaluate(m, crossed, kappa);
        assertEquals(expected.value(), actual.value(), 1e-10 * Math.abs(expected.value()));
        for (int i = 0; i < expected.gradient().length; i++) {
            assertEquals(expected.gradient()[i], actual.gradient()[i], 1e-7, "gradient " + i);
        }
        PosteriorMoments one = dense.posterior(indicators, parameters(m, kappa, false));
        PosteriorMoments terms = new LaplaceLikelihood(m.family, new Loadings(new int[0], new int[0]))
                .posterior(crossed, parameters(m, kappa, true));
        assertArrayEquals(java.util.Arrays.copyOfRange(one.mean()[0], 5, 19), terms.mean()[1], 1e-7);
        for (int node = 0; node < NODES[1]; node++) {
            for (int r = 0; r < 2; r++) {
                for (int c = 0; c < 2; c++) {
                    assertEquals(one.covariance()[0][(5 + 2 * node + r) * NORMALS + 5 + 2 * node + c],
                            terms.covariance()[1][(node * 2 + r) * 2 + c], 1e-8);
                }
            }
            assertEquals(one.covariance()[0][19 * NORMALS + 19], terms.covariance()[2][0], 1e-8);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientEqualsDifferences(Model m) {
        GroupBlock block = Rows.simulate(m.family).crossed();
        double[] kappa = kappa(m);
        double[] gradient = evaluate(m, block, kappa).gradient();
        double h = 1e-4;
        for (int i = 0; i < kappa.length; i++) {
            double[] up = kappa.clone();
            double[] down = kappa.clone();
            up[i] += h;
            down[i] -= h;
            double slope = (evaluate(m, block, up).value() - evaluate(m, block, down).value()) / (2 * h);
            assertEquals(slope, gradient[i], 1e-6 * (1 + Math.abs(slope)), m + " gradient " + i);
        }
    }
}
