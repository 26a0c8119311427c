package io.echelon;

import static io.echelon.Documents.misused;
import static io.echelon.Documents.open;
import static io.echelon.Documents.row;
import static io.echelon.Documents.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code contrast} and {@code pwcompare} against reference figures and what can be worked out by hand. */
class ContrastTest {
    /** lmerTest's and pbkrtest's tests of terms (golden/clippings_ddf.json). */
    @Test
    void contrastsTestTheTermsOfTheReference() {
        Session s = open("sample-configs/data/clippings.csv");
        s.run("egen wpunit = group(nitrogen block)");
        s.run("quietly mixed chlorophyll nitrogen##thatch block || wpunit:, reml dfmethod(kroger)");
        JsonNode tests = run(s, "contrast nitrogen##thatch, small").path("tests");
        double[][] wanted = {{29.67174447, 3, 3, 0.009895713225}, {8.891262269, 2, 8, 0.009269540131},
            {3.226537265, 6, 8, 0.06460452977}};
        for (int i = 0; i < wanted.length; i++) {
            assertTest(wanted[i], tests.get(i));
        }
        assertTest(new double[] {1.217290445, 1, 3, 0.3504502166}, run(s, "test block, small"));
        // Differences of the means of the cells, the design being balanced.
        JsonNode simple = run(s, "contrast r.thatch@nitrogen");
        assertEquals("thatch@nitrogen (5 vs 2) 1", simple.path("tests").get(0).path("term").asText());
        assertEquals(1.5, row(simple, "thatch@nitrogen (5 vs 2) 1").path("estimate").asDouble(), 1e-9);
        assertEquals(-0.5, row(simple, "thatch@nitrogen (5 vs 2) 3").path("estimate").asDouble(), 1e-9);
        double adjacent = row(run(s, "contrast a.thatch"), "thatch (2 vs 5)").path("estimate").asDouble();
        assertEquals(-adjacent, row(run(s, "contrast ar.thatch"), "thatch (5 vs 2)").path("estimate").asDouble(), 1e-12);
        double grand = row(run(s, "contrast g.thatch"), "thatch (2 vs mean)").path("estimate").asDouble();
        double later = row(run(s, "contrast h.thatch"), "thatch (2 vs >2)").path("estimate").asDouble();
        assertEquals(2 * later / 3, grand, 1e-12);
        JsonNode linear = row(run(s, "contrast q.thatch"), "thatch (linear)");
        assertEquals(row(run(s, "contrast r.thatch"), "thatch (8 vs 2)").path("estimate").asDouble() / Math.sqrt(2),
                linear.path("estimate").asDouble(), 1e-9);
        misused(s, "contrast nitrogn", "nitrogn is not a factor variable of the model; did you mean nitrogen?");
        misused(s, "contrast thatch#block", "block is not a factor variable");
        misused(s, "contrast z.thatch", "unknown operator z.");
    }

    /** lmerTest's tests of the terms of a split plot (golden/oats_ddf.json). */
    @Test
    void termsOfASplitPlot() {
        Session s = open("sample-configs/data/oats.csv");
        s.run("generate n = round(nitro*10)");
        s.run("quietly mixed yield i.variety##i.n || block: || variety:, reml dfmethod(satterthwaite)");
        JsonNode tests = run(s, "contrast variety##n, small").path("tests");
        assertTest(new double[] {1.485341089, 2, 10, 0.2723866335}, tests.get(0));
        assertTest(new double[] {37.68570408, 3, 45, 2.457627052e-12}, tests.get(1));
        assertTest(new double[] {0.3028239865, 6, 45, 0.9321985272}, tests.get(2));
        assertTest(new double[] {0.3028239865, 6, 45, 0.9321985272}, run(s, "testparm i.variety#i.n, small"));
        assertEquals("variety Marvellous vs Golden Rain",
                run(s, "pwcompare variety").path("rows").get(0).path("term").asText());
        misused(s, "test variety", "variety is a factor variable: name one of its levels, as in 1.variety");
    }

