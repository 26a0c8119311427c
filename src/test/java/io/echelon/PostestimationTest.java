package io.echelon;

import static io.echelon.Documents.misused;
import static io.echelon.Documents.open;
import static io.echelon.Documents.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.echelon.spark.TestSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the results of an estimation, against reference figures and what can be worked out by hand. */
class PostestimationTest {
    private static final String SLEEP = "sample-configs/data/sleepstudy.csv";

    @TempDir
    static Path folder;

    private static Session sleep;
    private static Fit fit;

    @BeforeAll
    static void fit() {
        sleep = open(SLEEP);
        sleep.fit("mixed reaction days || subject:");
        sleep.run("estimates store intercepts");
        sleep.fit("mixed reaction days || subject: days");
        sleep.run("estimates store independent");
        fit = sleep.fit("mixed reaction days || subject: days, covariance(unstructured)");
        sleep.run("estimates store full");
    }

    /** lme4's anova gives the same statistics; the boundary of one variance halves the p-value. */
    @Test
    void likelihoodRatioTestsKnowTheBoundary() {
        JsonNode one = run(sleep, "lrtest intercepts independent");
        assertEquals("chibar2(01)", one.path("kind").asText());
        assertEquals(42.0754, one.path("chi2").asDouble(), 1e-3);
        assertEquals(0, one.path("notes").size());
        Session none = open(SLEEP);
        none.run("quietly mixed reaction days");
        none.run("estimates store linear");
        Fit intercepts = none.fit("mixed reaction days || subject:");
        JsonNode linear = run(none, "lrtest linear .");
        assertEquals(intercepts.estimates().lr().orElseThrow().statistic(), linear.path("chi2").asDouble(), 1e-8);
        assertEquals(intercepts.estimates().lr().orElseThrow().pValue(), linear.path("p_value").asDouble(), 1e-12);
        JsonNode covariance = run(sleep, "lrtest independent full");
        assertEquals("chi2(1)", covariance.path("kind").asText());
        assertEquals(0.06390, covariance.path("chi2").asDouble(), 1e-4);
        assertEquals(0.8004, covariance.path("p_value").asDouble(), 1e-3);
        JsonNode both = run(sleep, "lrtest intercepts .");
        assertEquals("chi2(2)", both.path("kind").asText());
        assertEquals(42.1393, both.path("chi2").asDouble(), 1e-3);
        assertTrue(both.path("notes").get(0).asText().contains("the reported test is conservative"));
    }

    @Test
    void likelihoodRatioTestsWithGivenDegreesOfFreedom() {
        JsonNode test = run(sleep, "lrtest intercepts full, df(1) stats");
        assertEquals("chi2(1)", test.path("kind").asText());
        assertEquals(42.1393, test.path("chi2").asDouble(), 1e-3);
        assertEquals(1763.9393, test.path("models").get(1).path("aic").asDouble(), 1e-3);
    }

    @Test
    void fitsHaveNames() {
        Session s = open(SLEEP);
        Fit first = s.fit("mixed reaction days || subject:");
        s.run("estimates store a");
        s.fit("mixed reaction || subject:");
        s.run("estimates store b");
        assertEquals("{\"command\":\"estimates dir\",\"rows\":[],\"stored\":[{\"name\":\"a\",\"estimation\":\"mixed\",\"response\":"
                + "\"reaction\",\"parameters\":4,\"title\":\"Mixed-effects ML regression\"},{\"name\":\"b\",\"estimation\":\"mixed\","
                + "\"response\":\"reaction\",\"parameters\":3,\"title\":\"Mixed-effects ML regression\"}]}",
                run(s, "estimates dir").toString());
        String shown = s.run("estimates replay a").orElseThrow().toString();
        assertEquals(first.toString().substring(first.toString().indexOf("Mixed-effects")), shown);
        s.run("estimates drop a");
        misused(s, "lrtest a .", "no results stored under a");
        misused(s, "estimates drop a", "no results stored under a");
        s.run("estimates drop _all");
        assertEquals(0, run(s, "estimates dir").path("stored").size());
    }

    @Test
    void whatIsNotComparableIsNotCompared() {
        Session s = open(SLEEP);
        s.run("quietly mixed reaction days || subject:");
        s.run("estimates store ml");
        s.run("quietly mixed reaction days || subject:, reml");
        s.run("estimates store reml");
        s.run("quietly mixed reaction || subject: days, reml covariance(unstructured)");
        s.run("estimates store other");
        s.run("quietly mixed reaction days if days < 9 || subject: days");
        s.run("estimates store fewer");
        misused(s, "lrtest ml reml", "one was fitted by ML, the other by REML");
        misused(s, "lrtest reml other", "restricted likelihoods of models with different fixed parts");
        misused(s, "lrtest ml fewer", "they were fitted to 180 and 162 observations; force tests nevertheless");
        misused(s, "lrtest ml ml", "both models have 4 parameters");
        misused(s, "lrtest ml full", "no results stored under full");
        assertEquals("LR tests based on REML are valid only when the fixed-effects specification is identical for both"
                + " models.", run(s, "lrtest reml other, force").path("notes").path(0).asText());
    }

