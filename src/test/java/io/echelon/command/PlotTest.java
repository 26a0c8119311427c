package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spec.Plot;
import io.echelon.spec.Statement;
import io.echelon.spec.Subset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotTest {
    private static Statement.Draw read(String command) {
        return (Statement.Draw) CommandReader.read(command);
    }

    @Test
    void plotsOfResultsTakeOptionsOnly() {
        assertEquals(new Plot.ResidualsAgainstFitted(), read("rvfplot").plot());
        assertEquals(new Plot.NormalQuantiles(Optional.empty(), Subset.all(), true), read("qnorm, reffects").plot());
        assertEquals(new Plot.Margins(Optional.of("week"), true), read("marginsplot, x(week) noci").plot());
        assertEquals(new Plot.Caterpillar(Optional.of("school")), read("gr cat, relevel(school)").plot());
        assertEquals(new Plot.FittedLines("week", Optional.empty(), 12), read("graph fitted week").plot());
        assertEquals(new Plot.FittedLines("week", Optional.empty(), 6), read("graph fitted week, groups(6)").plot());
        assertEquals(new Plot.IterationPath(), read("graph iterations").plot());
    }

    @Test
    void plotsOfVariablesTakeConditions() {
        Plot.NormalQuantiles quantiles = (Plot.NormalQuantiles) read("qnorm r if week > 2").plot();
        assertEquals(Optional.of("r"), quantiles.variable());
        assertTrue(quantiles.subset().condition().isPresent());
        Plot.Matrix matrix = (Plot.Matrix) read("graph matrix weight x* in 1/10").plot();
        assertEquals(List.of("weight", "x*"), matrix.variables());
        assertTrue(matrix.subset().range().isPresent());
    }

    @Test
    void everyPlotHasATitleAndAFile() {
        Statement.Draw draw = read("rvfplot, title(\"Pigs, again\") saving(\"my plots/r.PNG\", replace)");
        assertEquals(Optional.of("Pigs, again"), draw.title());
        assertEquals(Optional.of(new Plot.Saving("my plots/r.PNG", true)), draw.saving());
        assertEquals(Optional.of(new Plot.Saving("plots/r-1.svg", false)), read("graph iter, sav(plots/r-1.svg)").saving());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "rvfplot week; rvfplot takes no variables",
        "rvfplot if week > 2; draws the estimation sample",
        "qnorm x y; takes one variable",
        "qnorm x, reffects; not both",
        "graph fitted; needs the variable of the x axis",
        "graph fitted week, groups(100); must be between 1 and 24",
        "graph matrix; needs variables",
        "graph pie x; one of caterpillar, fitted, iterations, matrix",
        "rvfplot, saving(r.pdf); written as .svg or .png",
        "rvfplot, saving(r.svg, append); saving(residuals.svg, replace)"})
    void saysWhatIsWrong(String command, String told) {
        String message = assertThrows(EchelonException.class, () -> read(command)).getMessage();
        assertTrue(message.contains(told), message);
    }
}
