package io.echelon.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.link.Cloglog;
import io.echelon.link.Identity;
import io.echelon.link.Log;
import io.echelon.link.Logit;
import io.echelon.link.Probit;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Residuals against the integrals that define them, distribution functions against sums of densities. */
class MeanFamilyTest {
    private static final double TRIALS = 9;

    /** A family, η, ancillary parameters, a response. */
    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of(new Gaussian(new Identity()), 1.3, new double[] {0.4}, 2.1),
                Arguments.of(new Gaussian(new Log()), 0.3, new double[] {0.4}, 0.7),
                Arguments.of(new Bernoulli(new Logit()), 0.4, new double[0], 1.0),
                Arguments.of(new Bernoulli(new Probit()), -0.4, new double[0], 0.0),
                Arguments.of(new Binomial(new Logit()), 0.4, new double[0], 3.0),
                Arguments.of(new Binomial(new Cloglog()), -0.7, new double[0], 9.0),
                Arguments.of(new Poisson(), 0.9, new double[0], 5.0),
                Arguments.of(new Poisson(), 0.9, new double[0], 0.0),
                Arguments.of(new NegativeBinomialMean(), 0.9, new double[] {-0.5}, 5.0),
                Arguments.of(new NegativeBinomialMean(), 2.9, new double[] {2}, 0.0),
                Arguments.of(new NegativeBinomialConstant(), 0.9, new double[] {0.3}, 4.0),
                Arguments.of(new Gamma(), 0.2, new double[] {-0.8}, 2.2));
    }

    /** With t = s³ below, and t = top − s³ in the upper half of a range that ends: integrands have roots in the denominator there. */
    private static double integral(UnivariateFunction f, double from, double to, double top) {
        if (from > to) {
            return -integral(f, to, from, top);
        }
        double half = Double.isInfinite(top) ? to : Math.min(to, Math.max(from, top / 2));
        double lower = cubes(s -> f.value(s * s * s), Math.cbrt(from), Math.cbrt(half));
        return half == to ? lower : lower + cubes(s -> f.value(top - s * s * s), Math.cbrt(top - to), Math.cbrt(top - half));
    }

    private static double cubes(UnivariateFunction f, double from, double to) {
        return from == to ? 0 : new IterativeLegendreGaussIntegrator(12, 1e-11, 1e-12)
                .integrate(200_000, s -> f.value(s) * 3 * s * s, from, to);
    }

    @ParameterizedTest
    @MethodSource("families")
    void residualsAreWhatTheirIntegralsSay(MeanFamily family, double eta, double[] a, double y) {
        double mu = family.mean(eta, TRIALS);
        double v = family.variance(mu, TRIALS, a);
        assertEquals((y - mu) / Math.sqrt(v), family.pearsonResidual(y, mu, TRIALS, a), 1e-13);
        double top = family instanceof Bernoulli ? 1 : family instanceof Binomial ? TRIALS : Double.POSITIVE_INFINITY;
        double deviance = 2 * integral(t -> (y - t) / family.variance(t, TRIALS, a), mu, y, top);
        double residual = family.devianceResidual(y, mu, TRIALS, a);
        assertEquals(Math.signum(y - mu) * Math.sqrt(deviance), residual, 1e-7);
        double anscombe = integral(t -> Math.pow(family.variance(t, TRIALS, a), -1.0 / 3), mu, y, top) / Math.pow(v, 1.0 / 6);
        assertEquals(anscombe, family.anscombeResidual(y, mu, TRIALS, a), 1e-7);
    }

    @ParameterizedTest
    @MethodSource("families")
    void distributionFunctionsSumDensities(MeanFamily family, double eta, double[] a, double y) {
        UnivariateFunction density = t -> density(family, t, eta, a);
        double expected;
        if (family instanceof Gaussian) {
            expected = new IterativeLegendreGaussIntegrator(20, 1e-12, 1e-13).integrate(200_000, density, y - 20, y);
        } else if (family instanceof Gamma) {
            expected = integral(density, 0, y, Double.POSITIVE_INFINITY);
        } else {
            expected = Stream.iterate(0.0, k -> k <= y, k -> k + 1).mapToDouble(density::value).sum();
        }
        assertEquals(expected, family.distribution(y, eta, TRIALS, a), 1e-10);
        double all = family instanceof Bernoulli ? family.distribution(1, eta, TRIALS, a) : 1;
        assertEquals(1, all);
    }

    private static double density(Family family, double y, double eta, double[] a) {
        Partials partials = new Partials(a.length);
        Response response = new Response(new double[] {y}, new double[] {TRIALS}, null, null);
        family.evaluate(response, 0, 1, new double[] {eta}, a, 0, partials);
        double[] base = new double[1 + a.length + a.length * (a.length + 1) / 2];
        family.base(response, 0, a, 1, base);
        return Math.exp(partials.value[0] + base[0]);
    }

    @ParameterizedTest
    @MethodSource("times")
    void timesHaveTheirMeanAndMedian(Survival family, double eta, double[] a) {
        UnivariateFunction survivor = t -> survivor(family, t, eta, a);
        assertEquals(0.5, survivor.value(family.median(eta, a)), 1e-9);
        double mean = family.mean(eta, a);
        // ∫ S(t) dt with t = eˣ.
        double integral = new IterativeLegendreGaussIntegrator(20, 1e-11, 1e-12)
                .integrate(500_000, x -> survivor.value(Math.exp(x)) * Math.exp(x), -45, 45);
        assertEquals(integral, mean, 1e-6 * mean);
    }

    static List<Arguments> times() {
        return List.of(
                Arguments.of(new Exponential(false), 0.3, new double[0]),
                Arguments.of(new Exponential(true), 0.3, new double[0]),
                Arguments.of(new Weibull(false), 0.3, new double[] {0.4}),
                Arguments.of(new Weibull(true), 0.3, new double[] {-0.2}),
                Arguments.of(new LogLogistic(), 0.3, new double[] {-1}),
                Arguments.of(new LogNormal(), 0.3, new double[] {-0.4}),
                Arguments.of(new GammaTime(), 0.3, new double[] {-0.4}));
    }

    private static double survivor(Survival family, double t, double eta, double[] a) {
        Partials partials = new Partials(a.length);
        family.evaluate(new Response(new double[] {t}, null, null, new double[] {0}), 0, 1, new double[] {eta}, a, 0, partials);
        return Math.exp(partials.value[0]);
    }
}