    /** One condition: the square of the z of the table; twice the same condition: one is dropped. */
    @Test
    void waldTests() {
        double z = fit.estimates().coefficients().get(0).statistic();
        JsonNode test = run(sleep, "test days");
        assertEquals(z * z, test.path("chi2").asDouble(), 1e-9 * z * z);
        assertEquals(List.of("[reaction]days = 0"), texts(test.path("conditions")));
        JsonNode twice = run(sleep, "test (days = 10) (2*days = 20)");
        assertEquals(1, twice.path("df").asInt());
        assertEquals(2, twice.path("dropped").get(0).asInt());
        double[][] v = fit.estimates().vcov().matrix();
        double a = fit.estimates().coefficients().get(0).estimate() - 10;
        double b = fit.estimates().coefficients().get(1).estimate() - 250;
        double determinant = v[0][0] * v[1][1] - v[0][1] * v[0][1];
        double both = (a * a * v[1][1] - 2 * a * b * v[0][1] + b * b * v[0][0]) / determinant;
        assertEquals(both, run(sleep, "test (days = 10) (_cons = 250)").path("chi2").asDouble(), 1e-9 * both);
        run(sleep, "test days = 10");
        assertEquals(both, run(sleep, "test _cons = 250, accumulate").path("chi2").asDouble(), 1e-9 * both);
        assertEquals(z * z, run(sleep, "testparm d*").path("chi2").asDouble(), 1e-9 * z * z);
        misused(sleep, "test dayz", "there is no coefficient dayz; did you mean days?");
        misused(sleep, "test days, small", "small needs the degrees of freedom of a model fitted with dfmethod()");
        misused(sleep, "testparm i.days", "no coefficient belongs to days");
    }

    @Test
    void multipleTestsAreAdjusted() {
        JsonNode plain = run(sleep, "test (days = 8) (_cons = 240), mtest");
        JsonNode adjusted = run(sleep, "test (days = 8) (_cons = 240), mtest(bonferroni)");
        for (int i = 0; i < 2; i++) {
            assertEquals(Math.min(1, 2 * plain.path("rows").get(i).path("p_value").asDouble()),
                    adjusted.path("rows").get(i).path("p_value").asDouble(), 1e-12);
        }
    }

    /** The delta method by hand: of a ratio, and of variances, whose standard errors are those of the table. */
    @Test
    void functionsOfEstimates() {
        double days = fit.estimates().coefficients().get(0).estimate();
        double constant = fit.estimates().coefficients().get(1).estimate();
        double[][] v = fit.estimates().vcov().matrix();
        double[] g = {-constant / days / days, 1 / days};
        double se = Math.sqrt(g[0] * g[0] * v[0][0] + 2 * g[0] * g[1] * v[0][1] + g[1] * g[1] * v[1][1]);
        JsonNode ratio = run(sleep, "nlcom _b[_cons]/_b[days]").path("rows").get(0);
        assertEquals(constant / days, ratio.path("estimate").asDouble(), 1e-12 * constant / days);
        assertEquals(se, ratio.path("std_error").asDouble(), 1e-9 * se);

        JsonNode variances = run(sleep, "nlcom (a: exp(2*[lns1_1_1]_cons)) (c: [cov(days,_cons[subject])]_cons)"
                + " (e: _b[/lnsig_e]) (r: tanh(_b[atr1_1_1_2:_cons]))").path("rows");
        for (int i = 0; i < 2; i++) {
            var component = fit.estimates().varianceComponents().get(2 * i);
            assertEquals(component.estimate(), variances.get(i).path("estimate").asDouble(), 1e-9 * 565);
            assertEquals(component.stdError(), variances.get(i).path("std_error").asDouble(), 1e-6 * component.stdError());
        }
        assertEquals(fit.estimates().standardDeviations().get(2).stdError(), variances.get(3).path("std_error").asDouble(),
                1e-9);

        JsonNode combination = run(sleep, "lincom _cons + 9*days - 300, level(90)").path("rows").get(0);
        assertEquals(constant + 9 * days - 300, combination.path("estimate").asDouble(), 1e-9);
        double variance = v[1][1] + 81 * v[0][0] + 18 * v[0][1];
        assertEquals(Math.sqrt(variance), combination.path("std_error").asDouble(), 1e-9);
        assertEquals(1.6448536269514722 * Math.sqrt(variance), combination.path("conf_high").asDouble()
                - combination.path("estimate").asDouble(), 1e-6);
        misused(sleep, "nlcom days/2", "days is no estimate; write _b[days]");
        misused(sleep, "nlcom exp(2)", "does not depend on any estimate");
        misused(sleep, "nlcom foo(_b[days])", "there is no function foo");
    }

