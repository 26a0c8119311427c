package io.echelon.spark.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Echelon;
import io.echelon.Session;
import io.echelon.error.EchelonException;
import io.echelon.spark.TestSession;
import io.echelon.yaml.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where results go: never in the place of anything else, whatever the folder is called. */
class ResultFolderTest {
    private static final Echelon ECHELON = Echelon.on(TestSession.spark());
    private static Session session;

    @TempDir
    private Path folder;

    @BeforeAll
    static void fit() {
        session = ECHELON.open("sample-configs/data/sleepstudy.csv");
        session.fit("mixed reaction days || subject:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b:c", "x*?[1]{y}#%25+ä;$"})
    void namesMayHoldAnyCharacter(String name) throws IOException {
        String out = folder.resolve(name).toString();
        session.write(ECHELON.folder(out, false), JobConfig.Output.Report.NOTHING);
        session.write(ECHELON.folder(out, true), JobConfig.Output.Report.TABLES);
        assertEquals(List.of(name), names(folder));
        assertTrue(Files.readString(Path.of(out, "report.html")).contains("<td>251.4051</td>"));
        assertEquals(1, ECHELON.stored(out).estimates().size());
    }

    @Test
    void onlyResultsGiveWay() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refused("is a file", file, true);
        refused("is a file", file.resolve("below"), false);
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("thesis.tex"), "mine");
        refused("thesis.tex", own, true);
        Path hidden = Files.createDirectories(folder.resolve("checkout/.git")).getParent();
        refused(".git", hidden, true);
        refused("root", Path.of("/"), true);
        assertThrows(EchelonException.class, () -> ECHELON.folder(" ", true));

        Path results = folder.resolve("results");
        session.write(ECHELON.folder(results.toString(), false), JobConfig.Output.Report.NOTHING);
        ResultFolder checked = ECHELON.folder(results.toString(), true);
        Files.writeString(results.resolve("notes.txt"), "put there in the meantime");
        assertThrows(EchelonException.class, () -> session.write(checked, JobConfig.Output.Report.NOTHING));
        assertEquals("put there in the meantime", Files.readString(results.resolve("notes.txt")));
        assertEquals(1, ECHELON.stored(results.toString()).estimates().size());
        assertEquals(List.of("checkout", "file", "own", "results"), names(folder));
    }

    private static void refused(String part, Path out, boolean replace) {
        EchelonException e = assertThrows(EchelonException.class, () -> ECHELON.folder(out.toString(), replace));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void aFolderThatCannotBeMadeIsToldInALine() {
        EchelonException e = assertThrows(EchelonException.class, () -> session.write(ECHELON.folder("/proc/results", false)));
        assertTrue(e.getMessage().startsWith("cannot write to /proc/results: "), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    @Test
    void fitsStayWherePredictionsCannotBeComputed() throws IOException {
        Dataset<Row> sleep = TestSession.spark().read().option("header", true).option("inferSchema", true)
                .csv("sample-configs/data/sleepstudy.csv");
        TestSession.spark().udf().register("late_failure", (UDF1<Double, Double>) x -> {
            throw new IllegalStateException("no value for " + x);
        }, DataTypes.DoubleType);
        Session failing = ECHELON.open(sleep);
        failing.runAll("mixed reaction days || subject:\npredict fit, fitted\ngenerate double z = late_failure(fit)");
        Path out = folder.resolve("results");
        EchelonException e = assertThrows(EchelonException.class, () -> failing.write(ECHELON.folder(out.toString(), false),
                JobConfig.Output.Report.NOTHING));
        assertTrue(e.getMessage().startsWith("predictions cannot be written to " + out), e.getMessage());
        assertTrue(e.getMessage().contains("no value for"), e.getMessage());
        assertEquals(ResultFolder.TABLES.stream().sorted().toList(), ECHELON.stored(out.toString()).tables());
        assertEquals(List.of("results"), names(folder));
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
