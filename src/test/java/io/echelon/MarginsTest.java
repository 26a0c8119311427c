package io.echelon;

import static io.echelon.MarginCheck.check;
import static io.echelon.MarginCheck.counts;
import static io.echelon.MarginCheck.parameters;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** {@code margins} from the command to the table. */
class MarginsTest {
    private static final Echelon ECHELON = Echelon.on(TestSession.spark());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static MarginalEstimates margins(Session session, String command) {
        return (MarginalEstimates) ((Answered) session.run(command).orElseThrow()).answer();
    }

    private static JsonNode json(Session session, String command) throws IOException {
        return MAPPER.readTree(session.run(command).orElseThrow().toJson());
    }

    @Test
    void theThreeTablesOfTheClippings() throws IOException {
        Path path = Path.of(System.getProperty("echelon.shared", "../shared"), "golden", "stata_clippings_reml.json");
        assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not at hand");
        JsonNode golden = MAPPER.readTree(path.toFile());
        Session session = ECHELON.open("sample-configs/data/clippings.csv");
        session.runAll(golden.path("command").asText());
        for (Iterator<String> tables = golden.path("margins").fieldNames(); tables.hasNext();) {
            String table = tables.next();
            JsonNode got = json(session, "margins " + table);
            assertEquals(table, String.join("#", MAPPER.convertValue(got.path("over"), String[].class)));
            assertEquals(golden.path("margins").path(table).size(), got.path("rows").size());
            for (JsonNode row : got.path("rows")) {
                JsonNode wanted = golden.path("margins").path(table).path(row.path("term").asText());
                // The manual's data are floats, which moves the last printed digit of some limits.
                assertEquals(wanted.path("est").asDouble(), row.path("estimate").asDouble(), 1e-6);
                assertEquals(wanted.path("se").asDouble(), row.path("std_error").asDouble(), 5e-8);
                assertEquals(wanted.path("z").asDouble(), row.path("statistic").asDouble(), 5.1e-3);
                assertEquals(wanted.path("ci_lo").asDouble(), row.path("conf_low").asDouble(), 1.2e-6);
                assertEquals(wanted.path("ci_hi").asDouble(), row.path("conf_high").asDouble(), 1.2e-6);
            }
        }
        String text = session.run("margins thatch#nitrogen").orElseThrow().toString();
        assertTrue(text.startsWith("""
                Predictive margins                              Number of obs     =         24

                Expression   : Linear prediction, fixed portion, predict()

                ---------------------------------------------------------------------------------
                                |            Delta-method
                                |     Margin   Std. Err.      z    P>|z|     [95% Conf. Interval]
                ----------------+----------------------------------------------------------------
                thatch#nitrogen |
                           2 1  |       3.85   .3760479    10.24   0.000      3.11296     4.58704
                """), text);
    }

    /** θ = (x, 1.g, 2.g, _cons, log σ of x, log σ of _cons, atanh ρ): the marginal mean has a closed form. */
    private static double variance(double[] t, double x) {
        double sx = Math.exp(t[4]);
        double s0 = Math.exp(t[5]);
        return x * x * sx * sx + 2 * x * Math.tanh(t[6]) * sx * s0 + s0 * s0;
    }

    private static double mean(double[] t, double x, double g) {
        return Math.exp(t[0] * x + (g == 1 ? t[1] : g == 2 ? t[2] : 0) + t[3] + variance(t, x) / 2);
    }

