package io.echelon.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.link.Cloglog;
import io.echelon.link.Logit;
import io.echelon.link.ProbabilityLink;
import io.echelon.link.Probit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Densities at all points at once against those of one observation after the other, out to where exponentials are given. */
class PointKernelTest {
    private record Case(Family family, Response response, double[] ancillary) {
        @Override
        public String toString() {
            return family.text() + " " + family.link().text();
        }
    }

    private static final double[] ETA = {-35, -21, -7.5, -6.2, -3, -0.7, 0.05, 0.9, 2.5, 5.7, 6.3, 12, 35};

    private static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        double[] counts = {0, 1, 3, 40};
        double[] many = new double[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2;
        }
        all.add(new Case(new Bernoulli(new Logit()), Response.of(many), new double[0]));
        all.add(new Case(new Binomial(new Logit()), new Response(new double[] {0, 4, 7}, new double[] {7, 7, 7}, null, null),
                new double[0]));
        for (ProbabilityLink link : List.of(new Logit(), new Probit(), new Cloglog())) {
            all.add(new Case(new Ordinal(link, new double[] {1, 2, 3, 5}), Response.of(new double[] {1, 2, 3, 5}),
                    new double[] {-1.2, 0.3, 1.9}));
        }
        all.add(new Case(new Bernoulli(new Probit()), Response.of(many), new double[0]));
        all.add(new Case(new Bernoulli(new Cloglog()), Response.of(many), new double[0]));
        all.add(new Case(new Poisson(), Response.of(counts), new double[0]));
        all.add(new Case(new NegativeBinomialMean(), Response.of(counts), new double[] {-0.6}));
        all.add(new Case(new Gamma(), Response.of(new double[] {0.2, 3}), new double[] {-0.5}));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheDensities(Case c) {
        int n = c.response.size();
        int points = ETA.length;
        PointKernel kernel = c.family.kernel(c.ancillary).orElseThrow();
        LinearPredictors at = new LinearPredictors(points);
        at.ensure(n);
        for (int k = 0; k < n * points; k++) {
            at.eta()[k] = ETA[k % points];
            at.exponential()[k] = Math.exp(kernel.exponent() * at.eta()[k]);
        }
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            weight[i] = 1 + i % 3;
        }
        double[] plain = new double[points];
        double[] weighted = new double[points];
        kernel.addSums(c.response, 0, n, at, null, plain);
        kernel.addSums(c.response, 0, n, at, weight, weighted);
        Partials out = new Partials(c.ancillary.length);
        out.ensure(n * points);
        kernel.derivatives(c.response, 0, n, at, out);
        Partials one = new Partials(c.ancillary.length);
        for (int j = 0; j < points; j++) {
            double sum = 0;
            double weightedSum = 0;
            double size = 0;
            for (int i = 0; i < n; i++) {
                c.family.evaluate(c.response, i, i + 1, new double[] {ETA[j]}, c.ancillary, 2, one);
                sum += one.value[0];
                weightedSum += weight[i] * one.value[0];
                size += Math.abs(one.value[0]) + Math.abs(ETA[j]);
                String where = c + ", eta=" + ETA[j] + ", row " + i + ": ";
                int k = i * points + j;
                near(where + "d1", one.d1[0], out.d1[k]);
                near(where + "d2", one.d2[0], out.d2[k]);
                for (int a = 0; a < one.a.length; a++) {
                    near(where + "a" + a, one.a[a][0], out.a[a][k]);
                    near(where + "ea" + a, one.ea[a][0], out.ea[a][k]);
                }
                for (int a = 0; a < one.aa.length; a++) {
                    near(where + "aa" + a, one.aa[a][0], out.aa[a][k]);
                }
            }
            assertEquals(sum, plain[j], 1e-14 * size, c + ", eta=" + ETA[j]);
            assertEquals(weightedSum, weighted[j], 3e-14 * size, c + ", eta=" + ETA[j]);
        }
    }

    /** Differences of terms of the size of η² lose their digits. */
    private static void near(String what, double expected, double actual) {
        assertEquals(expected, actual, 1e-11 * Math.abs(expected) + 1e-15, what);
    }
}
