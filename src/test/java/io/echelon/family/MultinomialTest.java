package io.echelon.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.link.Logit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log density of unordered categories with one to three linear predictors, out to the far tails of all of them. */
class MultinomialTest {
    private static final double[] ETA = {-40, -6, -0.7, 0.05, 2.5, 40};

    private static Multinomial family(int predictors) {
        double[] outcomes = new double[predictors + 1];
        for (int k = 0; k <= predictors; k++) {
            outcomes[k] = 2 * k + 1;
        }
        return new Multinomial(outcomes, predictors / 2);
    }

    /** Every combination of the values. */
    private static List<double[]> grid(int predictors) {
        List<double[]> all = new ArrayList<>(List.of(new double[0]));
        for (int e = 0; e < predictors; e++) {
            List<double[]> longer = new ArrayList<>();
            for (double[] start : all) {
                for (double eta : ETA) {
                    double[] next = java.util.Arrays.copyOf(start, e + 1);
                    next[e] = eta + 0.1 * e;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    private static Partials at(Multinomial family, Response r, int i, double[] eta, int order) {
        Partials p = new Partials(0, family.predictors());
        family.evaluate(r, i, i + 1, eta, new double[0], order, p);
        return p;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void derivativesEqualDifferences(int m) {
        Multinomial family = family(m);
        Response r = Response.of(family.outcomes());
        double h = 1e-5;
        for (int i = 0; i <= m; i++) {
            for (double[] eta : grid(m)) {
                Partials p = at(family, r, i, eta, 3);
                assertEquals(p.value[0], at(family, r, i, eta, 0).value[0]);
                String where = "y=" + r.y()[i] + ", eta=" + java.util.Arrays.toString(eta) + ", ";
                for (int g = 0; g < m; g++) {
                    double[] right = eta.clone();
                    double[] left = eta.clone();
                    right[g] += h;
                    left[g] -= h;
                    Partials up = at(family, r, i, right, 2);
                    Partials down = at(family, r, i, left, 2);
                    near(where + "d1", (up.value[0] - down.value[0]) / (2 * h), p.d1[g], 1e-8);
                    for (int f = 0; f < m; f++) {
                        near(where + "d2", (up.d1[f] - down.d1[f]) / (2 * h), p.d2[pair(f, g)], 1e-9);
                        for (int e = 0; e < m; e++) {
                            near(where + "d3", (up.d2[pair(e, f)] - down.d2[pair(e, f)]) / (2 * h), p.d3[triple(e, f, g)], 1e-9);
                        }
                    }
                }
            }
        }
    }

    private static void near(String what, double expected, double actual, double tolerance) {
        assertTrue(Double.isFinite(actual), what);
        assertEquals(expected, actual, tolerance, what);
    }

    private static int pair(int e, int f) {
        int hi = Math.max(e, f);
        return hi * (hi + 1) / 2 + Math.min(e, f);
    }

    private static int triple(int e, int f, int g) {
        int[] s = {e, f, g};
        java.util.Arrays.sort(s);
        return s[2] * (s[2] + 1) * (s[2] + 2) / 6 + s[1] * (s[1] + 1) / 2 + s[0];
    }

    /** At η = (40, −40) the probabilities are 1 − e⁻⁴⁰, e⁻⁴⁰ and e⁻⁸⁰ to all digits: that next to one keeps the digits of what it lacks. */
    @Test
    void tailsKeepTheirDigits() {
        Multinomial family = new Multinomial(new double[] {1, 2, 3}, 0);
        Response r = Response.of(family.outcomes());
        double[] eta = {40, -40};
        double small = Math.exp(-40);
        double[] values = {-40 - small, -small, -80 - small};
        for (int i = 0; i < 3; i++) {
            Partials p = at(family, r, i, eta, 2);
            assertEquals(values[i], p.value[0], 1e-15 * Math.abs(values[i]));
        }
        Partials p = at(family, r, 1, eta, 2);
        assertEquals(small, p.d1[0], 1e-15 * small);
        assertEquals(-small, p.d2[0], 1e-15 * small);
        assertEquals(-Math.exp(-80), p.d1[1], 1e-15 * Math.exp(-80));
    }

    @Test
    void oneLinearPredictorIsTheLogisticModel() {
        Multinomial family = new Multinomial(new double[] {0, 1}, 0);
        Bernoulli bernoulli = new Bernoulli(new Logit());
        Response r = Response.of(new double[] {0, 1});
        for (double eta : ETA) {
            for (int i = 0; i < 2; i++) {
                Partials p = at(family, r, i, new double[] {eta}, 3);
                Partials q = new Partials(0);
                bernoulli.evaluate(r, i, i + 1, new double[] {eta}, new double[0], 3, q);
                double[][] pairs = {p.value, q.value, p.d1, q.d1, p.d2, q.d2, p.d3, q.d3};
                for (int k = 0; k < pairs.length; k += 2) {
                    assertEquals(pairs[k + 1][0], pairs[k][0], 1e-14 * Math.abs(pairs[k + 1][0]), "eta=" + eta + ", " + k);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void allPointsAtOnceAgreeWithOneAfterTheOther(int m) {
        Multinomial family = family(m);
        List<double[]> grid = grid(m).stream().filter(eta -> java.util.Arrays.stream(eta)
                .allMatch(e -> Math.abs(e) < LinearPredictors.BOUND)).toList();
        int points = grid.size();
        double[] y = new double[40];
        double[] weight = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = family.outcomes()[i % (m + 1)];
            weight[i] = 1 + i % 3;
        }
        Response r = Response.of(y);
        LinearPredictors at = new LinearPredictors(points);
        at.ensure(y.length * m);
        for (int row = 0; row < y.length * m; row++) {
            for (int j = 0; j < points; j++) {
                at.eta()[row * points + j] = grid.get(j)[row % m];
                at.exponential()[row * points + j] = Math.exp(grid.get(j)[row % m]);
            }
        }
        PointKernel kernel = family.kernel(new double[0]).orElseThrow();
        double[] plain = new double[points];
        double[] weighted = new double[points];
        kernel.addSums(r, 0, y.length, at, null, plain);
        kernel.addSums(r, 0, y.length, at, weight, weighted);
        Partials out = new Partials(0, m);
        out.ensure(y.length * points);
        kernel.derivatives(r, 0, y.length, at, out);
        for (int j = 0; j < points; j++) {
            double sum = 0;
            double weightedSum = 0;
            for (int i = 0; i < y.length; i++) {
                Partials one = at(family, r, i, grid.get(j), 2);
                sum += one.value[0];
                weightedSum += weight[i] * one.value[0];
                for (int e = 0; e < m; e++) {
                    assertEquals(one.d1[e], out.d1[(i * m + e) * points + j], 1e-13 * Math.abs(one.d1[e]));
                }
                int pairs = m * (m + 1) / 2;
                for (int t = 0; t < pairs; t++) {
                    assertEquals(one.d2[t], out.d2[(i * pairs + t) * points + j], 1e-13 * Math.abs(one.d2[t]));
                }
            }
            assertEquals(sum, plain[j], 1e-12 * (1 + Math.abs(sum)));
            assertEquals(weightedSum, weighted[j], 1e-12 * (1 + Math.abs(weightedSum)));
        }
    }

    @Test
    void sharesGiveTheStartingConstants() {
        Multinomial family = new Multinomial(new double[] {1, 2, 5}, 1);
        Family.Start start = family.start(new ResponseSummary(0, 0, 1, new double[] {1, 2, 5}, new double[] {0.2, 0.5, 0.3}));
        assertEquals(Math.log(0.4), start.constants()[0], 1e-15);
        assertEquals(Math.log(0.6), start.constants()[1], 1e-15);
    }
}
