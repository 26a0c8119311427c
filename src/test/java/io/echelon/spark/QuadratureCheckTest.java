package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.fit.QuadratureChange;
import io.echelon.fit.VarianceComponent;
import io.echelon.postestimation.QuadratureCheck;
import io.echelon.report.AnswerReport;
import io.echelon.report.JsonReport;
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
    void theCertificateSaysWhatWouldChange() {
        Estimates three = ((Fitted) run("melogit y x || g:, intpoints(3)")).estimates();
        Estimates six = ((Fitted) run("melogit y x || g:, intpoints(6) from(x = " + three.coefficients().get(0).estimate()
                + " _cons = " + three.coefficients().get(1).estimate() + " var(_cons[g]) = "
                + three.varianceComponents().get(0).estimate() + ", skip)")).estimates();
        QuadratureChange change = three.certificate().quadrature().orElseThrow();
        assertEquals(List.of(3), change.points());
        assertEquals(40, change.groups());
        double there = six.iterations().stream().filter(i -> i.phase().equals("full")).findFirst().orElseThrow().logLikelihood();
        assertEquals(there - three.logLikelihood(), change.logLikelihoodChange(), 1e-6);
        assertEquals(List.of("x", "_cons", "var(_cons[g])"),
                change.estimates().stream().map(QuadratureChange.Estimate::term).toList());
        VarianceComponent before = three.varianceComponents().get(0);
        VarianceComponent after = six.varianceComponents().get(0);
        double moved = Math.log(after.estimate() / before.estimate()) / (before.stdError() / before.estimate());
        assertEquals(moved, change.estimates().get(2).standardErrors(), 0.05 * Math.abs(moved));
        assertTrue(JsonReport.write(three).contains("\"quadrature\":{\"points\":[3],\"comparison_points\":[6],\"groups\":40,"));
        assertEquals(three.certificate(), JsonReport.read(JsonReport.write(three)).certificate());
    }

    @Test
    void tooFewPointsAreTold() {
        List<String> warnings = ((Fitted) run("melogit y x || g:, intpoints(3)")).estimates().certificate().warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).matches("With intpoints\\(6\\) the log likelihood changes by 0\\.38 and the estimate of"
                + " var\\(_cons\\[g\\]\\) by 0\\.085 standard errors; give more integration points .*"), warnings.get(0));
        assertEquals(List.of(), ((Fitted) run("melogit y x || g:, intpoints(15)")).estimates().certificate().warnings());
        assertTrue(((Fitted) run("melogit y x || g:, intmethod(laplace)")).estimates().certificate().quadrature().isEmpty());
    }

    @Test
    void largeDataAreLookedAtInAShareOfTheGroups() {
        Workspace large = new Workspace(TestSession.spark().range(0, 20000).selectExpr("id % 2000 AS g", "sin(id) AS x",
                "IF(sin(id * id) + sin((id % 2000) * (id % 2000)) + sin(id) * cos((id % 2000) * (id % 2000)) > 0.2, 1, 0) AS y"));
        Fitted fit = (Fitted) large.run(CommandReader.read("melogit y x || g: x, intpoints(7)"), i -> { }).orElseThrow();
        QuadratureChange change = fit.estimates().certificate().quadrature().orElseThrow();
        assertTrue(change.groups() > 100 && change.groups() < 1500, "groups " + change.groups());
        QuadratureCheck whole = (QuadratureCheck) ((Answered) large.run(CommandReader.read("estat quadrature"), i -> { })
                .orElseThrow()).answer();
        VarianceComponent slope = fit.estimates().varianceComponents().get(0);
        QuadratureCheck.Figure figure = whole.figures().stream().filter(f -> f.term().equals(slope.term())).findFirst().orElseThrow();
        double moved = figure.difference() / slope.stdError();
        // A fifth of the groups estimate the change of all.
        assertEquals(moved, change.estimates().get(2).standardErrors(), 0.3 * Math.abs(moved));
        assertEquals(slope.term(), change.estimates().get(2).term());
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
