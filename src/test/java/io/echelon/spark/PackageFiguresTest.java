package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Echelon;
import io.echelon.Fit;
import io.echelon.fit.Coefficient;
import io.echelon.fit.VarianceComponent;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Figures of R 4.2.2: lme4 1.1-31 (lmer), glmmTMB 1.1.5 (Laplace's approximation) and ordinal 2022.11-16 (clmm), with the data
 * sets of these packages.
 */
class PackageFiguresTest {
    private static Dataset<Row> data(String name) {
        return TestSession.spark().read().option("header", "true").option("inferSchema", "true")
                .csv("sample-configs/data/" + name + ".csv");
    }

    private static Fit fit(String data, String command) {
        return Echelon.on(TestSession.spark()).fit(data(data), command);
    }

    private static double[] estimates(Fit fit) {
        return fit.estimates().coefficients().stream().filter(c -> c.stdError() > 0).mapToDouble(Coefficient::estimate)
                .toArray();
    }

    private static double[] errors(Fit fit) {
        return fit.estimates().coefficients().stream().mapToDouble(Coefficient::stdError).filter(s -> s > 0).toArray();
    }

    private static double[] components(Fit fit) {
        return fit.estimates().varianceComponents().stream().mapToDouble(VarianceComponent::estimate).toArray();
    }

    /** lmer(reaction ~ days + I(days^2) + (days | subject) + (0 + I(days^2) | subject)). */
    @Test
    void severalEquationsOfOneLevel() {
        Dataset<Row> sleep = data("sleepstudy").selectExpr("*", "days * days AS d2");
        Fit fit = Echelon.on(TestSession.spark()).fit(sleep,
                "mixed reaction days d2, reml || subject: days, cov(uns) || subject: d2, nocons");
        assertEquals(-870.537705887, fit.estimates().logLikelihood(), 1e-7);
        assertArrayEquals(new double[] {7.434085, 0.3370223, 255.4493728}, estimates(fit), 1e-5);
        assertArrayEquals(new double[] {2.696886, 0.2764160, 7.345144}, errors(fit), 1e-4);
        assertArrayEquals(new double[] {27.51775, 584.96867, 27.32647, 0.1922411, 624.65723}, components(fit), 5e-3);
    }

    /** glmmTMB(cbind(incidence, size - incidence) ~ period + (1 | herd), family = binomial("probit")), and "cloglog". */
    @Test
    void binomialCountsByLaplace() {
        Fit probit = fit("cbpp", "meprobit incidence i.period || herd:, binomial(size) intmethod(laplace)");
        assertEquals(-92.583337703, probit.estimates().logLikelihood(), 1e-7);
        assertArrayEquals(new double[] {-0.5265963, -0.6150716, -0.7979442, -0.8318500}, estimates(probit), 1e-5);
        assertArrayEquals(new double[] {0.1602522, 0.1691409, 0.2044313, 0.1259838}, errors(probit), 1e-5);
        assertEquals(0.11467331, components(probit)[0], 1e-6);
        Fit cloglog = fit("cbpp", "mecloglog incidence i.period || herd:, binomial(size) intmethod(laplace)");
        assertEquals(-91.758002018, cloglog.estimates().logLikelihood(), 1e-7);
        assertArrayEquals(new double[] {0.2840285, 0.3055171, 0.4083373, 0.2106549}, errors(cloglog), 1e-5);
        assertEquals(0.34327686, components(cloglog)[0], 1e-6);
    }

    /** glmmTMB(reaction ~ days + (days | subject), family = Gamma("log")). */
    @Test
    void gammaSlopesByLaplace() {
        Fit fit = fit("sleepstudy",
                "meglm reaction days, family(gamma) link(log) intmethod(laplace) || subject: days, cov(uns)");
        assertEquals(-866.018343092, fit.estimates().logLikelihood(), 1e-6);
        assertEquals(0.03384996, estimates(fit)[0], 1e-6);
        assertEquals(0.00462856, errors(fit)[0], 1e-6);
        assertArrayEquals(new double[] {3.065442e-4, 1.017231e-2, -5.06394e-5}, components(fit), 1e-6);
    }

    /** clmm(rating ~ temp + contact + (1 | judge), link = "cloglog", nAGQ = 15), the link that clm calls loglog. */
    @Test
    void ordinalComplementaryLogLog() {
        Fit fit = fit("wine", "meglm rating temp contact, family(ordinal) link(cloglog) intpoints(15) || judge:");
        assertEquals(-82.7257774, fit.estimates().logLikelihood(), 1e-6);
        assertArrayEquals(new double[] {1.974440, 1.128233, -0.497277, 1.440136, 3.190278, 4.552379}, estimates(fit), 1e-4);
        assertArrayEquals(new double[] {0.392745, 0.322558, 0.405596, 0.439123, 0.580655, 0.699006}, errors(fit), 1e-4);
        assertEquals(0.5770511, components(fit)[0], 1e-5);
    }

    @Test
    void slopesOnColumnsOfAnySizeAreFound() {
        Dataset<Row> sleep = data("sleepstudy").selectExpr("*", "CAST(reaction > 300 AS INT) AS late", "2000 + days AS year",
                "days * 1e-6D AS tiny");
        for (String name : new String[] {"days", "year", "tiny"}) {
            Fit together = Echelon.on(TestSession.spark()).fit(sleep,
                    "melogit late " + name + " || subject: " + name + ", cov(uns)");
            assertTrue(together.estimates().converged(), name);
            assertEquals(-85.218687, together.estimates().logLikelihood(), 1e-6, name);
        }
        Fit apart = Echelon.on(TestSession.spark()).fit(sleep, "melogit late tiny || subject: tiny");
        assertEquals(-85.754135, apart.estimates().logLikelihood(), 1e-6);
    }
}