    /** The design being balanced, frequencies change nothing; weights by hand make any contrast of the means. */
    @Test
    void contrastsByWeights() {
        Session s = open("sample-configs/data/clippings.csv");
        s.run("quietly mixed chlorophyll nitrogen##thatch block || block:");
        for (String operator : List.of("g", "h", "j", "p", "q")) {
            JsonNode plain = run(s, "contrast " + operator + ".thatch").path("rows");
            JsonNode weighted = run(s, "contrast " + operator + "w.thatch").path("rows");
            assertEquals(plain.size(), weighted.size());
            for (int k = 0; k < plain.size(); k++) {
                assertEquals(plain.get(k).path("statistic").asDouble(), weighted.get(k).path("statistic").asDouble(), 1e-8);
            }
        }
        JsonNode byHand = run(s, "contrast {thatch -1/2 1 -1/2}@nitrogen, overall");
        JsonNode means = run(s, "pwcompare nitrogen#thatch, cimargins").path("rows");
        assertEquals(66 + 12, means.size());
        double first = means.get(67).path("estimate").asDouble() - means.get(66).path("estimate").asDouble() / 2
                - means.get(68).path("estimate").asDouble() / 2;
        assertEquals(first, row(byHand, "thatch@nitrogen (1) 1").path("estimate").asDouble(), 1e-12);
        assertEquals(4, byHand.path("tests").get(5).path("df").asInt());
        assertEquals(byHand.path("tests").get(4).path("chi2"), byHand.path("tests").get(5).path("chi2"));
        misused(s, "contrast {thatch 1 -1}", "has 2 weights, and thatch the 3 levels 2, 5, 8");
        assertTrue(s.run("contrast r.thatch").orElseThrow().toString().contains("""
                --------------------------------------------------------------
                             |   Contrast   Std. Err.     [95% Conf. Interval]
                -------------+------------------------------------------------
                chlorophyll  |
                      thatch |
                """));
    }

    /** A cell without observations: what rests on it is not estimable, what does not is. */
    @Test
    void contrastsOfEmptyCells() {
        Session s = open("sample-configs/data/clippings.csv");
        s.run("quietly mixed chlorophyll i.nitrogen##i.thatch if nitrogen < 4 | thatch < 8 || block:");
        JsonNode simple = run(s, "contrast r.thatch@nitrogen").path("rows");
        int missing = 0;
        for (JsonNode r : simple) {
            missing += r.path("term").asText().equals("thatch@nitrogen (8 vs 2) 4") && r.path("estimate").isNull() ? 1 : 0;
        }
        assertEquals(2, missing, "its test and its estimate in " + simple);
        assertTrue(row(run(s, "contrast r.thatch@nitrogen"), "thatch@nitrogen (5 vs 2) 4").path("std_error").asDouble() > 0);
    }

    /** qtukey(0.95, 4, 3) and ptukey of R. */
    @Test
    void pairsAreComparedWithAdjustment() {
        Session s = open("sample-configs/data/clippings.csv");
        s.run("egen wpunit = group(nitrogen block)");
        s.run("quietly mixed chlorophyll nitrogen##thatch block || wpunit:, reml dfmethod(satterthwaite)");
        JsonNode plain = row(run(s, "pwcompare nitrogen, small"), "nitrogen 3 vs 1");
        JsonNode tukey = row(run(s, "pwcompare nitrogen, effects small mcompare(tukey)"), "nitrogen 3 vs 1");
        double se = plain.path("std_error").asDouble();
        assertEquals(2, plain.path("estimate").asDouble(), 1e-9);
        assertEquals(6.824526 / Math.sqrt(2) * se, tukey.path("conf_high").asDouble() - 2, 1e-5);
        JsonNode bonferroni = row(run(s, "pwcompare nitrogen, small mcompare(bonferroni)"), "nitrogen 3 vs 1");
        assertEquals(6 * plain.path("p_value").asDouble(), bonferroni.path("p_value").asDouble(), 1e-9);
        JsonNode scheffe = row(run(s, "pwcompare nitrogen, mcompare(scheffe)"), "nitrogen 3 vs 1");
        assertEquals(Math.sqrt(7.814727903) * scheffe.path("std_error").asDouble(),
                scheffe.path("conf_high").asDouble() - 2, 1e-6);
        assertEquals(66, run(s, "pwcompare nitrogen#thatch").path("rows").size());
    }

    private static void assertTest(double[] wanted, JsonNode test) {
        assertEquals(wanted[0], test.path("f").asDouble(), 1e-3 * wanted[0]);
        assertEquals(wanted[1], test.path("df").asDouble());
        assertEquals(wanted[2], test.path("denominator_df").asDouble(), 1e-2 * wanted[2]);
        assertEquals(wanted[3], test.path("p_value").asDouble(), 1e-2 * wanted[3]);
    }

    /** A factor that says the same as another: neither can be contrasted by itself. */
    @Test
    void contrastsOfCollinearFactors() {
        Session s = open("sample-configs/data/clippings.csv");
        s.run("generate again = nitrogen");
        s.run("quietly mixed chlorophyll i.nitrogen i.again i.thatch || block:");
        JsonNode contrasts = run(s, "contrast r.nitrogen r.thatch");
        assertTrue(contrasts.path("rows").get(0).path("statistic").isNull());
        assertTrue(run(s, "pwcompare again").path("rows").get(0).path("estimate").isNull());
        assertEquals(2, contrasts.path("tests").get(6).path("df").asInt());
        assertTrue(s.run("margins r.nitrogen").orElseThrow().toString().contains("(not testable)"));
    }
}
