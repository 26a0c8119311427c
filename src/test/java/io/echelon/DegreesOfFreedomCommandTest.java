package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Coefficient;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.DegreesOfFreedomTable;
import io.echelon.spark.TestSession;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code estat df} and tests with degrees of freedom after {@code mixed}. */
class DegreesOfFreedomCommandTest {
    private static final String SLEEP = "mixed reaction days || subject: days, cov(un) reml";

    private static Session open(String file) {
        return Echelon.on(TestSession.spark()).open("sample-configs/data/" + file);
    }

    private static String text(Session session, String command) {
        return session.run(command).orElseThrow().toString();
    }

    private static List<Double> df(Fit fit) {
        return fit.estimates().coefficients().stream().map(Coefficient::df).toList();
    }

    @Test
    void everyMethodGivesWhatItsFitGives() {
        Session s = open("sleepstudy.csv");
        s.run(SLEEP);
        DegreesOfFreedomTable table = (DegreesOfFreedomTable) ((Answered) s.run(
                "estat df, method(residual repeated anova satterthwaite kroger)").orElseThrow()).answer();
        for (DegreesOfFreedomTable.Column column : table.columns()) {
            List<Double> wanted = df(s.fit(SLEEP + " dfmethod(" + column.method().name().toLowerCase(Locale.ROOT) + ")"));
            assertEquals(wanted, column.rows().stream().map(Answer.Row::df).toList(), column.method().name());
        }
        s.run(SLEEP);
        DegreesOfFreedomTable observed = (DegreesOfFreedomTable) ((Answered) s.run(
                "estat df, method(satterthwaite) oim").orElseThrow()).answer();
        assertEquals(df(s.fit(SLEEP + " dfmethod(satterthwaite, oim)")),
                observed.rows().stream().map(Answer.Row::df).toList());
    }

    @Test
    void aMethodThatIsPostedIsGoneOnWith() {
        Session s = open("sleepstudy.csv");
        String wanted = text(s, SLEEP + " dfmethod(kroger) nolog");
        s.run("quietly " + SLEEP);
        misused(s, "mixed, small", "fitted with dfmethod()");
        String table = text(s, "estat df, method(residual kroger) post(kroger)");
        assertTrue(table.contains("             |      Residual   Kenward-Roger\n"), table);
        assertTrue(table.contains("        days |           178              17\n"), table);
        assertEquals(wanted, text(s, "mixed, small"));
        assertTrue(text(s, "test days, small").contains("F(  1,  17.00)"));
        assertEquals(2, s.fits().size(), "it is not another fit of the session");
    }

    @Test
    void coefficientsWithDifferentDegreesOfFreedomHaveNoneTogether() {
        Session s = open("oats.csv");
        s.run("egen v = group(variety)");
        s.run("egen n = group(nitro)");
        String anova = text(s, "mixed yield i.v i.n || block: || v:, reml dfmethod(anova)");
        assertTrue(anova.contains("F(5,        .)"), anova);
        assertTrue(anova.contains("Prob > F          =          ."), anova);
        assertTrue(text(s, "testparm i.v, small").contains("F(  2,  10.00)"));
        assertTrue(text(s, "testparm i.n, small").contains("F(  3,  51.00)"));
        misused(s, "test 2.v 2.n, small", "different degrees of freedom");
        assertTrue(text(s, "contrast v n, small").contains("51.00"));
        misused(s, "lincom 2.v + 2.n, small", "test those apart that differ");
    }

    @Test
    void methodsThatCannotBe() {
        Session s = open("sleepstudy.csv");
        s.run("quietly mixed reaction days || subject:");
        misused(s, "estat df", "estat df, method(satterthwaite)");
        misused(s, "estat df, method(kroger)", "method(kroger) needs a model fitted with option reml");
        misused(s, "estat df, method(anova residual) post", "post names one of the methods");
        misused(s, "estat df, method(anova) oim", "for method(satterthwaite) or method(kroger)");
        s.run("quietly mixed reaction days || subject:, vce(robust)");
        misused(s, "estat df, method(anova)", "do not go with weights or robust standard errors");
    }

    private static void misused(Session s, String command, String told) {
        String message = assertThrows(EchelonException.class, () -> s.run(command)).getMessage();
        assertTrue(message.contains(told), message);
    }
}