    @Test
    void marginalMeansOfCountsAndTheirEffects() {
        Session session = ECHELON.open(counts());
        Estimates e = session.fit("mepoisson y x i.g || id: x, covariance(unstructured) intpoints(3)").estimates();
        List<Row> rows = session.data().select("x", "g").collectAsList();
        MarginalEstimates margins = margins(session, "margins g, at(x=(-1 .5)) at(x=0)");
        assertEquals("Adjusted predictions", margins.title());
        double[] xs = {-1, 0.5, 0};
        for (int k = 0; k < 9; k++) {
            double x = xs[k / 3];
            int g = k % 3;
            check(margins, k, e, t -> mean(t, x, g));
        }
        check(margins(session, "margins"), 0, e, t -> rows.stream()
                .mapToDouble(r -> mean(t, r.getDouble(0), r.getLong(1))).average().orElseThrow());
        ToDoubleFunction<double[]> slope = t -> rows.stream().mapToDouble(r -> {
            double x = r.getDouble(0);
            double sx = Math.exp(t[4]);
            double dv = 2 * x * sx * sx + 2 * Math.tanh(t[6]) * sx * Math.exp(t[5]);
            return mean(t, x, r.getLong(1)) * (t[0] + dv / 2);
        }).average().orElseThrow();
        MarginalEstimates effects = margins(session, "margins, dydx(*)");
        assertEquals("Average marginal effects", effects.title());
        assertEquals(List.of("x", "1.g", "2.g"), effects.rows().stream().map(r -> r.term()).toList());
        check(effects, 0, e, slope);
        assertEquals(effects.rows(), margins(session, "margins, dydx(c.x i.g)").rows());
        check(effects, 2, e, t -> rows.stream().mapToDouble(r -> mean(t, r.getDouble(0), 2) - mean(t, r.getDouble(0), 0))
                .average().orElseThrow());
        check(margins(session, "margins, eyex(x) predict(mu fixedonly) at(x=2 g=1)"), 0, e, t -> 2 * t[0]);
        check(margins(session, "margins, eydx(g) predict(mu fixedonly)"), 1, e, t -> t[2]);
        check(margins(session, "margins, over(half)"), 1, e, t -> {
            double sum = 0;
            for (int i = 1; i < rows.size(); i += 2) {
                sum += mean(t, rows.get(i).getDouble(0), rows.get(i).getLong(1));
            }
            return sum / (rows.size() / 2.0);
        });
        double mean = rows.stream().mapToDouble(r -> r.getDouble(0)).average().orElseThrow();
        check(margins(session, "margins, atmeans predict(xb)"), 0, e, t -> t[0] * mean + t[1] / 3 + t[2] / 3 + t[3]);
    }

    @Test
    void marginalPredictionsAreIntegrals() {
        Session session = ECHELON.open(counts());
        session.run("generate big = y > 2");
        Estimates e = session.fit("melogit big x || id: x, intpoints(3)").estimates();
        session.run("predict p, pr marginal");
        double[] t = parameters(e);
        Row row = session.data().first();
        double x = row.getAs("x");
        double sum = 0;
        double h = 0.02;
        for (double a = -8; a < 8; a += h) {
            for (double b = -8; b < 8; b += h) {
                double eta = t[0] * x + t[1] + a * Math.exp(t[2]) * x + b * Math.exp(t[3]);
                sum += h * h * Math.exp(-(a * a + b * b) / 2) / (2 * Math.PI) / (1 + Math.exp(-eta));
            }
        }
        assertEquals(sum, row.<Double>getAs("p"), 1e-9);
        session.run("predict again, pr marginal");
        assertEquals(session.data().selectExpr("avg(p)").first().getDouble(0), margins(session, "margins").rows().get(0).estimate(),
                1e-10);
    }

    @Test
    void probabilitiesOfOutcomesSumToOne() throws IOException {
        Session session = ECHELON.open("sample-configs/data/wine.csv");
        session.fit("meologit rating i.temp i.contact || judge:");
        JsonNode all = json(session, "margins temp");
        assertEquals("[\"_predict\",\"temp\"]", all.path("over").toString());
        assertEquals("Marginal predicted probability (2.rating), predict(pr outcome(2))", all.path("expression").get(1).asText());
        assertTrue(session.run("margins temp").orElseThrow().toString().contains("""
                1._predict   : Marginal predicted probability (1.rating), predict(pr outcome(1))
                2._predict   : Marginal predicted probability (2.rating), predict(pr outcome(2))
                """));
        double sum = 0;
        for (JsonNode r : all.path("rows")) {
            sum += r.path("estimate").asDouble();
        }
        assertEquals(2, sum, 1e-10);
        assertEquals(all.path("rows").get(4).path("estimate").asDouble(),
                margins(session, "margins temp, predict(pr outcome(3))").rows().get(0).estimate(), 1e-14);
        session.run("predict p*");
        assertEquals(0, session.data().filter("abs(p1 + p2 + p3 + p4 + p5 - 1) > 1e-12").count());
    }

    @Test
    void whatIsNotEstimableIsNot() {
        Session session = ECHELON.open("sample-configs/data/clippings.csv");
        session.fit("mixed chlorophyll i.nitrogen##i.thatch if nitrogen < 4 | thatch < 8 || block:");
        String text = session.run("margins nitrogen#thatch nitrogen").orElseThrow().toString();
        assertEquals(2, text.lines().filter(l -> l.contains(".  (not estimable)")).count(), text);
    }

    private static Session herds() {
        Session session = ECHELON.open("sample-configs/data/cbpp.csv");
        session.fit("melogit incidence i.period c.size || herd:, binomial(size)");
        return session;
    }

