package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.SurvivalSummary;
import io.echelon.report.AnswerReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Every preparing command does to the data set what it does in Stata. */
class WorkspaceTest {
    private final Workspace workspace = new Workspace(data());

    private static Dataset<Row> data() {
        Dataset<Row> rows = TestSession.table("1 AS id, 'b' AS s, 5 AS x, 10.0D AS t, 1 AS d", "1, 'a', 7, 20.0D, 0",
                "2, 'b', NULL, 5.0D, 0", "2, 'a', 1, 8.0D, 1", "3, NULL, 7, 3.0D, 1");
        return TestSession.spark().createDataFrame(rows.collectAsList(), rows.schema());
    }

    private void run(String... commands) {
        for (String command : commands) {
            workspace.run(CommandReader.read(command), i -> { });
        }
    }

    private List<Object> values(String variable) {
        List<Object> values = new ArrayList<>();
        workspace.data().select(variable).collectAsList().forEach(r -> values.add(r.get(0)));
        return values;
    }

    private void assertValues(String variable, Object... values) {
        assertEquals(Arrays.asList(values), values(variable));
    }

    private void assertMisuse(String message, String command) {
        EchelonException e = assertThrows(EchelonException.class, () -> run(command));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    @Test
    void datesAreGroupedInTheirOrder() {
        Workspace days = new Workspace(TestSession.table("date'2024-02-01' AS d", "date'2023-12-31'", "NULL", "date'2024-02-01'"));
        days.run(CommandReader.read("egen g = group(d)"), i -> { });
        days.run(CommandReader.read("tabulate d, generate(at)"), i -> { });
        assertEquals("[[2,0.0,1.0], [1,1.0,0.0], [null,null,null], [2,0.0,1.0]]",
                days.data().select("g", "at1", "at2").collectAsList().toString());
    }

    @Test
    void generateMakesANewVariable() {
        run("generate y = x / 2", "gen byte big = x > 5", "gen str l = s + \"!\" if id < 3", "gen late = t > 6 if id == 2",
                "gen int n = x / 2", "gen copy = id");
        assertValues("y", 2.5, 3.5, null, 0.5, 3.5);
        assertValues("big", 0, 1, 1, 0, 1);
        assertValues("l", "b!", "a!", "b!", "a!", null);
        assertValues("late", null, null, 0.0, 1.0, null);
        assertValues("n", 2, 3, null, 0, 3);
        assertValues("copy", 1, 1, 2, 2, 3);
        assertMisuse("variable y already defined", "gen y = 1");
        assertMisuse("variable y differs from Y by case only", "gen Y = 1");
        assertMisuse("variable z not found", "gen w = z");
    }

    @Test
    void replaceChangesTheRowsItTouches() {
        run("replace x = 0 if missing(x)", "replace s = \"c\" if s == \"\"", "replace t = . if t > 9");
        assertValues("x", 5.0, 7.0, 0.0, 1.0, 7.0);
        assertValues("s", "b", "a", "b", "a", "c");
        assertValues("t", null, null, 5.0, 8.0, 3.0);
        assertMisuse("variable nope not found", "replace nope = 1");
        assertMisuse("type mismatch", "replace s = 1");
    }

    @Test
    void rowNumbersFollowTheFile() {
        run("gen n = _n", "gen share = _n / _N", "gen mid = 1 in 2/3", "keep in 2/-1");
        assertValues("n", 2, 3, 4, 5);
        assertValues("share", 0.4, 0.6, 0.8, 1.0);
        assertValues("mid", 1.0, 1.0, null, null);
        assertEquals(List.of("id", "s", "x", "t", "d", "n", "share", "mid"), List.of(workspace.data().columns()));
    }

    @Test
    void egenNumbersGroups() {
        run("egen g = group(id s)", "egen h = group(s) if id < 3");
        assertValues("g", 2, 1, 4, 3, null);
        assertValues("h", 2, 1, 2, 1, null);
        run("egen m = group(x), missing", "egen k = group(id s), missing");
        assertValues("m", 2, 3, 4, 1, 3);
        assertValues("k", 2, 1, 4, 3, 5);
    }

    @Test
    void egenAggregates() {
        run("egen m = mean(x)", "egen mi = mean(x), by(id)", "egen c = count(x), by(id)", "egen z = std(t)",
                "egen tot = total(x), by(id)", "egen one = tag(id)");
        assertValues("m", 5.0, 5.0, 5.0, 5.0, 5.0);
        run("gen n = t", "keep if id == 2");
        assertValues("mi", 1.0, 1.0);
        assertValues("c", 1.0, 1.0);
        assertValues("tot", 1.0, 1.0);
        List<Object> z = values("z");
        double sd = Math.sqrt((0.8 * 0.8 + 10.8 * 10.8 + 4.2 * 4.2 + 1.2 * 1.2 + 6.2 * 6.2) / 4);
        assertEquals((5 - 9.2) / sd, (double) z.get(0), 1e-12);
        assertEquals(1.0, values("one").stream().mapToDouble(v -> (Double) v).sum());
    }

    @Test
    void tabulateGeneratesIndicators() {
        run("quietly tabulate x, generate(k)", "tab s, gen(q)");
        assertValues("k1", 0.0, 0.0, null, 1.0, 0.0);
        assertValues("k3", 0.0, 1.0, null, 0.0, 1.0);
        assertValues("q2", 1.0, 0.0, 1.0, 0.0, null);
    }

    @Test
    void keepAndDropSelect() {
        run("drop if x == .", "keep id x", "keep if id");
        assertEquals(List.of("id", "x"), List.of(workspace.data().columns()));
        assertValues("x", 5, 7, 1, 7);
        assertMisuse("drop _all would leave no variable", "drop _all");
    }

    @Test
    void matricesAreComputed() {
        run("matrix a = (1, 2 \\ 3, 4)", "mat b = a * a' + I(2)", "mat c = inv(a)", "mkmat t if id == 2, matrix(f)", "mat f = diag(f)");
        assertArrayEquals(new double[][] {{6, 11}, {11, 26}}, workspace.matrices().get("b"));
        assertArrayEquals(new double[] {-2, 1}, workspace.matrices().get("c")[0], 1e-12);
        assertArrayEquals(new double[][] {{5, 0}, {0, 8}}, workspace.matrices().get("f"));
        assertMisuse("matrix q not found", "mat d = q + 1");
        assertMisuse("matrices of 2x2 and 1x2 elements do not fit *", "mat d = a * (1, 2)");
    }

    @Test
    void stsetMakesSurvivalTimes() {
        run("stset t, failure(d) id(id)");
        assertValues("_t", 10.0, null, 5.0, 8.0, 3.0);
        assertValues("_t0", 0.0, null, 0.0, 5.0, 0.0);
        assertValues("_d", 1, null, 0, 1, 1);
        assertValues("_st", 1, 0, 1, 1, 1);
        run("stset t, failure(d==1) exit(time 6) scale(2)");
        assertValues("_t", 3.0, 3.0, 2.5, 3.0, 1.5);
        assertValues("_d", 0, 0, 0, 0, 1);
        assertTrue(workspace.survival().isPresent());
    }

    @Test
    void stsetSaysWhatItMade() {
        Answered answered = (Answered) workspace.run(CommandReader.read("stset t, failure(d) id(id)"), i -> { }).orElseThrow();
        SurvivalSummary summary = (SurvivalSummary) answered.answer();
        assertEquals(List.of(5L, 1L, 4L, 3L), List.of(summary.total(), summary.exclusions().get("observations begin on or after (first) failure"),
                summary.remaining(), summary.subjects()));
        assertEquals(3, summary.failures());
        assertEquals(21, summary.atRisk());
        assertEquals("""
                                id:  id
                     failure event:  d != 0 & d < .
                obs. time interval:  (t[_n-1], t]
                 exit on or before:  failure

                ------------------------------------------------------------------------------
                          5  total observations
                          1  observations begin on or after (first) failure
                ------------------------------------------------------------------------------
                          4  observations remaining, representing
                          3  subjects
                          3  failures in single-failure-per-subject data
                         21  total analysis time at risk and under observation
                                                                at risk from t =         0
                                                     earliest observed entry t =         0
                                                          last observed exit t =        10
                """, AnswerReport.text(summary));
    }

    @Test
    void momentsOfStsetAreTimesOrEvents() {
        run("stset t, failure(d) origin(id) exit(t)");
        assertValues("_t", 9.0, 19.0, 3.0, 6.0, null);
        run("stset t, failure(d) exit(d == 1) id(id)");
        assertValues("_t", 10.0, null, 5.0, 8.0, 3.0);
        run("stset t, failure(d) enter(time t - 1)");
        assertValues("_t0", 9.0, 19.0, 4.0, 7.0, 2.0);
    }

    @Test
    void constraintsAreKept() {
        run("constraint 1 _b[x] = 1");
        assertEquals(1.0, workspace.constraints().get(1).value());
    }

    @Test
    void onlyResultsThatExistAreStoredAndRestored() {
        assertMisuse("no results stored under m1", "estimates restore m1");
        assertMisuse("estimates store m1: no results to store", "estimates store m1");
    }
}
