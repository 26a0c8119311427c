package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spark.TestSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models in which the residual variance of a category of {@code by()} tends to zero. */
class ResidualBoundaryTest {
    private static Session dialyzer() {
        return Echelon.on(TestSession.spark()).open("src/test/resources/packages/dialyzer.csv");
    }

    /** Log likelihood of the dense normal density with a variance of exactly zero for index 2, maximised by numpy and scipy. */
    @Test
    void supremumAtZero() {
        Estimates e = dialyzer().fit("mixed rate c.p##c.p || subject: p, cov(un) residuals(independent, by(index))").estimates();
        assertAtZero(e, "Residual: 2.index: var(e)", -385.1105952);
        assertEquals(18.40671, component(e, "Residual: 1.index: var(e)").estimate(), 2e-4);
        e = dialyzer().fit("mixed rate i.qb##c.p##c.p || subject: p, cov(un) residuals(independent, by(index))").estimates();
        assertAtZero(e, "Residual: 2.index: var(e)", -369.5795440);
    }

    /** The same model with the category that has no residuals first, whose variance is the base of the others. */
    @Test
    void firstCategoryAtZero() {
        Session session = dialyzer();
        session.run("generate turn = cond(index == 2, 0, index)");
        Estimates e = session.fit("mixed rate c.p##c.p || subject: p, cov(un) residuals(independent, by(turn))"
                + " from(lnsig_e=-1 r_lns2ose=2.5 r_lns3ose=1.9 r_lns4ose=1.9 r_lns5ose=1.8 r_lns6ose=2 r_lns7ose=3)").estimates();
        assertAtZero(e, "Residual: 0.turn: var(e)", -385.1105952);
        assertEquals(18.40671, component(e, "Residual: 1.turn: var(e)").estimate(), 2e-4);
    }

    /** Two rows with a line of their own are fitted exactly. */
    @Test
    void unboundedLikelihoodIsTold() {
        Session session = dialyzer();
        session.run("generate own = subject == 7 & index < 3");
        for (String by : List.of("own", "1 - own")) {
            session.run("generate kind" + by.length() + " = " + by);
            String kind = "kind" + by.length();
            EchelonException e = assertThrows(EchelonException.class, () -> session.fit("mixed rate c.p##c.p i." + kind + "##c.p"
                    + " || subject:, residuals(independent, by(" + kind + "))"));
            int category = by.equals("own") ? 1 : 0;
            assertTrue(e.getMessage().contains("without bound as the residual variance of " + kind + " = " + category),
                    e.getMessage());
        }
    }

    private static void assertAtZero(Estimates e, String term, double logLikelihood) {
        assertTrue(e.converged());
        assertTrue(e.certificate().hessianDefinite());
        assertEquals(List.of(), e.certificate().warnings());
        assertEquals(List.of(term), e.certificate().boundary());
        assertTrue(e.certificate().slopes().get(term) < 0);
        assertEquals(0, component(e, term).estimate());
        assertTrue(Double.isNaN(component(e, term).stdError()));
        assertEquals(logLikelihood, e.logLikelihood(), 2e-6);
    }

    private static VarianceComponent component(Estimates e, String term) {
        return e.varianceComponents().stream().filter(c -> c.term().equals(term)).findFirst().orElseThrow();
    }
}