    /** Contrasts of margins are differences of margins, with the covariances of the margins. */
    @Test
    void contrastsOfMarginsAndPostedMargins() throws IOException {
        Session session = herds();
        session.run("estimates store fit");
        JsonNode levels = json(session, "margins period, predict(pr)").path("rows");
        JsonNode contrasts = json(session, "margins r.period, predict(pr)");
        JsonNode pairs = json(session, "margins period, pwcompare(effects groups) mcompare(bonferroni) predict(pr)");
        JsonNode custom = json(session, "margins {period 1 -1/3 -1/3 -1/3}, predict(pr) contrast(overall)");
        session.run("margins period, predict(pr) post");
        for (int k = 1; k < 4; k++) {
            JsonNode lincom = json(session, "lincom " + (k + 1) + ".period - 1.period").path("rows").get(0);
            JsonNode row = contrasts.path("rows").get(3 + k);
            assertEquals("period (" + (k + 1) + " vs 1)", row.path("term").asText());
            assertEquals(levels.get(k).path("estimate").asDouble() - levels.get(0).path("estimate").asDouble(),
                    row.path("estimate").asDouble(), 1e-14);
            assertEquals(lincom.path("std_error").asDouble(), row.path("std_error").asDouble(), 1e-12);
            assertEquals(Math.min(1, 6 * lincom.path("p_value").asDouble()), pairs.path("rows").get(k - 1).path("p_value")
                    .asDouble(), 1e-12);
        }
        assertEquals(json(session, "test (2.period = 1.period) (3.period = 1.period) (4.period = 1.period)").path("chi2")
                .asDouble(), contrasts.path("tests").get(3).path("chi2").asDouble(), 1e-8);
        assertEquals(json(session, "lincom 1.period - 2.period/3 - 3.period/3 - 4.period/3").path("rows").get(0).path("estimate")
                .asDouble(), custom.path("rows").get(2).path("estimate").asDouble(), 1e-14);
        assertEquals("Overall", custom.path("tests").get(1).path("term").asText());
        assertEquals("{\"period 1\":\"\",\"period 2\":\"A\",\"period 3\":\"A\",\"period 4\":\"A\"}",
                pairs.path("groups").toString());
        assertError("estat icc works on a fit, and the results are margins", () -> session.run("estat icc"));
        assertError("margins works on a fit", () -> session.run("margins"));
        session.run("estimates restore fit");
        assertEquals(4, json(session, "margins period").path("rows").size());
    }

    /** What can be said in two ways is the same either way. */
    @Test
    void pointsAndGroups() {
        Session session = herds();
        List<Double> sizes = session.data().select("size").collectAsList().stream().map(r -> ((Number) r.get(0)).doubleValue())
                .sorted().toList();
        assertEquals(56, sizes.size());
        String median = String.valueOf((sizes.get(27) + sizes.get(28)) / 2);
        assertEquals(margins(session, "margins, at(size=" + median + ") predict(pr)").rows(),
                margins(session, "margins, at((median) size) predict(pr)").rows());
        // 30 % of 56 is not whole: the 17th of the values in order.
        assertEquals(margins(session, "margins, at(size=" + sizes.get(16) + ") predict(pr)").rows(),
                margins(session, "margins, at((p30) size) predict(pr)").rows());
        MarginalEstimates groups = margins(session, "margins, over(period) atmeans predict(pr)");
        for (int g = 1; g <= 4; g++) {
            MarginalEstimates alone = margins(session, "margins if period == " + g + ", atmeans predict(pr)");
            assertEquals(alone.rows().get(0).estimate(), groups.rows().get(g - 1).estimate(), 1e-14);
            assertEquals(alone.rows().get(0).stdError(), groups.rows().get(g - 1).stdError(), 1e-14);
        }
        assertTrue(session.run("margins, over(period) at((mean) size)").orElseThrow().toString().contains("""
                at           : 1.period
                                   size            =    18.53333 (mean)
                               2.period
                """));
        assertEquals(margins(session, "margins if size > 9, predict(pr)").rows(),
                margins(session, "margins, subpop(if size > 9) predict(pr)").rows());
        double sum = 0;
        MarginalEstimates linear = margins(session, "margins period, predict(xb)");
        for (int k = 0; k < 4; k++) {
            sum += linear.rows().get(k).estimate() / 4;
        }
        MarginalEstimates balanced = margins(session, "margins, asbalanced predict(xb)");
        assertEquals(sum, balanced.rows().get(0).estimate(), 1e-12);
        assertEquals(balanced.rows(), margins(session, "margins, at((asbalanced) period) predict(xb)").rows());
    }

