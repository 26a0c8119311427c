package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.QuadratureCheck;
import io.echelon.report.AnswerReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code estat quadrature} is the fit with twice the points beside the fit. */
class QuadratureCheckTest {
    private final Workspace workspace = new Workspace(TestSession.spark().range(0, 600).selectExpr("id % 40 AS g",
            "sin(id) AS x", "IF(sin(id * id) + sin(id % 40) > 0.2, 1, 0) AS y"));

    private Outcome run(String command) {
        return workspace.run(CommandReader.read(command), i -> { }).orElseThrow();
    }

    @Test
    void comparesWithTwiceThePoints() {
        run("melogit y x || g:, intpoints(3)");
        QuadratureCheck check = (QuadratureCheck) ((Answered) run("estat quadrature")).answer();
        assertEquals(List.of(3), check.points());
        assertEquals(List.of("log likelihood", "x", "_cons", "var(_cons[g])"),
                check.figures().stream().map(QuadratureCheck.Figure::term).toList());
        Fitted six = (Fitted) run("melogit y x || g:, intpoints(6)");
        assertEquals(six.estimates().logLikelihood(), check.figures().get(0).doubled(), 1e-9);
        assertEquals(six.estimates().varianceComponents().get(0).estimate(), check.figures().get(3).doubled(), 1e-9);
        assertTrue(check.figures().get(3).relative() != 0 && Math.abs(check.figures().get(3).relative()) < 0.1);
        String text = AnswerReport.text(check);
        assertTrue(text.contains("Quadrature check: 3 and 6 integration points"), text);
    }

    @Test
    void fitsWithoutPointsAreRefused() {
        run("mixed x y || g:");
        assertTrue(assertThrows(EchelonException.class, () -> run("estat quadrature")).getMessage().contains("have none"));
        run("melogit y x || g:, intmethod(laplace)");
        assertTrue(assertThrows(EchelonException.class, () -> run("estat quadrature")).getMessage()
                .contains("fit with intmethod(mvaghermite)"));
    }
}
