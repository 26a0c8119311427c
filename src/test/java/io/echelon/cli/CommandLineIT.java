package io.echelon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs in this JVM: what they print where, and their exit codes. */
class CommandLineIT {
    private static final String SLEEP = "sample-configs/data/sleepstudy.csv";
    private static final String MIXED = "mixed reaction days || subject: days, cov(unstructured)";

    @TempDir
    private Path folder;

    /** What a run of the command line left. */
    private record Run(int code, String out, String err) {
        static Run of(String... words) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream formerOut = System.out;
            PrintStream formerErr = System.err;
            try {
                System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
                System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
                int code = Main.run(words);
                return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(formerOut);
                System.setErr(formerErr);
            }
        }
    }

    static Stream<Path> sampleConfigs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("sample-configs"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sampleConfigs")
    void everySampleConfigRuns(Path config) {
        Run run = Run.of("run", config.toString());
        assertEquals(Main.DONE, run.code(), run.err());
        assertFalse(run.out().isBlank());
    }

    @Test
    void printsTheTable() {
        Run run = Run.of("fit", "--data", SLEEP, MIXED);
        assertEquals(Main.DONE, run.code(), run.err());
        assertTrue(run.out().startsWith(". " + MIXED), run.out());
        assertTrue(run.out().contains("251.4051"), run.out());
    }

    @Test
    void printsOneDocumentALineAndNothingElse() throws IOException {
        Run run = Run.of("fit", "--data", SLEEP, "--format", "json", "--derive", "weeks=days/7",
                "quietly mixed reaction || subject:", MIXED, "generate days2 = days^2",
                "mixed reaction weeks days2 || subject:, reml");
        assertEquals(Main.DONE, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(2, lines.size());
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertEquals(MIXED, first.get("command").asText());
        assertEquals(-875.9697, first.get("log_likelihood").asDouble(), 1e-4);
        assertEquals("REML", new ObjectMapper().readTree(lines.get(1)).get("method").asText());
    }

    @Test
    void showsWhatWasStored() throws IOException {
        String results = folder.resolve("results").toString();
        Run fit = Run.of("fit", "--data", SLEEP, "--out", results, MIXED);
        assertEquals(Main.DONE, fit.code(), fit.err());
        assertEquals(fit.out(), Run.of("show", results).out());

        Run table = Run.of("show", results, "--table", "random_effects", "--format", "csv", "--limit", "2");
        assertEquals(3, table.out().lines().count(), table.out() + table.err());
        JsonNode coefficient = new ObjectMapper().readTree(
                Run.of("show", results, "--table", "coefficients", "--format", "json").out().lines().findFirst().orElseThrow());
        assertEquals("days", coefficient.get("term").asText());
        assertEquals(10.46729, coefficient.get("estimate").asDouble(), 1e-5);

        Run again = Run.of("fit", "--data", SLEEP, "--out", results, MIXED);
        assertEquals(Main.MISUSE, again.code());
        assertTrue(again.err().contains("exists"), again.err());
        Run unknown = Run.of("show", results, "--table", "coeficients");
        assertEquals(Main.MISUSE, unknown.code());
        assertTrue(unknown.err().contains("did you mean coefficients?"), unknown.err());
    }

    @Test
    void keepsWhatWasFittedBeforeACommandThatIsRefused() throws IOException {
        Path results = folder.resolve("results");
        String[] words = {"fit", "--data", SLEEP, "--out", results.toString(), "--replace", MIXED, "predict fit, fitted",
            "test no_such", "estat ic"};
        Run run = Run.of(words);
        assertEquals(Main.MISUSE, run.code(), run.err());
        assertTrue(run.err().startsWith("command 3 of 4 (test no_such): "), run.err());
        assertTrue(run.err().contains("The results of the commands before it are in " + results), run.err());
        String shown = Run.of("show", results.toString()).out();
        assertTrue(run.out().startsWith(shown) && shown.contains("251.4051"), shown);
        String report = Files.readString(results.resolve("report.html"));
        assertTrue(report.contains("This job is not complete.") && report.contains("<pre tabindex=\"0\">estat ic</pre>"));
        assertTrue(Run.of("show", results.toString(), "--table", "predictions", "--limit", "1").out().contains("fit"));

        words[6] = "mixed no_such || subject:";
        assertEquals(Main.MISUSE, Run.of(words).code());
        assertEquals(report, Files.readString(results.resolve("report.html")), "nothing was fitted, so nothing is replaced");
    }

    @Test
    void reportsWhatDidNotConverge() {
        Run run = Run.of("fit", "--data", SLEEP, MIXED + " iterate(1) emiterate(1)");
        assertEquals(Main.NOT_CONVERGED, run.code(), run.err());
        assertTrue(run.out().contains("convergence not achieved"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed reaktion days || subject:", "mixed reaction days || subject", "mixt reaction days || subject:",
        "mixed reaction days || subject:, iterate(-1)"})
    void misuseHasAMessageAndNoTrace(String command) {
        Run run = Run.of("fit", "--data", SLEEP, command);
        assertEquals(Main.MISUSE, run.code());
        assertFalse(run.err().isBlank());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void wrongWordsOfTheCommandLineAreMisuse() {
        assertEquals(Main.MISUSE, Run.of("fit", MIXED).code());
        assertEquals(Main.MISUSE, Run.of("fut").code());
        assertEquals(Main.MISUSE, Run.of("fit", "--data", "no-such.csv", MIXED).code());
        assertEquals(Main.MISUSE, Run.of("show", folder.resolve("nothing").toString()).code());
        assertEquals(Main.DONE, Run.of("fit", "--help").code());
    }
}
