package io.echelon.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.link.Cloglog;
import io.echelon.link.Identity;
import io.echelon.link.Log;
import io.echelon.link.Loglog;
import io.echelon.link.Logit;
import io.echelon.link.ProbabilityLink;
import io.echelon.link.Probit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.hipparchus.distribution.continuous.LogNormalDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.distribution.discrete.PascalDistribution;
import org.hipparchus.distribution.discrete.PoissonDistribution;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every density with every link: the values against known distributions, the derivatives against central differences. */
class FamilyTest {
    private record Case(String name, Family family, Response response, double[] ancillary) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final double[] ETA = {-40, -12, -3, -0.7, 0.05, 0.9, 2.5, 9, 40};

    private static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        double[] counts = {0, 1, 3, 40};
        for (ProbabilityLink link : List.of(new Logit(), new Probit(), new Cloglog(), new Loglog())) {
            all.add(new Case("bernoulli " + link.text(), new Bernoulli(link), Response.of(new double[] {0, 1}), new double[0]));
            all.add(new Case("binomial " + link.text(), new Binomial(link),
                    new Response(new double[] {0, 4, 7}, new double[] {7, 7, 7}, null, null), new double[0]));
            all.add(new Case("ordinal " + link.text(), new Ordinal(link, new double[] {1, 2, 3, 5}),
                    Response.of(new double[] {1, 2, 3, 5}), new double[] {-1.2, 0.3, 1.9}));
        }
        all.add(new Case("gaussian identity", new Gaussian(new Identity()), Response.of(new double[] {-3, 2}), new double[] {0.4}));
        all.add(new Case("gaussian log", new Gaussian(new Log()), Response.of(new double[] {0.5, 2}), new double[] {0.4}));
        all.add(new Case("poisson", new Poisson(), Response.of(counts), new double[0]));
        all.add(new Case("nbinomial mean", new NegativeBinomialMean(), Response.of(counts), new double[] {-0.6}));
        all.add(new Case("nbinomial constant", new NegativeBinomialConstant(), Response.of(counts), new double[] {0.3}));
        all.add(new Case("gamma", new Gamma(), Response.of(new double[] {0.2, 3}), new double[] {-0.5}));
        Response times = new Response(new double[] {0.4, 2, 2, 5}, null, new double[] {0, 0, 0.7, 1.5}, new double[] {1, 0, 1, 0});
        for (boolean accelerated : new boolean[] {false, true}) {
            all.add(new Case("exponential " + accelerated, new Exponential(accelerated), times, new double[0]));
            all.add(new Case("weibull " + accelerated, new Weibull(accelerated), times, new double[] {0.3}));
        }
        all.add(new Case("loglogistic", new LogLogistic(), times, new double[] {-0.4}));
        all.add(new Case("lognormal", new LogNormal(), times, new double[] {-0.4}));
        all.add(new Case("gamma time", new GammaTime(), times, new double[] {-0.3}));
        return all.stream();
    }

    /** Multinomial families have several linear predictors, and a test of their own. */
    @Test
    void everyFamilyIsAmongTheCases() {
        Set<Class<?>> covered = cases().map(c -> c.family.getClass()).collect(Collectors.toSet());
        members(Family.class).filter(f -> f != Multinomial.class).forEach(f -> assertTrue(covered.contains(f), f.getName()));
        assertEquals(members(ProbabilityLink.class).count(), cases().filter(c -> c.name.startsWith("bernoulli")).count());
    }

    private static Stream<Class<?>> members(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(FamilyTest::members) : Stream.of(type);
    }

    private static Partials at(Case c, int i, double eta, double[] a, int order) {
        Partials p = new Partials(a.length);
        c.family.evaluate(c.response, i, i + 1, new double[] {eta}, a, order, p);
        return p;
    }

    private static double[] shifted(double[] a, int j, double h) {
        double[] b = a.clone();
        b[j] += h;
        return b;
    }

    private static void near(String what, double expected, double actual, double scale) {
        assertTrue(Double.isFinite(actual), what + " is " + actual);
        double tolerance = 2e-7 * (Math.abs(expected) + scale);
        assertEquals(expected, actual, tolerance, what);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesEqualDifferences(Case c) {
        for (int i = 0; i < c.response.size(); i++) {
            for (double eta : ETA) {
                String where = c + ", y=" + c.response.y()[i] + ", eta=" + eta + ": ";
                double h = 1e-5;
                Partials p = at(c, i, eta, c.ancillary, 3);
                Partials up = at(c, i, eta + h, c.ancillary, 3);
                Partials down = at(c, i, eta - h, c.ancillary, 3);
                // Rounding of a difference of two such values, in units of the tolerance.
                double rounding = 1e-4 * (1 + Math.abs(p.value[0]));
                double noise = rounding + 1e-3;
                assertEquals(p.value[0], at(c, i, eta, c.ancillary, 0).value[0], 1e-14 * Math.abs(p.value[0]), where);
                near(where + "d1", (up.value[0] - down.value[0]) / (2 * h), p.d1[0], noise);
                near(where + "d2", (up.d1[0] - down.d1[0]) / (2 * h), p.d2[0], rounding * Math.abs(p.d1[0]) + 1e-3);
                near(where + "d3", (up.d2[0] - down.d2[0]) / (2 * h), p.d3[0], rounding * Math.abs(p.d2[0]) + 1e-3);
                int at = 0;
                for (int j = 0; j < c.ancillary.length; j++) {
                    Partials right = at(c, i, eta, shifted(c.ancillary, j, h), 3);
                    Partials left = at(c, i, eta, shifted(c.ancillary, j, -h), 3);
                    near(where + "a" + j, (right.value[0] - left.value[0]) / (2 * h), p.a[j][0], noise);
                    near(where + "ea" + j, (right.d1[0] - left.d1[0]) / (2 * h), p.ea[j][0], rounding * Math.abs(p.d1[0]) + 1e-3);
                    near(where + "eea" + j, (right.d2[0] - left.d2[0]) / (2 * h), p.eea[j][0], rounding * Math.abs(p.d2[0]) + 1e-3);
                    for (int k = 0; k <= j; k++, at++) {
                        near(where + "a" + j + "a" + k, (right.a[k][0] - left.a[k][0]) / (2 * h), p.aa[at][0],
                                rounding * Math.abs(p.a[k][0]) + 1e-3);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesOfTheBaseEqualDifferences(Case c) {
        int m = c.ancillary.length;
        int size = 1 + m + m * (m + 1) / 2;
        for (int i = 0; i < c.response.size(); i++) {
            double[] sum = new double[size];
            c.family.base(c.response, i, c.ancillary, 2, sum);
            int at = 1 + m;
            for (int j = 0; j < m; j++) {
                double[] right = new double[size];
                double[] left = new double[size];
                c.family.base(c.response, i, shifted(c.ancillary, j, 1e-5), 2, right);
                c.family.base(c.response, i, shifted(c.ancillary, j, -1e-5), 2, left);
                near(c + " a", (right[0] - left[0]) / 2e-5, sum[1 + j], 1);
                for (int k = 0; k <= j; k++, at++) {
                    near(c + " aa", (right[1 + k] - left[1 + k]) / 2e-5, sum[at], 1);
                }
            }
        }
    }

    private static double logDensity(Family f, Response r, int i, double eta, double... a) {
        Partials p = new Partials(a.length);
        f.evaluate(r, i, i + 1, new double[] {eta}, a, 0, p);
        double[] sum = new double[1 + a.length + a.length * (a.length + 1) / 2];
        f.base(r, i, a, 1, sum);
        return p.value[0] + sum[0];
    }

    @Test
    void densitiesAreThoseOfTheNamedDistributions() {
        Response y = Response.of(new double[] {4});
        assertEquals(new NormalDistribution(1.3, 2).logDensity(4),
                logDensity(new Gaussian(new Identity()), y, 0, 1.3, Math.log(4)), 1e-12);
        assertEquals(new PoissonDistribution(Math.exp(0.7)).logProbability(4), logDensity(new Poisson(), y, 0, 0.7), 1e-12);
        Response trials = new Response(new double[] {4}, new double[] {9}, null, null);
        assertEquals(new BinomialDistribution(9, 1 / (1 + Math.exp(-0.7))).logProbability(4),
                logDensity(new Binomial(new Logit()), trials, 0, 0.7), 1e-12);
        // mean 2, size 2: alpha = 1/2; size = mean/delta: delta = 1
        double pascal = new PascalDistribution(2, 0.5).logProbability(4);
        assertEquals(pascal, logDensity(new NegativeBinomialMean(), y, 0, Math.log(2), Math.log(0.5)), 1e-12);
        assertEquals(pascal, logDensity(new NegativeBinomialConstant(), y, 0, Math.log(2), 0), 1e-12);
        double shape = 2.5;
        GammaDistribution gamma = new GammaDistribution(shape, 3 / shape);
        assertEquals(gamma.logDensity(4), logDensity(new Gamma(), y, 0, Math.log(3), -Math.log(shape)), 1e-12);
        Response failed = new Response(new double[] {4}, null, null, new double[] {1});
        Response censored = new Response(new double[] {4}, null, null, new double[] {0});
        double logs = -0.5 * Math.log(shape);
        assertEquals(gamma.logDensity(4), logDensity(new GammaTime(), failed, 0, Math.log(3), logs), 1e-12);
        assertEquals(Math.log(1 - gamma.cumulativeProbability(4)),
                logDensity(new GammaTime(), censored, 0, Math.log(3), logs), 1e-12);
        assertEquals(Math.log(1 - gamma.cumulativeProbability(4)),
                logDensity(new GammaTime(), censored, 0, Math.log(3), logs), 1e-12);
        LogNormalDistribution logNormal = new LogNormalDistribution(0.8, 1.7);
        assertEquals(logNormal.logDensity(4), logDensity(new LogNormal(), failed, 0, 0.8, Math.log(1.7)), 1e-12);
        assertEquals(Math.log(1 - logNormal.cumulativeProbability(4)),
                logDensity(new LogNormal(), censored, 0, 0.8, Math.log(1.7)), 1e-12);
    }

    @Test
    void hazardsAreThoseOfTheManual() {
        double p = 1.4;
        double eta = -0.8;
        Response r = new Response(new double[] {4, 4}, null, new double[] {0, 1}, new double[] {1, 0});
        double hazard = Math.log(p) + eta + (p - 1) * Math.log(4);
        double integrated = Math.exp(eta) * Math.pow(4, p);
        assertEquals(hazard - integrated, logDensity(new Weibull(false), r, 0, eta, Math.log(p)), 1e-13);
        assertEquals(-integrated + Math.exp(eta), logDensity(new Weibull(false), r, 1, eta, Math.log(p)), 1e-13);
        assertEquals(logDensity(new Weibull(false), r, 1, eta, Math.log(p)),
                logDensity(new Weibull(true), r, 1, -eta / p, Math.log(p)), 1e-13);
        assertEquals(logDensity(new Exponential(false), r, 0, eta), logDensity(new Exponential(true), r, 0, -eta), 1e-13);
        double gamma = 0.6;
        double odds = Math.pow(4 * Math.exp(-eta), 1 / gamma);
        assertEquals(Math.log(odds / (gamma * 4 * (1 + odds) * (1 + odds))),
                logDensity(new LogLogistic(), r, 0, eta, Math.log(gamma)), 1e-13);
    }

    @Test
    void normalTailsKeepTheirDigits() {
        for (double x = -6; x <= 6; x += 0.25) {
            assertEquals(Math.log(0.5 * Erf.erfc(-x / Math.sqrt(2))), new Probit().logCdf(x), 2e-13, "x=" + x);
        }
        // scipy.stats.norm.logcdf
        assertEquals(-804.6084420137538, new Probit().logCdf(-40), 1e-12);
        assertEquals(-2.0813752194932085e-23, new Probit().logCdf(9.9), 1e-34);
    }

    @Test
    void risingFactorialsOfAnySize() {
        double[] d = new double[4];
        RisingFactorial.log(2.5, 400, d);
        double[] sum = new double[4];
        for (int j = 0; j < 400; j++) {
            double x = 2.5 + j;
            sum[0] += Math.log(x);
            sum[1] += 1 / x;
            sum[2] -= 1 / (x * x);
            sum[3] += 2 / (x * x * x);
        }
        for (int k = 0; k < 4; k++) {
            assertEquals(sum[k], d[k], 1e-13 * Math.abs(sum[k]));
        }
    }

    @Test
    void responsesOutOfRangeAreNamed() {
        assertEquals("a count of -1; counts must be whole numbers from 0",
                new Poisson().check(Response.of(new double[] {-1}), 0).orElseThrow());
        assertTrue(new Binomial(new Logit()).check(new Response(new double[] {5}, new double[] {4}, null, null), 0)
                .orElseThrow().contains("above its binomial denominator 4"));
        assertTrue(new Gamma().check(Response.of(new double[] {0}), 0).orElseThrow().contains("must be positive"));
        assertTrue(new Weibull(false).check(new Response(new double[] {2}, null, new double[] {2}, new double[] {1}), 0)
                .orElseThrow().contains("entry at 2 and exit at 2"));
    }
}
