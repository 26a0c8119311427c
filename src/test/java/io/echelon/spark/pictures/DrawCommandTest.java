package io.echelon.spark.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Drawing;
import io.echelon.Echelon;
import io.echelon.Fit;
import io.echelon.Session;
import io.echelon.error.EchelonException;
import io.echelon.picture.LinePlot;
import io.echelon.picture.Panels;
import io.echelon.picture.PointCloud;
import io.echelon.picture.QuantilePlot;
import io.echelon.picture.ScatterPlot;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that draw, on the sleep study: 18 subjects on ten days. */
class DrawCommandTest {
    private static Session session;
    private static Fit fit;

    @TempDir
    private Path folder;

    @BeforeAll
    static void fit() {
        session = Echelon.on(TestSession.spark()).open("sample-configs/data/sleepstudy.csv");
        fit = session.fit("generate late = days > 4\nmixed reaction i.late##c.days || subject: days, covariance(unstructured)");
    }

    private static Drawing draw(String command) {
        return (Drawing) session.run(command).orElseThrow();
    }

    private static void assertError(String told, String command) {
        String message = assertThrows(EchelonException.class, () -> session.run(command)).getMessage();
        assertTrue(message.contains(told), message);
    }

    @Test
    void residualsAreResponsesMinusFittedValues() {
        PointCloud cloud = ((ScatterPlot) draw("rvfplot").picture()).cloud();
        assertEquals(180, cloud.count());
        double sum = cloud.points().stream().mapToDouble(p -> p.x() + p.y()).sum();
        double responses = session.data().selectExpr("sum(reaction)").first().getDouble(0);
        assertEquals(responses, sum, 1e-6);
        QuantilePlot quantiles = (QuantilePlot) draw("qnorm").picture();
        assertEquals(cloud.points().stream().mapToDouble(PointCloud.Point::y).max().orElseThrow(),
                quantiles.quantiles().get(quantiles.quantiles().size() - 1).value());
    }

    @Test
    void fittedLinesHaveAPanelForEachOfSomeGroups() {
        Panels panels = (Panels) draw("graph fitted days, groups(4)").picture();
        assertEquals(4, panels.panels().size());
        assertTrue(panels.note().startsWith("4 of 18 groups"), panels.note());
        LinePlot first = (LinePlot) panels.panels().get(0);
        assertEquals(List.of("observed", "fitted", "fixed portion"), first.series().stream().map(LinePlot.Series::name).toList());
        assertEquals(10, first.series().get(1).points().size());
        assertEquals(panels.panels(), ((Panels) draw("graph fitted days, groups(4)").picture()).panels());
    }

    @Test
    void marginsStandOverTheVariableOfAt() {
        session.run("margins late, at(days=(0 5 9))");
        LinePlot plot = (LinePlot) draw("marginsplot").picture();
        assertEquals("days", plot.xLabel());
        assertEquals(List.of("late=0", "late=1"), plot.series().stream().map(LinePlot.Series::name).toList());
        assertEquals(List.of(0.0, 5.0, 9.0), plot.series().get(0).points().stream().map(LinePlot.Point::x).toList());
        LinePlot.Point start = plot.series().get(0).points().get(0);
        assertEquals(fit.estimates().coefficients().stream().filter(c -> c.term().equals("_cons")).findFirst().orElseThrow()
                .estimate(), start.y(), 1e-9);
        assertTrue(start.low() < start.y() && start.high() > start.y());
        LinePlot other = (LinePlot) draw("marginsplot, xdimension(late) noci").picture();
        assertEquals(List.of("0", "1"), other.categories());
        assertEquals(3, other.series().size());
        assertError("xdimension(day) is nothing over which these margins vary", "marginsplot, xdimension(day)");
    }

    @Test
    void contrastsOfMarginsStandOverWhatTheyAreTakenWithin() {
        session.run("margins r.late, at(days=(0 5 9))");
        LinePlot plot = (LinePlot) draw("marginsplot").picture();
        assertEquals("days", plot.xLabel());
        assertEquals(List.of(""), plot.series().stream().map(LinePlot.Series::name).toList());
        assertEquals(List.of(0.0, 5.0, 9.0), plot.series().get(0).points().stream().map(LinePlot.Point::x).toList());
        assertTrue(plot.title().startsWith("Contrasts of "), plot.title());
        session.run("margins late, at(days=0) pwcompare");
        LinePlot pairs = (LinePlot) draw("marginsplot").picture();
        assertEquals(List.of("1 vs 0"), pairs.categories());
        session.run("margins late, at(days=0)");
        LinePlot margins = (LinePlot) draw("marginsplot").picture();
        List<LinePlot.Point> two = margins.series().get(0).points();
        assertEquals(two.get(1).y() - two.get(0).y(), plot.series().get(0).points().get(0).y(), 1e-9);
        assertEquals(two.get(1).y() - two.get(0).y(), pairs.series().get(0).points().get(0).y(), 1e-9);
        session.run("margins r.late, at(days=0)");
        assertEquals(List.of("(1 vs 0)"), ((LinePlot) draw("marginsplot").picture()).categories());
    }

    @Test
    void picturesAreWrittenWhereTheyAreWanted() throws IOException {
        Path file = folder.resolve("my residuals.svg");
        assertEquals("(file " + file + " written)\n", draw("rvfplot, saving(\"" + file + "\")").toString());
        assertTrue(Files.readString(file).startsWith("<svg"));
        assertError("the file exists; choose another name, or add replace", "rvfplot, saving(\"" + file + "\")");
        draw("qnorm reaction, saving(\"" + folder.resolve("q.png") + "\")");
        assertEquals((byte) 0x89, Files.readAllBytes(folder.resolve("q.png"))[0]);
        assertError("there is no folder", "rvfplot, saving(" + folder + "/none/r.svg)");
        assertEquals(2, Files.list(folder).count());
    }

    @Test
    void saysWhatCannotBeDrawn() {
        assertError("relevel(school) is no level", "graph caterpillar, relevel(school)");
        assertError("draws 2 to 8 variables", "graph matrix days");
        assertError("dayz", "graph fitted dayz");
        Session fresh = Echelon.on(TestSession.spark()).open("sample-configs/data/sleepstudy.csv");
        assertTrue(assertThrows(EchelonException.class, () -> fresh.run("rvfplot")).getMessage().contains("fit a model first"));
        assertTrue(assertThrows(EchelonException.class, () -> fresh.run("marginsplot")).getMessage().contains("run margins first"));
    }
}
