package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.GroupSummary;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the user reads of a mistake: what is wrong, where, and what to do instead. The kind decides the exit code. */
class BadInputTest {
    private static final String SLEEP = "sample-configs/data/sleepstudy.csv";

    @TempDir
    Path folder;

    @Test
    void anUnknownVariableIsAnsweredByTheNearestName() {
        misused(SLEEP, "mixed reaction dayz || subject:", "dayz", "days");
        misused(SLEEP, "mixed reaction days || subjekt:", "subjekt", "subject");
        misused(SLEEP, "mixed reactoin days || subject:", "reactoin", "reaction");
    }

    @Test
    void aStringIsNoResponse() throws IOException {
        misused(data("y,id", i -> (i % 2 == 0 ? "low" : "high") + "," + i / 5), "mixed y || id:",
                "the response y is not numeric", "generate x = real(y)", "egen x = group(y)");
    }

    @Test
    void aConstantResponse() throws IOException {
        failed(data("y,id", i -> "3," + i / 5), "mixed y || id:",
                "the response y is constant in the estimation sample");
    }

    @Test
    void allRowsMissing() throws IOException {
        failed(data("y,x,id", i -> i + "," + (i == 0 ? 1 : "") + "," + i / 5), "mixed y x if x > 1 || id:",
                "no observations: all 59 rows have missing values, in x (59)");
        failed(data("y,x,id", i -> (i == 0 ? "" : i) + "," + (i == 0 ? 1 : "") + "," + i / 5), "mixed y x || id:",
                "no observations");
    }

    @Test
    void missingLevelVariablesAreDroppedAndCounted() throws IOException {
        Fit fit = fit(data("y,id", i -> (i % 7 + i / 5) + "," + (i < 5 ? "" : i / 5)), "mixed y || id:");
        assertEquals(55, fit.estimates().observations());
        assertEquals(List.of("5 observations dropped because of missing values in id (5)"), fit.estimates().notes());
    }

    @Test
    void oneGroupOnly() throws IOException {
        failed(data("y,id", i -> (i % 7) + ",1"), "mixed y || id:", "the level id has one group only in the estimation "
                + "sample, and a variance between groups needs at least two: leave the level out, or look at the values of id");
    }

    @Test
    void everyGroupOfSizeOne() throws IOException {
        failed(data("y,id", i -> (i * i % 7) + "," + i), "mixed y || id:", "every group of id has one observation, so "
                + "var(_cons[id]) cannot be told from var(Residual): leave the level out, or name a level whose groups have "
                + "several observations");
    }

    @Test
    void moreParametersThanRows() throws IOException {
        failed(data("y,g,id", i -> (i % 7) + "," + i + "," + i / 5), "mixed y i.g || id:",
                "the fixed effects fit the response exactly (60 observations, 60 coefficients): leave out regressors");
    }

    @Test
    void collinearAndDuplicatedRegressorsAreOmitted() throws IOException {
        Fit fit = fit(data("y,x,z,id", i -> (i * i % 7) + "," + i % 4 + "," + (2 * (i % 4) + 1) + "," + i / 5),
                "mixed y x z x || id:");
        assertEquals(List.of("z omitted because of collinearity", "x omitted because of collinearity"),
                fit.estimates().notes());
    }

    @Test
    void infiniteValues() throws IOException {
        failed(data("y,x,id", i -> (i % 7) + "," + (i == 3 ? "Infinity" : i % 4) + "," + i / 5), "mixed y x || id:",
                "x has infinite values, or values beyond 1e100; make them missing with replace, or leave their rows out with if");
    }

    @Test
    void iterateMustNotBeNegative() {
        misused(SLEEP, "mixed reaction days || subject:, iterate(-1)",
                "iterate() must be a whole number, 0 or more, not -1");
    }

    @Test
    void iterateZeroStopsAtTheStartingValues() {
        Fit fit = fit(SLEEP, "mixed reaction days || subject:, iterate(0)");
        assertFalse(fit.estimates().converged());
        assertTrue(fit.toString().contains("Warning: convergence not achieved"), fit.toString());
    }

    @Test
    void aFolderThatExists() throws IOException {
        Path out = Files.createDirectory(folder.resolve("results"));
        Files.writeString(out.resolve("precious.txt"), "keep me");
        Fit fit = fit(SLEEP, "mixed reaction days || subject:");
        refused(EchelonException.Kind.MISUSE, () -> fit.write(out.toString()), out.toString(), "replace");
        assertEquals("keep me", Files.readString(out.resolve("precious.txt")));
    }