    /** Variables at a function of each row: as if the data had been replaced. */
    @Test
    void pointsThatRowsGenerate() {
        Session session = herds();
        session.fit("melogit incidence i.period c.size#i.period, binomial(size) || herd: size");
        List<Answer.Row> moved = margins(session, "margins period, at(size=gen(size)) at(size=gen(1+size/2)) predict(pr)").rows();
        List<Answer.Row> slopes = margins(session, "margins, dydx(size) at(size=gen(1+size/2)) predict(pr)").rows();
        List<Answer.Row> elasticities = margins(session, "margins, eyex(size) at(size=gen(1+size/2)) predict(pr)").rows();
        assertTrue(session.run("margins, at(size=generate(1+size/2)) predict(xb)").orElseThrow().toString()
                .contains("at           : size            = 1+size/2\n"));
        Contrasts change = (Contrasts) ((Answered) session.run("margins, at(size=gen(size)) at(size=gen(1+size/2)) predict(pr)"
                + " contrast(atcontrast(r))").orElseThrow()).answer();
        assertEquals(moved(session, "margins period, predict(pr)"), moved.subList(0, 4).stream().map(Answer.Row::estimate).toList());
        session.run("replace size = 1 + size/2");
        assertEquals(moved(session, "margins period, predict(pr)"), moved.subList(4, 8).stream().map(Answer.Row::estimate).toList());
        double mean = margins(session, "margins, predict(pr)").rows().get(0).estimate();
        assertEquals(margins(session, "margins, dydx(size) predict(pr)").rows().get(0).stdError(), slopes.get(0).stdError(), 1e-14);
        assertEquals(margins(session, "margins, eyex(size) predict(pr)").rows().get(0).estimate(), elasticities.get(0).estimate(),
                1e-14);
        session.run("replace size = 2*(size - 1)");
        assertEquals(mean - margins(session, "margins, predict(pr)").rows().get(0).estimate(),
                change.blocks().get(0).rows().get(0).estimate(), 1e-12);
    }

    private static List<Double> moved(Session session, String command) {
        return margins(session, command).rows().stream().map(Answer.Row::estimate).toList();
    }

    /** Effects of an expression that says in other words what can be predicted. */
    @Test
    void effectsOfExpressions() {
        Session session = herds();
        session.fit("melogit incidence i.period size, binomial(size) || herd:");
        for (String effect : List.of("dydx(size period)", "eyex(size)", "eydx(size period)", "dyex(size) at(period=2)")) {
            List<Answer.Row> known = margins(session, "margins, " + effect + " predict(pr fixedonly)").rows();
            List<Answer.Row> found = margins(session, "margins, " + effect + " expression(invlogit(predict(xb)))").rows();
            for (int k = 0; k < known.size(); k++) {
                assertEquals(known.get(k).estimate(), found.get(k).estimate(), 1e-9, effect);
                assertEquals(known.get(k).stdError(), found.get(k).stdError(), 1e-9, effect);
            }
        }
        Answer.Row odds = margins(session, "margins, dydx(size) expression(predict(pr fixedonly)/(1-predict(pr fixedonly)))").rows()
                .get(0);
        Answer.Row same = margins(session, "margins, dydx(size) expression(exp(predict(xb)))").rows().get(0);
        assertEquals(same.estimate(), odds.estimate(), 1e-9);
        assertEquals(same.stdError(), odds.stdError(), 1e-9);
    }

    @Test
    void badInput() {
        Session session = ECHELON.open("sample-configs/data/rats.csv");
        assertError("margins works on the results of an estimation", () -> session.run("margins"));
        session.fit("mixed weight c.size i.dose || litter:");
        assertError("margins: size is continuous in the model, so it has no levels; give values, as in margins, at(size=",
                () -> session.run("margins size"));
        assertError("margins: female is not a covariate of the model", () -> session.run("margins female"));
        assertError("margins cannot average residuals; after mixed use xb", () -> session.run("margins, predict(residuals)"));
        assertError("at(dose=7): the factor variable dose has the levels", () -> session.run("margins, at(dose=7)"));
        assertError("margins has no statistic mu after mixed", () -> session.run("margins, predict(mu)"));
        assertError("margins: no observations", () -> session.run("margins if size < 0"));
        assertError("effects are of variables", () -> session.run("margins, dydx(2.dose)"));
        assertError("at(): sizes is not a covariate of the model", () -> session.run("margins, at(sizes=generate(size+1))"));
        assertError("a function of at() cannot be sqrt", () -> session.run("margins, at(size=sqrt(size))"));
        assertError("predict() stands in margins, expression() only", () -> session.run("generate z = predict(xb)"));
        assertError("vce(unconditional) is not available", () -> session.run("margins, vce(unconditional)"));
        assertError("margins, contrast: there is nothing to contrast", () -> session.run("margins, contrast"));
        assertError("mcompare() goes with contrasts", () -> session.run("margins dose, mcompare(sidak)"));
        assertError("choose one of contrasts and pairwise", () -> session.run("margins r.dose, pwcompare"));
        assertError("unknown operator z.", () -> session.run("margins, at(size=(1 2)) contrast(atcontrast(z))"));
        assertError("at() gives size no value", () -> session.run("margins, at(size)"));
    }

    private static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
        EchelonException e = assertThrows(EchelonException.class, action);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