    @Test
    void intraclassCorrelationsOfTheReference() {
        Session pigs = Echelon.on(TestSession.spark()).open(TestSession.shared("pig.csv"));
        pigs.run("quietly mixed weight week || id:");
        JsonNode icc = run(pigs, "estat icc").path("rows").get(0);
        assertEquals("id", icc.path("term").asText());
        assertEquals(0.7717139732, icc.path("estimate").asDouble(), 1e-6);
        assertEquals(0.03939593228, icc.path("std_error").asDouble(), 1e-5);
        double width = 1.959963984540054 * 0.03939593228 / (0.7717139732 * (1 - 0.7717139732));
        double logit = Math.log(0.7717139732 / (1 - 0.7717139732));
        assertEquals(1 / (1 + Math.exp(width - logit)), icc.path("conf_low").asDouble(), 2e-5);
        assertEquals(1 / (1 + Math.exp(-width - logit)), icc.path("conf_high").asDouble(), 2e-5);
    }

    @Test
    void intraclassCorrelationsOfBinaryResponses() {
        Session s = Echelon.on(TestSession.spark()).open(TestSession.shared("admissions.csv"));
        s.run("quietly melogit nadmitted female || department:, binomial(napplied) intpoints(15)");
        JsonNode icc = run(s, "estat icc").path("rows").get(0);
        assertEquals(0.2902254, icc.path("estimate").asDouble(), 1e-3 * 0.29);
        assertEquals(0.07057183793, icc.path("std_error").asDouble(), 1e-2 * 0.07);
    }

    @Test
    void intraclassCorrelationsOfNestedLevels() {
        Session s = open("sample-configs/data/pastes.csv");
        Fit pastes = s.fit("mixed strength || batch: || cask:");
        JsonNode rows = run(s, "estat icc").path("rows");
        double batch = pastes.estimates().varianceComponents().get(0).estimate();
        double cask = pastes.estimates().varianceComponents().get(1).estimate();
        double residual = pastes.estimates().varianceComponents().get(2).estimate();
        assertEquals("batch", rows.get(0).path("term").asText());
        assertEquals("cask|batch", rows.get(1).path("term").asText());
        assertEquals(batch / (batch + cask + residual), rows.get(0).path("estimate").asDouble(), 1e-12);
        assertEquals((batch + cask) / (batch + cask + residual), rows.get(1).path("estimate").asDouble(), 1e-12);
        assertTrue(s.run("estat icc").orElseThrow().toString().startsWith("Intraclass correlation\n"));
    }

    @Test
    void covariancesOfRandomEffects() {
        JsonNode matrix = run(sleep, "estat recovariance").path("matrices").get(0);
        assertEquals(List.of("days", "_cons"), texts(matrix.path("names")));
        var components = fit.estimates().varianceComponents();
        assertArrayEquals(new double[] {components.get(0).estimate(), components.get(2).estimate()},
                numbers(matrix.path("matrix").get(0)), 1e-9);
        assertEquals(components.get(1).estimate(), matrix.path("matrix").get(1).get(1).asDouble(), 1e-9);
        JsonNode correlations = run(sleep, "estat recovariance, correlation").path("matrices").get(0);
        assertEquals(fit.estimates().standardDeviations().get(2).estimate(), correlations.path("matrix").get(0).get(1)
                .asDouble(), 1e-12);
        assertEquals("sd(days[subject])", run(sleep, "estat sd").path("rows").get(0).path("term").asText());
        misused(sleep, "estat recov, relevel(school)", "there is no level school");
    }

    @Test
    void informationCriteria() {
        JsonNode ic = run(sleep, "estat ic");
        assertEquals(6, ic.path("df").asInt());
        assertEquals(1763.9393, ic.path("aic").asDouble(), 1e-3);
        assertEquals(1783.0971, ic.path("bic").asDouble(), 1e-3);
    }