    @Test
    void aFileThatIsNotWhatItSays() throws IOException {
        Path file = folder.resolve("table.parquet");
        Files.copy(Path.of(SLEEP), file);
        failed(file.toString(), "mixed reaction days || subject:", "table.parquet", "parquet");
    }

    @Test
    void aFileThatIsNotThere() {
        String file = folder.resolve("absent.csv").toString();
        misused(file, "mixed y || id:", "no such file or folder: " + file);
    }

    /** Workers 1 to 3 of site 1 are others than workers 1 to 3 of site 2. */
    @Test
    void idsReusedAcrossParentsAreNestedByTheirPath() throws IOException {
        Fit fit = fit(data("y,site,worker", i -> (i * i % 11 + i / 15 + i / 5) + "," + i / 15 + "," + i / 5 % 3),
                "mixed y || site: || worker:");
        assertEquals(List.of(4L, 12L), fit.estimates().groups().stream().map(GroupSummary::n).toList());
    }

    @Test
    void aSyntaxErrorShowsThePlace() {
        misused(SLEEP, "mixed reaction days || subject days",
                """
                found "days"; expected a colon after the level variable, as in || id:
                  mixed reaction days || subject days
                                                 ^""");
        misused(SLEEP, "mixed reaction days in 50/40 || subject:", "row 40 comes before row 50; write in 40/50", "^");
        misused(SLEEP, "mixed reaction days, remll || subject:", "unknown option remll; did you mean reml?", "^");
    }

    @Test
    void responsesOutsideTheRangeOfTheirFamily() throws IOException {
        String counts = data("y,n,id", i -> (i == 7 ? "2.5" : i == 9 ? "-1" : i % 4) + ",3," + i / 5);
        failed(counts, "mepoisson y || id:", "y has a count of 2.5", "(observation 3 of group 1)");
        failed(counts, "mepoisson y if y != 2.5 || id:", "y has a count of -1", "(observation 4 of group 1)");
        failed(counts, "melogit y if inlist(y, 0, 1, 2, 3) || id:, binomial(2)",
                "y has a count of 3 above its binomial denominator 2");
        failed(counts, "meglm y || id:, family(gamma)", "a gamma response must be positive");
    }

    @Test
    void oneOutcomeOnly() throws IOException {
        failed(data("y,id", i -> "1," + i / 5), "melogit y || id:", "y does not vary in the estimation sample");
        failed(data("y,id", i -> 1 + i % 2 + "," + i / 5), "meprobit y || id:", "y has no zeros in the estimation sample");
        failed(data("y,id", i -> "0," + i / 5), "melogit y || id:, binomial(4)", "every count is 0");
    }

    @Test
    void exposuresThatAreNotPositive() throws IOException {
        failed(data("y,e,id", i -> i % 4 + "," + i % 3 + "," + i / 5), "mepoisson y || id:, exposure(e)",
                "exposure e has the value 0; exposures are positive");
    }

    @Test
    void survivalTimesMustBeDeclared() throws IOException {
        String times = data("time,dead,id", i -> i % 6 + "," + i % 2 + "," + i / 5);
        misused(times, "mestreg || id:, distribution(weibull)", "declare them first, as in stset time, failure(event)");
        Fit fit = Echelon.on(TestSession.spark()).open(times)
                .fit("stset time, failure(dead)\nmestreg || id:, distribution(exponential)");
        assertEquals(List.of("10 observations left out: stset does not use records that end when they begin or after a failure,"
                + " or that its if excludes"), fit.estimates().notes());
        assertTrue(fit.toString().startsWith("         failure _d:  dead"), fit.toString());
        Fit silent = Echelon.on(TestSession.spark()).open(times)
                .fit("stset time, failure(dead)\nmestreg || id:, distribution(exponential) noshow");
        assertTrue(silent.toString().startsWith("note:"), silent.toString());
    }

    /** 6 groups of 2 series of 5 times; times t and t/2, weights, clusters that split groups, texts. */
    private String series() throws IOException {
        return data("y,x,id,sub,t,half,twice,w,neg,c,s,one", i -> (i * i % 13 + i / 10) + "," + i * 7 % 5 + "," + i / 10 + ","
                + i / 5 % 2 + "," + i % 5 + "," + i % 5 / 2.0 + "," + i % 5 / 2 + "," + (1 + i % 3) + "," + (i == 4 ? -1 : 1) + ","
                + i / 7 + "," + (i / 10 % 2 == 0 ? "low" : "high") + ",1");
    }

