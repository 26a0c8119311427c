package io.echelon.likelihood.generalized;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.family.Bernoulli;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.family.Multinomial;
import io.echelon.family.NegativeBinomialMean;
import io.echelon.family.Ordinal;
import io.echelon.family.Poisson;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupLayout;
import io.echelon.group.NodeKeys;
import io.echelon.link.Identity;
import io.echelon.link.Logit;
import io.echelon.link.Probit;
import io.echelon.quadrature.Integration;
import io.echelon.quadrature.Integration.Method;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log likelihoods at given parameters against other ways to integrate, and their derivatives against differences. */
class GroupLikelihoodTest {

    /** {@code predictor}: for each effect the linear predictor it enters; none where the family has one. */
    private record Model(String name, Family family, double[] ancillary, int[] effects, int... predictor) {
        Loadings loadings() {
            int total = java.util.Arrays.stream(effects).sum();
            java.util.ArrayList<int[]> all = new java.util.ArrayList<>();
            int at = 0;
            for (int q : effects) {
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j <= i; j++) {
                        all.add(new int[] {at + i, at + j});
                    }
                }
                at += q;
            }
            assertTrue(at == total);
            return new Loadings(all.stream().mapToInt(e -> e[0]).toArray(), all.stream().mapToInt(e -> e[1]).toArray(), predictor);
        }

        Parameters parameters(double[] kappa) {
            int p = 2 * family.predictors();
            double[] beta = java.util.Arrays.copyOf(kappa, p);
            double[] a = java.util.Arrays.copyOfRange(kappa, p, p + ancillary.length);
            double[][] roots = new double[effects.length][];
            int next = p + ancillary.length;
            for (int l = 0; l < effects.length; l++) {
                int q = effects[l];
                roots[l] = new double[q * q];
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j <= i; j++) {
                        roots[l][i * q + j] = kappa[next++];
                    }
                }
            }
            return new Parameters(beta, a, roots);
        }

        double[] kappa() {
            java.util.ArrayList<Double> k = new java.util.ArrayList<>();
            for (int e = 0; e < family.predictors(); e++) {
                k.addAll(List.of(0.3 - 0.5 * e, -0.2 + 0.3 * e));
            }
            for (double a : ancillary) {
                k.add(a);
            }
            for (int q : effects) {
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j <= i; j++) {
                        k.add(i == j ? (effects.length == 3 ? 0.4 : 0.8) - 0.2 * i : 0.25);
                    }
                }
            }
            return k.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Model> models() {
        return Stream.of(new Model("logit, intercept", new Bernoulli(new Logit()), new double[0], new int[] {1}),
                new Model("poisson, slope", new Poisson(), new double[0], new int[] {2}),
                new Model("negative binomial, intercept", new NegativeBinomialMean(), new double[] {-0.5}, new int[] {1}),
                new Model("gaussian, slope", new Gaussian(new Identity()), new double[] {0.2}, new int[] {2}),
                new Model("ordinal probit, three levels", new Ordinal(new Probit(), new double[] {0, 1, 2}),
                        new double[] {-0.4, 0.9}, new int[] {1, 1}),
                new Model("logit, slope above intercept", new Bernoulli(new Logit()), new double[0], new int[] {2, 1}),
                new Model("poisson, four levels", new Poisson(), new double[0], new int[] {1, 1, 1}),
                new Model("multinomial, an effect for each outcome", new Multinomial(new double[] {0, 1, 2}, 1), new double[0],
                        new int[] {2}, 0, 1),
                new Model("multinomial, a shared effect above those of the outcomes", new Multinomial(new double[] {0, 1, 2}, 2),
                        new double[0], new int[] {1, 2}, Loadings.EVERY, 0, 1));
    }

    /** A few groups of every shape; z holds a column of ones and, where a level has two effects, one that varies. */
    private static GroupBlock block(int[] effects, Family family) {
        Random random = new Random(7);
        int levels = effects.length;
        GroupLayout layout = new GroupLayout(effects, 2, List.of());
        GroupBlockBuilder builder = new GroupBlockBuilder(layout);
        int[] made = new int[levels];
        fill(builder, layout, 0, -1, made, random, family);
        NodeKeys[] keys = new NodeKeys[levels];
        for (int l = 0; l < levels; l++) {
            keys[l] = new NodeKeys.Whole(new long[made[l]]);
        }
        return builder.build(keys);
    }

    private static void fill(GroupBlockBuilder builder, GroupLayout layout, int level, int parent, int[] made, Random random,
                             Family family) {
        if (level == layout.levels()) {
            for (int i = 0; i < 3; i++) {
                double[] row = new double[layout.width()];
                for (int l = 0; l < level; l++) {
                    row[layout.offset(l)] = 1;
                    if (layout.effects()[l] == 2) {
                        row[layout.offset(l) + 1] = random.nextGaussian();
                    }
                }
                row[layout.random()] = 1;
                row[layout.random() + 1] = random.nextGaussian();
                row[layout.response()] = family instanceof Bernoulli ? random.nextInt(2)
                        : family instanceof Gaussian ? random.nextGaussian() : random.nextInt(3);
                builder.add(parent, row);
            }
            return;
        }
        for (int k = 0; k < 2 + level; k++) {
            made[level]++;
            fill(builder, layout, level + 1, builder.node(level, parent), made, random, family);
        }
    }

    private static Contribution evaluate(Model m, Method method, int points, double[] kappa) {
        int[] each = new int[m.effects.length];
        java.util.Arrays.fill(each, points);
        GroupLikelihood likelihood = method == Method.LAPLACE ? new LaplaceLikelihood(m.family, m.loadings())
                : new QuadratureLikelihood(m.family, m.loadings(), new Integration(method, each));
        return likelihood.evaluate(block(m.effects, m.family), m.parameters(kappa));
    }

    /** meqrlogit and meqrpoisson differ from melogit and mepoisson in the factorisation alone. */
    @Test
    void orthogonalModesAreTheSame() {
        models().filter(m -> m.name.startsWith("logit") || m.name.startsWith("poisson")).forEach(m -> {
            GroupBlock block = block(m.effects, m.family);
            int[] each = new int[m.effects.length];
            java.util.Arrays.fill(each, 3);
            Integration integration = new Integration(Method.MODE_CURVATURE, each);
            same(m, new LaplaceLikelihood(m.family, m.loadings()).evaluate(block, m.parameters(m.kappa())),
                    new LaplaceLikelihood(m.family, m.loadings(), Factorization.QR).evaluate(block, m.parameters(m.kappa())));
            same(m, new QuadratureLikelihood(m.family, m.loadings(), integration).evaluate(block, m.parameters(m.kappa())),
                    new QuadratureLikelihood(m.family, m.loadings(), integration, Factorization.QR)
                            .evaluate(block, m.parameters(m.kappa())));
        });
    }

    private static void same(Model m, Contribution cholesky, Contribution qr) {
        assertEquals(cholesky.value(), qr.value(), 1e-12 * Math.abs(cholesky.value()), m.name);
        assertArrayEquals(cholesky.gradient(), qr.gradient(), 1e-9, m.name);
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyRuleConvergesToTheSameIntegral(Model m) {
        int many = m.effects.length == 3 ? 9 : 15;
        double exact = evaluate(m, Method.MODE_CURVATURE, many, m.kappa()).value();
        assertEquals(exact, evaluate(m, Method.MEAN_VARIANCE, many, m.kappa()).value(), 1e-6 * Math.abs(exact));
        assertEquals(exact, evaluate(m, Method.NONADAPTIVE, m.effects.length == 3 ? 15 : 41, m.kappa()).value(),
                2e-5 * Math.abs(exact));
        assertEquals(exact, evaluate(m, Method.LAPLACE, 1, m.kappa()).value(), 0.02 * Math.abs(exact));
    }

    @ParameterizedTest
    @MethodSource("models")
    void derivativesWithNodesHeldStillEqualDifferences(Model m) {
        check(m, Method.NONADAPTIVE, 5, 1e-7, true);
    }

    @ParameterizedTest
    @MethodSource("models")
    void derivativesOfAFineRuleEqualDifferences(Model m) {
        check(m, Method.MEAN_VARIANCE, m.effects.length == 3 ? 9 : 15, 3e-5, true);
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientOfLaplaceEqualsDifferences(Model m) {
        check(m, Method.LAPLACE, 1, 1e-6, false);
    }

    private static void check(Model m, Method method, int points, double tolerance, boolean hessian) {
        double[] kappa = m.kappa();
        Contribution here = evaluate(m, method, points, kappa);
        double h = 1e-4;
        for (int i = 0; i < kappa.length; i++) {
            double[] up = kappa.clone();
            double[] down = kappa.clone();
            up[i] += h;
            down[i] -= h;
            Contribution right = evaluate(m, method, points, up);
            Contribution left = evaluate(m, method, points, down);
            assertEquals((right.value() - left.value()) / (2 * h), here.gradient()[i],
                    tolerance * (1 + Math.abs(here.gradient()[i])), m + " gradient " + i);
            for (int j = 0; j <= i && hessian; j++) {
                double second = here.hessian()[i * (i + 1) / 2 + j];
                assertEquals((right.gradient()[j] - left.gradient()[j]) / (2 * h), second,
                        3 * tolerance * (10 + Math.abs(second)), m + " hessian " + i + "," + j);
            }
        }
    }

    @Test
    void oneGroupAgainstTheTrapezoidalRule() {
        Model m = models().findFirst().orElseThrow();
        double[] kappa = m.kappa();
        GroupBlock block = block(m.effects, m.family);
        double expected = 0;
        for (int g = 0; g < block.nodes(0); g++) {
            double sum = 0;
            double step = 1e-3;
            for (double v = -9; v <= 9; v += step) {
                double log = -0.5 * v * v - 0.5 * Math.log(2 * Math.PI);
                for (int i = block.firstRow(0, g); i < block.firstRow(0, g + 1); i++) {
                    double eta = kappa[0] * block.x()[2 * i] + kappa[1] * block.x()[2 * i + 1] + kappa[2] * v;
                    log += block.response().y()[i] * eta - Math.log1p(Math.exp(eta));
                }
                sum += step * Math.exp(log);
            }
            expected += Math.log(sum);
        }
        assertEquals(expected, evaluate(m, Method.MODE_CURVATURE, 41, kappa).value(), 1e-9 * Math.abs(expected));
        assertEquals(expected, evaluate(m, Method.MEAN_VARIANCE, 41, kappa).value(), 1e-9 * Math.abs(expected));
    }

    /** Two correlated effects, each in a linear predictor of its own. */
    @Test
    void severalLinearPredictorsAgainstTheTrapezoidalRule() {
        Multinomial family = new Multinomial(new double[] {0, 1, 2}, 1);
        Model m = new Model("", family, new double[0], new int[] {2}, 0, 1);
        double[] kappa = m.kappa();
        GroupBlock block = block(m.effects, family);
        double expected = 0;
        double step = 0.04;
        for (int g = 0; g < block.nodes(0); g++) {
            double sum = 0;
            for (double v = -9; v <= 9; v += step) {
                for (double w = -9; w <= 9; w += step) {
                    double log = -0.5 * (v * v + w * w) - Math.log(2 * Math.PI);
                    for (int i = block.firstRow(0, g); i < block.firstRow(0, g + 1); i++) {
                        double x = block.x()[2 * i + 1];
                        double first = kappa[0] + kappa[1] * x + kappa[4] * v;
                        double third = kappa[2] + kappa[3] * x + block.z()[2 * i + 1] * (kappa[5] * v + kappa[6] * w);
                        double y = block.response().y()[i];
                        log += (y == 0 ? first : y == 2 ? third : 0) - Math.log(1 + Math.exp(first) + Math.exp(third));
                    }
                    sum += step * step * Math.exp(log);
                }
            }
            expected += Math.log(sum);
        }
        assertEquals(expected, evaluate(m, Method.MODE_CURVATURE, 31, kappa).value(), 1e-9 * Math.abs(expected));
        assertEquals(expected, evaluate(m, Method.MEAN_VARIANCE, 31, kappa).value(), 1e-9 * Math.abs(expected));
    }

    /** Starting values come from this: equations without random effects. */
    @Test
    void derivativesWithoutRandomEffectsEqualDifferences() {
        Family family = new Multinomial(new double[] {0, 1, 2}, 1);
        GroupBlock block = block(new int[] {2}, family);
        double[] beta = {0.3, -0.2, 0.6, 0.9};
        GroupLikelihood likelihood = new FixedLikelihood(family, false);
        Contribution here = likelihood.evaluate(block, new Parameters(beta, new double[0], new double[0][]));
        for (int i = 0; i < 4; i++) {
            double[] up = beta.clone();
            double[] down = beta.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Contribution right = likelihood.evaluate(block, new Parameters(up, new double[0], new double[0][]));
            Contribution left = likelihood.evaluate(block, new Parameters(down, new double[0], new double[0][]));
            assertEquals((right.value() - left.value()) / 2e-5, here.gradient()[i], 1e-7);
            for (int j = 0; j <= i; j++) {
                assertEquals((right.gradient()[j] - left.gradient()[j]) / 2e-5, here.hessian()[i * (i + 1) / 2 + j], 1e-7);
            }
        }
    }

    @Test
    void gaussianResponsesAreIntegratedExactly() {
        Model m = new Model("", new Gaussian(new Identity()), new double[] {0.2}, new int[] {2, 1});
        double exact = evaluate(m, Method.MODE_CURVATURE, 1, m.kappa()).value();
        for (Method method : new Method[] {Method.MODE_CURVATURE, Method.MEAN_VARIANCE}) {
            for (int points : new int[] {2, 5}) {
                assertEquals(exact, evaluate(m, method, points, m.kappa()).value(), 1e-12 * Math.abs(exact));
            }
        }
        assertEquals(exact, evaluate(m, Method.LAPLACE, 1, m.kappa()).value(), 1e-12 * Math.abs(exact));
    }

    @Test
    void warmStartsDoNotChangeTheAnswer() {
        Model m = models().skip(5).findFirst().orElseThrow();
        GroupBlock block = block(m.effects, m.family);
        QuadratureLikelihood likelihood =
                new QuadratureLikelihood(m.family, m.loadings(), new Integration(Method.MEAN_VARIANCE, new int[] {5, 5}));
        double[] far = m.kappa();
        far[0] = 4;
        double cold = likelihood.evaluate(block(m.effects, m.family), m.parameters(m.kappa())).value();
        likelihood.evaluate(block, m.parameters(far));
        assertEquals(cold, likelihood.evaluate(block, m.parameters(m.kappa())).value(), 1e-11 * Math.abs(cold));
    }

    @Test
    void groupsCountAsOftenAsTheirWeights() {
        Model m = models().findFirst().orElseThrow();
        GroupLayout layout = new GroupLayout(new int[] {1}, 2, List.of(GroupLayout.Extra.WEIGHT));
        GroupBlockBuilder once = new GroupBlockBuilder(layout);
        GroupBlockBuilder often = new GroupBlockBuilder(layout);
        for (int g = 0; g < 2; g++) {
            int node = once.node(0, -1);
            once.weight(0, node, 2 + g);
            for (int i = 0; i < 4; i++) {
                once.add(node, new double[] {1, 1, 0.3 * i - g, (i + g) % 2, 1 + i % 2});
            }
            for (int copy = 0; copy < 2 + g; copy++) {
                int same = often.node(0, -1);
                for (int i = 0; i < 4; i++) {
                    for (int k = 0; k <= i % 2; k++) {
                        often.add(same, new double[] {1, 1, 0.3 * i - g, (i + g) % 2, 1});
                    }
                }
            }
        }
        QuadratureLikelihood likelihood = new QuadratureLikelihood(m.family, m.loadings(),
                new Integration(Method.MEAN_VARIANCE, new int[] {7}));
        Contribution a = likelihood.evaluate(once.build(new NodeKeys[] {new NodeKeys.Whole(new long[2])}),
                m.parameters(m.kappa()));
        Contribution b = likelihood.evaluate(often.build(new NodeKeys[] {new NodeKeys.Whole(new long[5])}),
                m.parameters(m.kappa()));
        assertEquals(b.value(), a.value(), 1e-10);
        for (int i = 0; i < a.gradient().length; i++) {
            assertEquals(b.gradient()[i], a.gradient()[i], 1e-9);
        }
        for (int i = 0; i < a.hessian().length; i++) {
            assertEquals(b.hessian()[i], a.hessian()[i], 1e-9);
        }
    }

    /**
     * Nodes placed within each node of the parent: three points do what fifteen do, up to some 1e-5 for each of the 70
     * classes. Sizes and variances are about those of the ordered probit example of the manual.
     */
    @Test
    void threePointsAreEnoughOnThreeLevels() {
        Random random = new Random(11);
        GroupLayout layout = new GroupLayout(new int[] {1, 1}, 1, List.of());
        GroupBlockBuilder builder = new GroupBlockBuilder(layout);
        for (int school = 0; school < 14; school++) {
            int top = builder.node(0, -1);
            double u = 0.21 * random.nextGaussian();
            for (int c = 0; c < 5; c++) {
                int leaf = builder.node(1, top);
                double w = 0.38 * random.nextGaussian();
                for (int i = 0; i < 11; i++) {
                    double x = random.nextInt(2);
                    double latent = 0.4 * x + u + w + random.nextGaussian();
                    builder.add(leaf, new double[] {1, 1, x, latent < -0.6 ? 1 : latent < 0.1 ? 2 : latent < 0.9 ? 3 : 4});
                }
            }
        }
        GroupBlock block = builder.build(new NodeKeys[] {new NodeKeys.Whole(new long[14]), new NodeKeys.Whole(new long[70])});
        Family family = new Ordinal(new Probit(), new double[] {1, 2, 3, 4});
        Loadings loadings = new Loadings(new int[] {0, 1}, new int[] {0, 1});
        Parameters truth = new Parameters(new double[] {0.4}, new double[] {-0.6, 0.1, 0.9}, new double[][] {{0.21}, {0.38}});
        double[] value = new double[2];
        int[] points = {3, 15};
        for (int k = 0; k < 2; k++) {
            value[k] = new QuadratureLikelihood(family, loadings, new Integration(Method.MEAN_VARIANCE,
                    new int[] {points[k], points[k]})).evaluate(block, truth).value();
        }
        assertEquals(value[1], value[0], 1e-3);
    }
}
