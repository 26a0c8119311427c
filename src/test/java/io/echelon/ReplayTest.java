package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spark.TestSession;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results shown again are those that an estimation with the same options shows. */
class ReplayTest {
    private static final String SLEEP = "sample-configs/data/sleepstudy.csv";

    private static Session open(String file) {
        return Echelon.on(TestSession.spark()).open(file);
    }

    private static String text(Session session, String command) {
        return session.run(command).orElseThrow().toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"level(90)", "stddeviations", "estmetric level(99)", "nofetable noheader", "noretable nogroup",
        "nolrtest cformat(%8.3f) pformat(%4.2f) sformat(%6.1f)", "noci", "nopvalues", "coeflegend"})
    void optionsOfTheReportAreThoseOfAnEstimation(String options) {
        Session s = open(SLEEP);
        for (String model : List.of("mixed reaction days || subject: days, cov(un)",
                "mixed reaction days || subject:, residuals(exponential, t(days))", "mixed reaction days || subject:, vce(robust)")) {
            String wanted = text(s, model + (model.contains(",") ? " " : ", ") + "nolog " + options);
            s.run("quietly " + model);
            assertEquals(wanted, text(s, "mixed, " + options), model);
        }
    }

    @Test
    void limitsMoveOnTheirOwnScale() {
        Session s = open("sample-configs/data/orthodont.csv");
        s.run("gen t = (age - 6) / 2");
        for (String structure : List.of("ar 1, t(t)", "ma 2, t(t)", "unstructured, t(t)", "exponential, t(age)", "exchangeable")) {
            String model = "mixed distance age || subject:, noconstant residuals(" + structure + ") ";
            String wanted = text(s, model + "nolog level(80)");
            s.run("quietly " + model);
            assertEquals(wanted, text(s, "mixed, level(80)"), structure);
        }
    }

    @Test
    void largeSamplesUnlessSmallIsSaid() {
        Session s = open(SLEEP);
        String model = "mixed reaction days || subject: days, cov(un) nolog reml ";
        String large = text(s, model);
        String small = text(s, model + "dfmethod(kroger)");
        assertEquals(large, text(s, "mixed"), "standard errors of the model, not the adjusted ones");
        assertEquals(small, text(s, "mixed, small"));
        assertEquals(small, text(s, "mixed, dftable(default)"));
        assertEquals(text(s, model + "dfmethod(kroger) dftable(pvalue)"), text(s, "mixed, dftable(pvalue)"));
        assertFalse(text(s, "test days").contains("F("));
        assertTrue(text(s, "test days, small").contains("F("));
    }

    @Test
    void generalizedCommandsShowRatiosWhenAsked() {
        Session s = open("sample-configs/data/cbpp.csv");
        String model = "melogit incidence i.period || herd:, binomial(size) intpoints(3) nolog";
        String plain = text(s, model);
        assertEquals(text(s, model + " or level(90)"), text(s, "melogit, or level(90)"));
        assertEquals(plain, text(s, "melogit"), "what was asked at estimation is not what is shown again");
        assertEquals(1, s.run("melogit").stream().filter(Answered.class::isInstance).count(), "and it is no further fit");
        assertTrue(s.run("melogit, or").orElseThrow().toJson().contains("\"estimation\":\"" + model + " or level(90)\""));
    }

    @Test
    void whatCannotBeShown() {
        Session s = open(SLEEP);
        s.run("quietly mixed reaction days || subject:");
        misused(s, "melogit", "melogit without a model shows its last results again, but the last results are those of mixed");
        misused(s, "mixed, small", "small shows the degrees of freedom of a model fitted with dfmethod()");
        misused(open(SLEEP), "mixed", "mixed works on the results of an estimation, and there are none");
    }

    private static void misused(Session s, String command, String message) {
        String said = assertThrows(EchelonException.class, () -> s.run(command)).getMessage();
        assertTrue(said.startsWith(message), said);
    }
}
