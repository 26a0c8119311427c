package io.echelon.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spec.Statement;
import io.echelon.yaml.JobConfig.Derivation;
import io.echelon.yaml.JobConfig.Output;
import io.echelon.yaml.JobConfig.Print;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in YAML: what they mean, and what is said of mistakes in them. */
class JobFileTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        Files.writeString(folder.resolve("pig.csv"), "id,week,weight\n1,1,24\n");
    }

    private JobConfig read(String yaml) {
        return JobFile.read(write(yaml));
    }

    private Path write(String yaml) {
        try {
            return Files.writeString(folder.resolve("job.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The message for a mistake, from after the name of the file. */
    private String mistake(String yaml) {
        Path file = write(yaml);
        EchelonException e = assertThrows(EchelonException.class, () -> JobFile.read(file));
        assertEquals(EchelonException.Kind.MISUSE, e.kind());
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        return e.getMessage().substring(file.toString().length() + 1);
    }

    private static List<String> texts(JobConfig job) {
        return job.commands().stream().map(Statement::text).toList();
    }

    @Test
    void storedFitsNeedNoData() {
        JobConfig job = read("from: results/first\ncommands:\n  - lrtest 1 2\n");
        assertEquals(Optional.of(folder.resolve("results/first").toString()), job.from());
        assertEquals(Optional.empty(), job.data());
    }

    @Test
    void theSmallestJob() {
        JobConfig job = read("data:\n  path: pig.csv\ncommands:\n  - mixed weight week || id:\n");
        assertEquals(Optional.of(folder.resolve("pig.csv").toString()), job.data().orElseThrow().path());
        assertEquals(Optional.empty(), job.data().orElseThrow().format());
        assertEquals(List.of("mixed weight week || id:"), texts(job));
        assertEquals(List.of(), job.derive());
        assertEquals(Optional.empty(), job.output());
        assertEquals(Print.TEXT, job.print());
    }

    @Test
    void commandsMayBeAScript() {
        assertEquals(List.of("gen w = weight", "mixed w week || id:"),
                texts(read("data:\n  path: pig.csv\ncommands: |\n  gen w = weight\n  mixed w week\n    || id:\n")));
    }

    @Test
    void tabsAndUnknownSettingsAreTold() {
        assertEquals("3: the line begins with a tab; YAML indents by blanks",
                mistake("data:\n  path: pig.csv\n\tformat: csv\ncommands: [\"drop a\"]\n"));
        assertTrue(assertThrows(EchelonException.class, () -> read("data: {path: pig.csv}\ncommands: [\"drop a\"]\nspark:\n"
                + "  shuffle: 8\n")).getMessage().startsWith("Spark has no setting shuffle"));
    }

    @Test
    void everyKey() {
        JobConfig job = read("""
                data:
                  path: pig.csv
                  format: csv
                  options:
                    header: true
                    sep: ","
                  schema: id INT, week INT, weight DOUBLE
                derive:
                  week2: week^2
                  heavy: weight > 50 & weight < .
                commands:
                  - mixed weight week || id: week, cov(un)    # growth
                output:
                  folder: ../results/pig
                  if-exists: replace
                print: json
                spark:
                  spark.sql.shuffle.partitions: 8
                """);
        assertEquals(Optional.of("csv"), job.data().orElseThrow().format());
        assertEquals(Map.of("header", "true", "sep", ","), job.data().orElseThrow().options());
        assertEquals(Optional.of("id INT, week INT, weight DOUBLE"), job.data().orElseThrow().schema());
        assertEquals(List.of(new Derivation("week2", "week^2"),
                new Derivation("heavy", "weight > 50 & weight < .")), job.derive());
        assertEquals(List.of("mixed weight week || id: week, cov(un)"), texts(job));
        assertEquals(Optional.of(new Output(folder.getParent().resolve("results/pig").toString(),
                Output.Existing.REPLACE, Output.Report.FULL)), job.output());
        assertEquals(Print.JSON, job.print());
        assertEquals(Map.of("spark.sql.shuffle.partitions", "8"), job.spark());
    }

    @Test
    void commandsNeedNoQuotationMarksButMayHaveThem() {
        JobConfig job = read("""
                data: {path: pig.csv}
                commands:
                - mixed y x || a: x || b: z, cov(un)
                - "mixed y || id: week"
                - |
                  gen a = 1
                  mixed y a
                    || id:
                - >-
                  mixed y i.a#c.b
                  || id: b
                - mixed y x
                    || id: x,
                    reml   # restricted
                - gen s = "it's: fine"
                """);
        assertEquals(List.of("mixed y x || a: x || b: z, cov(un)", "mixed y || id: week", "gen a = 1",
                "mixed y a || id:", "mixed y i.a#c.b || id: b", "mixed y x || id: x, reml", "gen s = \"it's: fine\""),
                texts(job));
    }

    @Test
    void sourcesElsewhere() {
        JobConfig job = read("data:\n  path: s3a://bucket/pig.parquet\ncommands: [\"mixed y x || id:\"]\n"
                + "output: {folder: \"hdfs://host/results\"}\n");
        assertEquals(Optional.of("s3a://bucket/pig.parquet"), job.data().orElseThrow().path());
        assertEquals("hdfs://host/results", job.output().orElseThrow().folder());
        JobConfig jdbc = read("data:\n  format: jdbc\n  options: {url: \"jdbc:h2:mem\", dbtable: pig}\n"
                + "commands: [\"mixed y x || id:\"]\n");
        assertFalse(jdbc.data().orElseThrow().path().isPresent());
    }

    @Test
    void unknownKeys() {
        assertEquals("3: unknown key comands; did you mean commands? valid keys: data, from, derive, commands, output, print, spark",
                mistake("data:\n  path: pig.csv\ncomands: []\n"));
        assertEquals("3: unknown key data.foo; valid keys: path, format, options, schema",
                mistake("data:\n  path: pig.csv\n  foo: csv\ncommands: []\n"));
        assertEquals("3: key data is given twice", mistake("data:\n  path: pig.csv\ndata: 3\n"));
    }

    @Test
    void missingKeys() {
        assertEquals("1: key commands is missing; expected a list of commands, such as - mixed y x || id:",
                mistake("data:\n  path: pig.csv\n"));
        assertEquals("1: key data is missing; expected data: with the path of a file", mistake("commands: [a]\n"));
        assertEquals("2: key data.path is missing; expected the path of a file, or the format of a source without one",
                mistake("data:\n  schema: a INT\ncommands: [a]\n"));
        assertEquals("4: key output.folder is missing; expected the folder for the results",
                mistake("data: {path: pig.csv}\ncommands: [\"drop a\"]\noutput:\n  if-exists: fail\n"));
    }

    @Test
    void wrongTypes() {
        assertEquals("1: data must be a mapping with the keys path, format, options, schema, not the text \"pig.csv\"",
                mistake("data: pig.csv\ncommands: [a]\n"));
        assertEquals("3: commands must be a list of commands, such as - mixed y x || id:, not nothing",
                mistake("data:\n  path: pig.csv\ncommands:\n"));
        assertEquals("3: commands must be a list of commands, such as - mixed y x || id:, not an empty one",
                mistake("data:\n  path: pig.csv\ncommands: []\n"));
        assertEquals("2: data.path must be a text, not a list", mistake("data:\n  path: [a]\ncommands: [a]\n"));
        assertEquals("3: print cannot be html; choose one of text, json, nothing",
                mistake("data: {path: pig.csv}\ncommands: [\"drop a\"]\nprint: html\n"));
        assertEquals("3: spark must be a mapping of names to values, not the text \"3\"",
                mistake("data: {path: pig.csv}\ncommands: [\"drop a\"]\nspark: 3\n"));
        assertEquals("3: derive.2x: 2x is not a name; use letters, digits and _, not a digit first",
                mistake("data: {path: pig.csv}\nderive:\n  2x: 3\ncommands: [\"drop a\"]\n"));
        assertEquals("1: the file must be a mapping with the keys data, from, derive, commands, output, print, spark, "
                + "not the text \"mixed y x\"", mistake("mixed y x\n"));
    }

    @Test
    void mistakesInCommandsAndExpressionsKeepTheirCaret() {
        assertEquals("""
                5: commands: option reml not allowed with melogit; it belongs to mixed
                  melogit y x || id:, reml
                                      ^""",
                mistake("data:\n  path: pig.csv\ncommands:\n  - mixed y x || id:\n  - melogit y x || id:, reml\n"));
        assertEquals("""
                3: derive.z: the command ends here; expected a name, a number or a function
                  week +
                        ^""", mistake("data: {path: pig.csv}\nderive:\n  z: week +\ncommands: [\"drop a\"]\n"));
    }

    @Test
    void filesThatAreNotThere() {
        assertEquals("2: data.path: there is no file " + folder.resolve("pigs.csv"),
                mistake("data:\n  path: pigs.csv\ncommands: [\"drop a\"]\n"));
        Path none = folder.resolve("none.yaml");
        assertEquals("there is no file " + none,
                assertThrows(EchelonException.class, () -> JobFile.read(none)).getMessage());
        assertEquals(folder + " is a folder; name the YAML file in it",
                assertThrows(EchelonException.class, () -> JobFile.read(folder)).getMessage());
    }

    @Test
    void textsThatAreNotYaml() {
        assertTrue(mistake("data:\n  path: \"pig.csv\ncommands: 3\n").matches("(?s)\\d+: this is not YAML: .*"));
        assertEquals("is empty; expected data: and commands:", mistake(""));
        assertEquals("4: a job is one document; take away what follows ---",
                mistake("data: {path: pig.csv}\ncommands: [\"drop a\"]\n---\ndata: 3\n"));
    }
}