    @Test
    void fitsBesideEachOther() {
        JsonNode table = run(sleep, "estimates table intercepts full, se stats(N ll aic)");
        assertEquals(List.of("intercepts", "full"), texts(table.path("models")));
        assertEquals("intercepts: days", table.path("rows").get(0).path("term").asText());
        assertArrayEquals(new double[] {180, 180}, numbers(table.path("statistics").path("N")));
        assertEquals(1763.9393, table.path("statistics").path("aic").get(1).asDouble(), 1e-3);
        String text = sleep.run("estimates table intercepts full, star b(%9.3f)").orElseThrow().toString();
        assertTrue(text.contains("        days |    10.467***      10.467***\n"), text);
        JsonNode stats = run(sleep, "estimates stats intercepts full");
        assertEquals(2, stats.path("models").size());
        assertEquals(1763.9393, stats.path("models").get(1).path("aic").asDouble(), 1e-3);
        misused(sleep, "estimates table intercepts, keep(dayz)", "none of the models has a coefficient dayz");
    }

    @Test
    void storedFitsAnswerTheSame() {
        String out = folder.resolve("fits").toString();
        sleep.write(Echelon.on(TestSession.spark()).folder(out, true));
        Session later = Echelon.on(TestSession.spark()).open().restore(out);
        for (String command : List.of("test days", "testparm days", "lincom days", "nlcom exp(_b[lns1_1_1:_cons])",
                "estat icc", "estat sd", "estat recovariance", "estat ic", "estat vce", "estat group",
                "lrtest intercepts 2")) {
            sleep.run("estimates restore full");
            String expected = command.endsWith("2") ? "lrtest intercepts independent" : command;
            assertEquals(run(sleep, expected).path("rows"), run(later, command).path("rows"), command);
            assertEquals(run(sleep, expected).path("chi2"), run(later, command).path("chi2"), command);
        }
    }

    /** Degrees of freedom and data are found again: the data are read and prepared as they were. */
    @Test
    void storedFitsKeepDegreesOfFreedomAndTheWayToTheirData() {
        Session s = open("sample-configs/data/clippings.csv");
        s.run("egen wpunit = group(nitrogen block)");
        List<JsonNode> contrasts = new ArrayList<>();
        for (String method : List.of("kroger", "satterthwaite", "anova")) {
            s.run("quietly mixed chlorophyll nitrogen##thatch block || wpunit:, reml dfmethod(" + method + ")");
            contrasts.add(run(s, "contrast nitrogen##thatch, small"));
        }
        String out = folder.resolve("clippings").toString();
        s.write(Echelon.on(TestSession.spark()).folder(out, true));
        Session later = Echelon.on(TestSession.spark()).open().restore(out);
        for (int model = 1; model <= 3; model++) {
            later.run("estimates restore " + model);
            assertEquals(contrasts.get(model - 1), run(later, "contrast nitrogen##thatch, small"));
        }
        assertEquals(24, later.data().select("wpunit").count());
        assertEquals(run(s, "estat summarize"), run(later, "estat summarize"));
        assertEquals(24, run(later, "estat summarize").path("n_obs").asInt());
    }

    @Test
    void covariancesWithinAGroup() {
        JsonNode within = run(sleep, "estat wcorrelation, at(subject=308)");
        var components = fit.estimates().varianceComponents();
        double slope = components.get(0).estimate();
        double constant = components.get(1).estimate();
        double covariance = components.get(2).estimate();
        assertEquals(10, within.path("covariances").size());
        double wanted = 2 * 5 * slope + 7 * covariance + constant;
        assertEquals(wanted, within.path("covariances").get(2).get(5).asDouble(), 1e-9 * wanted);
        double variance = 4 * slope + 4 * covariance + constant + components.get(3).estimate();
        assertEquals(Math.sqrt(variance), within.path("standard_deviations").get(2).asDouble(), 1e-9 * variance);
        assertEquals(run(sleep, "estat wcorrelation").path("covariances"), within.path("covariances"));
        misused(sleep, "estat wcorrelation, at(subject=1)", "there are no rows with subject=1");
        misused(sleep, "estat wcorrelation, at(school=1)", "school is none");
    }

    @Test
    void correlatedResidualsWithinAGroup() {
        Session s = open(SLEEP);
        Fit ar = s.fit("mixed reaction days || subject:, noconstant residuals(ar 1, t(days))");
        double rho = ar.estimates().varianceComponents().stream().filter(c -> c.label().equals("rho")).findFirst().orElseThrow()
                .estimate();
        JsonNode correlations = run(s, "estat wcorrelation").path("correlations");
        assertEquals(rho, correlations.get(0).get(1).asDouble(), 1e-9);
        assertEquals(Math.pow(rho, 7), correlations.get(8).get(1).asDouble(), 1e-9);
    }

    @Test
    void thereMustBeResults() {
        Session s = open(SLEEP);
        misused(s, "estat icc", "estat icc works on the results of an estimation, and there are none: fit a model first");
        misused(s, "test days", "test works on the results of an estimation");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