    @Test
    void timesThatDoNotFitTheStructure() throws IOException {
        misused(series(), "mixed y x || id: || sub:, residuals(ar 1, t(twice))", "t(twice) is 0 more than once in group 0>0",
                "average the rows, or name a further level");
        misused(series(), "mixed y x || id: || sub:, residuals(ma 1, t(half))", "t(half) is 0.5 in group 0>0",
                "residuals(exponential)");
        misused(series(), "mixed y x || id: || sub:, residuals(ar 9, t(t))", "the times of t(t) are at most 4 apart");
        misused(series(), "mixed y x || id:, residuals(exchangeable, by(sub))", "by(sub) has several values in group 0",
                "residuals(independent, by(sub))");
        misused(data("y,t,id", i -> i % 7 + "," + i + "," + i / 5), "mixed y || id:, nocons residuals(unstructured, t(t))",
                "more than can be held", "toeplitz 2");
    }

    @Test
    void weightsThatCannotBe() throws IOException {
        misused(series(), "mixed y x || id:, pweight(w)", "not constant within them", "must stand in each of its rows");
        misused(series(), "mixed y x [pw=neg] || id:", "a weight is -1.0", "leave such rows out with if");
        misused(series(), "mixed y x [fw=half] || id:", "frequency weights are whole numbers", "pweight");
        misused(series(), "mixed y x [pw=w] || id: || sub:, residuals(ar 1, t(t))", "rows cannot have sampling weights", "pweight()");
        misused(series(), "mixed y x [fw=w] || id: || sub:, residuals(ar 1, t(t))", "has the frequency weight 2",
                "each time once in a group", "residuals(exchangeable)");
        misused(series(), "mixed y x [pw=w] || id:, reml", "weights are not allowed with reml");
        misused(series(), "mixed y x [pw=w] || _all: R.t || id:", "effects of _all make one group of all rows", "vce(oim)");
        misused(series(), "mixed y x [fw=w] || id:, dfmethod(residual)", "dfmethod() does not go with weights");
    }

    @Test
    void clustersThatCannotBe() throws IOException {
        misused(series(), "mixed y x || id:, vce(cluster c)", "group 0 is split over clusters:");
        misused(series(), "mixed y x || _all: R.t || id:, vce(robust)", "vce(robust) needs independent groups", "leave vce() out");
        failed(series(), "mixed y x || id:, vce(cluster one)", "at least two clusters");
        misused(series(), "mixed y x || id:, vce(robust) dfmethod(residual)", "leave vce() out");
    }

    @Test
    void degreesOfFreedomThatCannotBe() throws IOException {
        misused(series(), "mixed y x || id:, dfmethod(kroger)", "dfmethod(kroger) needs option reml");
        misused(series(), "mixed y x || id:, dfmethod(satterthwaite)", "dfmethod(satterthwaite) needs option reml");
        misused(series(), "mixed y x || id: || sub:, dfmethod(repeated)", "use dfmethod(anova)");
        misused(series(), "mixed y x || _all: R.t || id:, dfmethod(anova)", "for nested random effects");
    }

    @Test
    void aSecondEquationWithoutAVariable() throws IOException {
        misused(series(), "mixed y x || id: || id:", "the constant belongs to the last one", "|| id: x || id:");
    }

    @Test
    void constraintsMustBeDefined() {
        misused(SLEEP, "meglm reaction days || subject:, constraints(3)", "constraint 3 is not defined");
    }

    private static Fit fit(String data, String command) {
        return Echelon.on(TestSession.spark()).open(data).fit(command);
    }

    private static void misused(String data, String command, String... told) {
        refused(EchelonException.Kind.MISUSE, () -> fit(data, command), told);
    }

    private static void failed(String data, String command, String... told) {
        refused(EchelonException.Kind.FAILURE, () -> fit(data, command), told);
    }

    private static void refused(EchelonException.Kind kind, Executable run, String... told) {
        EchelonException e = assertThrows(EchelonException.class, run);
        for (String part : told) {
            assertTrue(e.getMessage().contains(part), "\"" + part + "\" is not in: " + e.getMessage());
        }
        assertEquals(kind, e.kind(), e.getMessage());
    }

    /** A file of 60 rows. */
    private String data(String header, IntFunction<String> row) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, header + "\n" + IntStream.range(0, 60).mapToObj(row).collect(Collectors.joining("\n")) + "\n");
        return file.toString();
    }
}
