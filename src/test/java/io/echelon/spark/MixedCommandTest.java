package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Echelon;
import io.echelon.Fit;
import io.echelon.fit.Clusters;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Combinations of options of {@code mixed}, each against another command that means the same. */
class MixedCommandTest {
    @TempDir
    Path folder;

    /** 12 groups with text names, crossed with 5 times, weights 1 to 3; written out by weights of rows or of groups. */
    private String data(boolean rows, boolean groups) throws IOException {
        StringBuilder text = new StringBuilder("y,x,id,name,t,w,g\n");
        for (int id = 0; id < 12; id++) {
            for (int copy = 0; copy < (groups ? 1 + id % 3 : 1); copy++) {
                for (int t = 0; t < 5; t++) {
                    for (int again = 0; again < (rows ? 1 + (id + t) % 3 : 1); again++) {
                        int y = (id * 37 + t * t * 11 + id * t * 5) % 29;
                        text.append(y / 4.0 + id % 4).append(',').append((id * t * 3 + t) % 7).append(',').append(id * 10 + copy)
                                .append(",g").append(id * 10 + copy).append(',').append(t).append(',').append(1 + (id + t) % 3)
                                .append(',').append(1 + id % 3).append('\n');
                    }
                }
            }
        }
        Path file = folder.resolve("data-" + rows + groups + ".csv");
        Files.writeString(file, text);
        return file.toString();
    }

    private static Estimates fit(String data, String command) {
        return Echelon.on(TestSession.spark()).open(data).fit(command).estimates();
    }

    private static void same(Estimates wanted, Estimates got) {
        assertEquals(wanted.logLikelihood(), got.logLikelihood(), 1e-8 * Math.abs(wanted.logLikelihood()));
        assertEquals(wanted.observations(), got.observations());
        for (int i = 0; i < wanted.coefficients().size(); i++) {
            Coefficient w = wanted.coefficients().get(i);
            Coefficient g = got.coefficients().get(i);
            assertEquals(w.estimate(), g.estimate(), 1e-6, w.term());
            assertEquals(w.stdError(), g.stdError(), 1e-6, w.term());
        }
        for (int i = 0; i < wanted.varianceComponents().size(); i++) {
            VarianceComponent w = wanted.varianceComponents().get(i);
            VarianceComponent g = got.varianceComponents().get(i);
            assertEquals(w.estimate(), g.estimate(), 1e-5, w.term());
            assertEquals(w.stdError(), g.stdError(), 1e-4, w.term());
        }
    }

    @Test
    void startingValuesByNameOrInTheOrderOfTheTables() throws IOException {
        String data = data(false, false);
        String model = "mixed y x || id: x, cov(un) iterate(0) from(";
        Estimates named = fit(data, model + "var(x[id])=.3 var(_cons[id])=2 cov(x,_cons[id])=-.1 lnsig_e=.5)");
        assertEquals(List.of(.3, 2.0, -.1, 2.718281828), values(named), "no step is taken from there");
        same(named, fit(data, model + "0 0 .3 2 -.1 " + Math.exp(1) + ", copy)"));
        same(named, fit(data, "matrix b = (0, 0, .3, 2, -.1, " + Math.exp(1) + ")\n" + model + "b)"));
        Estimates correlated = fit(data, "mixed y x || id:, residuals(ar 1, t(t)) iterate(0)"
                + " from(var(_cons[id])=.01 r_atr1=0.5 lnsig_e=0)");
        assertEquals(List.of(.01, .462117157, 1.0), values(correlated));
    }

    private static List<Double> values(Estimates e) {
        return e.varianceComponents().stream().map(c -> Math.round(1e9 * c.estimate()) / 1e9).toList();
    }

    @Test
    void clustersMayBeTexts() throws IOException {
        String data = data(false, false);
        for (String command : List.of("mixed y x || id:, vce(cluster region)", "mepoisson g x || id:, intpoints(3) vce(cluster region)")) {
            Estimates texts = fit(data, "generate region = cond(g == 1, \"north\", cond(g == 2, \"south\", \"west\"))\n" + command);
            Estimates numbers = fit(data, command.replace("region", "g"));
            same(numbers, texts);
            assertEquals(Optional.of(new Clusters("region", 3)), texts.clusters());
        }
    }

    @Test
    void frequencyWeightsOfCrossedModelsEqualRowsWrittenOut() throws IOException {
        same(fit(data(true, false), "mixed y x || _all: R.t || id:"),
                fit(data(false, false), "mixed y x [fw=w] || _all: R.t || id:"));
    }

    @Test
    void frequencyWeightsOfGroupsOfCrossedModelsEqualGroupsWrittenOut() throws IOException {
        same(fit(data(false, true), "mixed y x || _all: R.t || id:"),
                fit(data(false, false), "mixed y x || _all: R.t || id:, fweight(g)"));
    }

    @Test
    void theTopLevelMayBeTheClusterEvenIfItIsText() throws IOException {
        Estimates robust = fit(data(false, false), "mixed y x || name:, vce(robust)");
        Estimates cluster = fit(data(false, false), "mixed y x || name:, vce(cluster name)");
        same(robust, cluster);
        assertEquals(Optional.of(new Clusters("name", 12)), cluster.clusters());
    }

    @Test
    void correlatedResidualsWithoutALevelTakeAllRowsForOneSeries() throws IOException {
        String rows = data(false, false);
        String row = "generate row = 5 * id / 10 + t\n";
        same(fit(rows, row + "mixed y x || _all:, noconstant residuals(ar 1, t(row))"),
                fit(rows, row + "mixed y x, residuals(ar 1, t(row))"));
    }

    @Test
    void aBandOfNoneHasAVarianceForEachTime() throws IOException {
        same(fit(data(false, false), "mixed y x || id:, noconstant residuals(independent, by(t))"),
                fit(data(false, false), "mixed y x || id:, noconstant residuals(banded 0, t(t))"));
    }

    @Test
    void collinearColumnsOfAnEquationAreKeptOnRequest() throws IOException {
        Estimates kept = fit(data(false, false), "mixed y x || id: ibn.t, collinear");
        assertEquals(7, kept.varianceComponents().size());
        assertTrue(kept.notes().isEmpty());
    }

    @Test
    void emDots() throws IOException {
        Fit fit = Echelon.on(TestSession.spark()).open(data(false, false)).fit("mixed y x || id:, emonly emdots");
        List<String> lines = fit.toString().lines().toList();
        assertTrue(lines.get(lines.indexOf("Performing EM optimization:") + 2).matches("\\.+"), fit.toString());
    }
}
