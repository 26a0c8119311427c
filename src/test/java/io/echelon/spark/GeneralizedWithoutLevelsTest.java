package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.report.JsonReport;
import io.echelon.report.TextReport;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Generalized commands without a level: robust standard errors are White's, and BHHH sums the squares of rows. */
class GeneralizedWithoutLevelsTest {
    private final Workspace workspace = new Workspace(TestSession.spark().range(0, 300).selectExpr("id % 25 AS g", "sin(id) AS x",
            "IF(sin(id * id) + sin(id) > 0.2, 1, 0) AS y", "1 + id % 3 AS w"));

    private Estimates fit(String command) {
        return ((Fitted) workspace.run(CommandReader.read(command), i -> { }).orElseThrow()).estimates();
    }

    /** V(Σ ss')V of a logistic regression on x, s summed over the groups of {@code g} or taken row by row. */
    private double[] sandwich(Estimates e, boolean clustered) {
        double b = e.coefficients().get(0).estimate();
        double a = e.coefficients().get(1).estimate();
        double[] h = new double[3];
        double[][] score = new double[clustered ? 25 : 300][2];
        List<Row> rows = workspace.data().select("g", "x", "y").collectAsList();
        for (int i = 0; i < rows.size(); i++) {
            double x = rows.get(i).getDouble(1);
            double p = 1 / (1 + Math.exp(-a - b * x));
            double[] s = score[clustered ? (int) rows.get(i).getLong(0) : i];
            s[0] += x * (rows.get(i).getInt(2) - p);
            s[1] += rows.get(i).getInt(2) - p;
            h[0] += x * x * p * (1 - p);
            h[1] += x * p * (1 - p);
            h[2] += p * (1 - p);
        }
        double det = h[0] * h[2] - h[1] * h[1];
        double[][] v = {{h[2] / det, -h[1] / det}, {-h[1] / det, h[0] / det}};
        double[] variance = new double[2];
        for (double[] s : score) {
            for (int k = 0; k < 2; k++) {
                double t = v[k][0] * s[0] + v[k][1] * s[1];
                variance[k] += t * t * score.length / (score.length - 1.0);
            }
        }
        return variance;
    }

    @Test
    void robustErrorsAreWhites() {
        Estimates e = fit("melogit y x, vce(robust)");
        double[] variance = sandwich(e, false);
        for (int k = 0; k < 2; k++) {
            assertEquals(Math.sqrt(variance[k]), e.coefficients().get(k).stdError(), 1e-8);
        }
        String text = TextReport.of(e);
        assertTrue(text.contains("\nLogistic regression  ") && text.contains("|               Robust\n")
                && !text.contains("adjusted for"), text);
        assertEquals(e.clusters(), JsonReport.read(JsonReport.write(e)).clusters());
    }

    @Test
    void clustersAreSummed() {
        Estimates e = fit("melogit y x, vce(cluster g)");
        double[] variance = sandwich(e, true);
        for (int k = 0; k < 2; k++) {
            assertEquals(Math.sqrt(variance[k]), e.coefficients().get(k).stdError(), 1e-8);
        }
        assertTrue(TextReport.of(e).contains("(Std. Err. adjusted for 25 clusters in g)"), TextReport.of(e));
    }

    @Test
    void samplingWeightsAreRobust() {
        Estimates e = fit("melogit y x [pweight=w]");
        assertTrue(e.clusters().isPresent());
        assertTrue(assertThrows(EchelonException.class, () -> fit("melogit y x [fweight=w], vce(robust)")).getMessage()
                .contains("vce(cluster v)"));
    }

    @Test
    void bhhhEndsWhereNewtonDoes() {
        assertEquals(fit("melogit y x").coefficients().get(0).estimate(),
                fit("melogit y x, technique(bhhh)").coefficients().get(0).estimate(), 1e-6);
    }

    @Test
    void twoCategoriesAreAYesOrNo() {
        for (String link : List.of("logit", "probit", "cloglog")) {
            Estimates binary = fit("meglm y x || g:, family(bernoulli) link(" + link + ")");
            Estimates ordinal = fit("meglm y x || g:, family(ordinal) link(" + link + ")");
            assertEquals(binary.logLikelihood(), ordinal.logLikelihood(), 1e-8 * Math.abs(binary.logLikelihood()), link);
            assertEquals(binary.coefficients().get(0).estimate(), ordinal.coefficients().get(0).estimate(), 1e-5, link);
            assertEquals(-binary.coefficients().get(1).estimate(), ordinal.coefficients().get(1).estimate(), 1e-5, link);
        }
    }

    @Test
    void headingsAreTheManuals() {
        assertEquals("Ordered logistic regression", fit("meologit w x").title());
        assertEquals("Poisson regression", fit("mepoisson w x").title());
        assertEquals("Mixed-effects GLM", fit("meglm y x || g:, family(bernoulli) link(cloglog) intpoints(3)").title());
        assertTrue(TextReport.of(fit("meglm y x || g:, family(bernoulli) link(cloglog) intpoints(3)")).contains("""
                Family:               Bernoulli
                Link:     complementary log-log
                Group variable:               g"""));
        assertTrue(TextReport.of(fit("menbreg w x || g:, dispersion(constant) intpoints(3) iterate(2)")).contains("""
                Overdispersion:        constant
                Group variable:               g"""));
    }
}
