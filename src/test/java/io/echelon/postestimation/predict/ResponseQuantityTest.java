package io.echelon.postestimation.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.family.Bernoulli;
import io.echelon.family.Binomial;
import io.echelon.family.Exponential;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.family.LogLogistic;
import io.echelon.family.LogNormal;
import io.echelon.family.Ordinal;
import io.echelon.family.Poisson;
import io.echelon.family.Weibull;
import io.echelon.link.Identity;
import io.echelon.link.Logit;
import io.echelon.link.Normal;
import io.echelon.link.Probit;
import io.echelon.spec.Statistic;
import org.junit.jupiter.api.Test;

/** The statistics of {@code predict} against the formulas of textbooks. */
class ResponseQuantityTest {
    private static void check(double expected, Family family, Statistic statistic, double eta, double[] a, double y) {
        assertEquals(expected, new ResponseQuantity(family, statistic, 0).at(eta, a, y, 7), 1e-12 * Math.max(1, Math.abs(expected)),
                family.text() + " " + statistic);
    }

    @Test
    void binaryAndCounts() {
        double[] none = new double[0];
        double p = 1 / (1 + Math.exp(-0.3));
        check(p, new Bernoulli(new Logit()), Statistic.MU, 0.3, none, 1);
        check(p, new Bernoulli(new Logit()), Statistic.PR, 0.3, none, 0);
        check(1 - p, new Bernoulli(new Logit()), Statistic.DENSITY, 0.3, none, 0);
        check(0.3, new Bernoulli(new Logit()), Statistic.ETA, 0.3, none, 0);
        check(7 * p, new Binomial(new Logit()), Statistic.MU, 0.3, none, 2);
        check(p, new Binomial(new Logit()), Statistic.PR, 0.3, none, 2);
        check(21 * p * p * Math.pow(1 - p, 5), new Binomial(new Logit()), Statistic.DENSITY, 0.3, none, 2);
        check((2 - 7 * p) / Math.sqrt(7 * p * (1 - p)), new Binomial(new Logit()), Statistic.PEARSON, 0.3, none, 2);
        check(-Math.sqrt(2 * (2 * Math.log(2 / (7 * p)) + 5 * Math.log(5 / (7 * (1 - p))))), new Binomial(new Logit()),
                Statistic.DEVIANCE, 0.3, none, 2);
        double mu = Math.exp(0.3);
        check(mu * mu * Math.exp(-mu) / 2, new Poisson(), Statistic.DENSITY, 0.3, none, 2);
        check(Math.exp(-mu) * (1 + mu + mu * mu / 2), new Poisson(), Statistic.DISTRIBUTION, 0.3, none, 2);
        check(1.5 * (Math.cbrt(4) - Math.cbrt(mu * mu)) / Math.pow(mu, 1.0 / 6), new Poisson(), Statistic.ANSCOMBE, 0.3, none, 2);
    }

    /** Anscombe residuals of binomial counts by the hypergeometric form 1.5 y^(2/3) F(2/3, 1/3; 5/3; y/n). */
    @Test
    void anscombeByTheHypergeometricSeries() {
        double n = 7;
        double mu = n / (1 + Math.exp(0.2));
        double expected = 1.5 * (Math.cbrt(9) * hypergeometric(3 / n) - Math.cbrt(mu * mu) * hypergeometric(mu / n))
                / Math.pow(mu * (1 - mu / n), 1.0 / 6);
        check(expected, new Binomial(new Logit()), Statistic.ANSCOMBE, -0.2, new double[0], 3);
    }

    private static double hypergeometric(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 0; k < 300; k++) {
            term *= (2.0 / 3 + k) * (1.0 / 3 + k) / ((5.0 / 3 + k) * (k + 1)) * x;
            sum += term;
        }
        return sum;
    }

    @Test
    void gaussianAndOrdinal() {
        double[] a = {Math.log(4)};
        check(1.5, new Gaussian(new Identity()), Statistic.RESIDUALS, 0.5, a, 2);
        check(Math.exp(Normal.logDensity(0.75)) / 2, new Gaussian(new Identity()), Statistic.DENSITY, 0.5, a, 2);
        check(Math.exp(Normal.logCdf(0.75)), new Gaussian(new Identity()), Statistic.DISTRIBUTION, 0.5, a, 2);
        double[] cut = {-1, 0.5};
        Ordinal ordinal = new Ordinal(new Probit(), new double[] {1, 2, 5});
        check(Math.exp(Normal.logCdf(-1.3)), ordinal, Statistic.PR, 0.3, cut, 2);
        check(Math.exp(Normal.logCdf(0.2)) - Math.exp(Normal.logCdf(-1.3)), ordinal, Statistic.DENSITY, 0.3, cut, 2);
        check(Math.exp(Normal.logCdf(0.2)), ordinal, Statistic.DISTRIBUTION, 0.3, cut, 2);
        check(1, ordinal, Statistic.DISTRIBUTION, 0.3, cut, 5);
        assertEquals(1 - Math.exp(Normal.logCdf(0.2)), new ResponseQuantity(ordinal, Statistic.PR, 2).at(0.3, cut, 1, 1), 1e-14);
    }

    @Test
    void survivalTimes() {
        double t = 1.7;
        double h = Math.exp(0.3);
        double[] none = new double[0];
        check(Math.exp(-h * t), new Exponential(false), Statistic.SURV, 0.3, none, t);
        check(h, new Exponential(false), Statistic.HAZARD, 0.3, none, t);
        check(h * Math.exp(-h * t), new Exponential(false), Statistic.DENSITY, 0.3, none, t);
        double[] a = {Math.log(1.4)};
        check(h * 1.4 * Math.pow(t, 0.4), new Weibull(false), Statistic.HAZARD, 0.3, a, t);
        check(Math.exp(-Math.pow(t / h, 1.4)), new Weibull(true), Statistic.SURV, 0.3, a, t);
        check(h * Math.pow(Math.log(2), 1 / 1.4), new Weibull(true), Statistic.MEDIAN, 0.3, a, t);
        double[] scale = {Math.log(0.5)};
        check(1 / (1 + Math.pow(t / h, 2)), new LogLogistic(), Statistic.SURV, 0.3, scale, t);
        check(h * Math.PI / 2, new LogLogistic(), Statistic.MEAN, 0.3, scale, t);
        check(Math.exp(Normal.logCdf((Math.log(t) - 0.3) / 0.5)), new LogNormal(), Statistic.DISTRIBUTION, 0.3, scale, t);
        check(Math.exp(0.3 + 0.125), new LogNormal(), Statistic.MEAN, 0.3, scale, t);
    }
}
