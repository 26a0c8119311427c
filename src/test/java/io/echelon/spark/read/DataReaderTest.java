package io.echelon.spark.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spark.TestSession;
import io.echelon.yaml.JobConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read as what they are, and refused when they are not what they say. */
class DataReaderTest {
    private static final String CSV = "id,day,x,name\n1,2024-01-02,1.5,\"a, b\"\n2,,,c\n\n3,2024-01-04,2,\n";

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Dataset<Row> read(Path path) {
        return read(path, Optional.empty(), Map.of());
    }

    private Dataset<Row> read(Path path, Optional<String> format, Map<String, String> options) {
        return DataReader.read(spark, new JobConfig.Data(Optional.of(path.toString()), format, options, Optional.empty()));
    }

    private void assertError(String message, Path path) {
        EchelonException e = assertThrows(EchelonException.class, () -> read(path).count());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void smallCsvIsReadAsSparkReadsIt() {
        Path csv = file("small.csv", CSV);
        Dataset<Row> expected = spark.read().option("header", "true").option("inferSchema", "true").csv(csv.toString());
        Dataset<Row> actual = read(csv);
        assertEquals(expected.schema(), actual.schema());
        assertEquals(expected.collectAsList(), actual.collectAsList());
    }

    @Test
    void csvOptionsAreHeeded() {
        Dataset<Row> data = read(file("semicolons.txt", "a;b\n1;NA\n2;3\n"), Optional.of("csv"),
                Map.of("sep", ";", "nullValue", "NA"));
        assertEquals("a INT,b INT", data.schema().toDDL());
        assertEquals(1, data.filter("b IS NULL").count());
        assertArrayEquals(new String[] {"a", "b"}, read(file("tabs.tsv", "a\tb\n1\t2\n")).columns());
        assertEquals("_c0", read(file("bare.csv", "1,2\n"), Optional.empty(), Map.of("header", "false")).columns()[0]);
    }

    @Test
    void numbersMayHaveDecimalCommas() {
        Dataset<Row> data = read(file("german.csv", "id;x;y;z;name\n1;1,5;1.234,25;1.234;a,b\n2;-,5;NA;2.000;c\n3;2e-3;7;;1,x\n"),
                Optional.empty(), Map.of("decimal", ","));
        assertEquals("id INT,x DOUBLE,y DOUBLE,z DOUBLE,name STRING", data.schema().toDDL());
        assertEquals("[1,1.5,1234.25,1234.0,a,b]", data.collectAsList().get(0).toString());
        assertEquals("[2,-0.5,null,2000.0,c]", data.collectAsList().get(1).toString());
        assertThrows(EchelonException.class, () -> read(file("a.csv", CSV), Optional.empty(), Map.of("decimal", "'")));
    }

    @Test
    void aHeaderAloneIsNoData() {
        assertError("no observations: ", file("header.csv", "y,x,g\n"));
    }

    @Test
    void filesOfOtherProgramsAreRefusedWithAWayOut() {
        assertError("export delimited", file("pig.dta", "<stata_dta>"));
        assertError("save its sheet as .csv", file("pig.XLSX", "PK"));
    }

    @Test
    void theSeparatorIsFoundInTheHeader() {
        for (String separator : List.of(";", "\t", "|")) {
            Dataset<Row> data = read(file("other.csv", "\"a, b\";c\n1;2\n".replace(";", separator)));
            assertArrayEquals(new String[] {"a__b", "c"}, data.columns());
        }
        assertArrayEquals(new String[] {"one"}, read(file("one.csv", "one\n1\n")).columns());
    }

    @Test
    void marksOfMissingValuesLeaveAColumnNumeric() {
        for (String mark : List.of("NA", ".", ".a", "N/A", "NULL", "na", "\" \"")) {
            Dataset<Row> data = read(file("marks.csv", "n,x,s\n1,1.5,NA\nNA,2e3,b\n3,NA,c\n".replace("NA", mark)));
            assertEquals("n INT,x DOUBLE", data.select("n", "x").schema().toDDL(), mark);
            assertEquals(1, data.filter("n IS NULL").count(), mark);
            assertEquals(2003.5, data.filter("x IS NOT NULL").selectExpr("sum(x) + 2").first()
                    .getDouble(0), mark);
            assertEquals("string", data.schema().apply("s").dataType().typeName(), mark);
        }
    }

    @Test
    void marksAreLookedForInEveryRow() {
        String numbers = "NA\n" + "7\n".repeat(1500);
        assertEquals("x INT", read(file("long.csv", "x\n" + numbers)).schema().toDDL());
        assertEquals("x STRING", read(file("late.csv", "x\n" + numbers + "seven\n")).schema().toDDL());
    }

    @Test
    void textIsNotTakenForTimesOrNumbers() {
        Dataset<Row> data = read(file("codes.csv", "hour,side,at\nT1,12d,2024-01-02 03:04:05\nT2,12f,2024-01-02T03:04\n"));
        assertEquals("hour STRING,side STRING,at TIMESTAMP", data.schema().toDDL());
    }

    @Test
    void quotedValuesMayHoldQuotesSeparatorsAndLineEnds() {
        Dataset<Row> data = read(file("quotes.csv", "x,note\r\n1,\"a, \"\"b\"\"\"\r\n"));
        assertEquals("a, \"b\"", data.first().getString(1));
        data = read(file("lines.csv", "x,note\n1,\"a\nb\"\n2,c\n"));
        assertEquals(List.of("a\nb", "c"), data.collectAsList().stream().map(r -> r.getString(1)).toList());
    }

    @Test
    void shortLinesEndInMissingValuesAndLongOnesAreRefused() {
        assertEquals(1, read(file("short.csv", "x,y\n1,2\n3\n")).filter("y IS NULL").count());
        assertError("line 3 of " + folder.resolve("wide.csv") + " holds 3 values, the header 2 names: 3,4,5",
                file("wide.csv", "x,y\n1,2\n3,4,5\n"));
        assertError("lack the name of the first column", file("rows.csv", "x,y\n1,2,3\n"));
    }

    @Test
    void quotesThatAreNotClosedAreToldWithTheirLine() {
        assertError("line 3 of " + folder.resolve("open.csv") + " has a quote that is never closed: 2,\"b",
                file("open.csv", "x,note\n1,a\n2,\"b\n3,c\n"));
        assertError("line 3 of " + folder.resolve("two.csv") + " has a quote that is not closed: 2,\"b",
                file("two.csv", "x,note\n1,\"a\"\n2,\"b\n3,\"c\"\n"));
        assertError("line 2 of " + folder.resolve("text.csv") + " has text behind a closing quote",
                file("text.csv", "x,note\n1,\"a\"b\n"));
        assertEquals("6\" pipe", read(file("inch.csv", "x,note\n1,6\" pipe\n")).first().getString(1));
        assertEquals("\"b", read(file("letters.csv", "x,note\n1,\"b\n"), Optional.empty(), Map.of("quote", "")).first().getString(1));
        assertEquals("a \"b\"", read(file("slash.csv", "x,note\n1,\"a \\\"b\\\"\"\n"), Optional.empty(), Map.of("escape", "\\"))
                .first().getString(1));
    }

    @Test
    void bytesThatAreNoTextInTheEncodingAreTold() throws IOException {
        byte[] latin = "name,x\nJürg,1\n".getBytes(StandardCharsets.ISO_8859_1);
        Path csv = Files.write(folder.resolve("latin.csv"), latin);
        assertError("line 2 of " + csv + " is not text in UTF-8; give the encoding", csv);
        assertEquals("Jürg", read(csv, Optional.empty(), Map.of("encoding", "ISO-8859-1")).first().getString(0));
        Path wide = Files.write(folder.resolve("wide.csv"), "x,y\n1,2\n".getBytes(StandardCharsets.UTF_16));
        assertError("is text in UTF-16; give the encoding", wide);
        assertEquals(2, read(wide, Optional.empty(), Map.of("encoding", "UTF-16")).first().getInt(1));
        assertError("line 2 of " + folder.resolve("zero.csv") + " holds binary data",
                file("zero.csv", "x,y\n" + "1,2".repeat(300) + "\0\n"));
    }

    @Test
    void filesOfAFolderHaveTheSameColumns() {
        file("a.csv", "x,y\n1,2\n");
        file("b.csv", "x,y\n3,4\n");
        assertEquals(2, read(folder, Optional.of("csv"), Map.of()).count());
        file("c.csv", "y,x\n3,4\n");
        EchelonException e = assertThrows(EchelonException.class, () -> read(folder, Optional.of("csv"), Map.of()));
        assertTrue(e.getMessage().contains("differ in their columns"), e.getMessage());
    }

    @Test
    void schemasNameTheColumnsInTheirOrder() {
        Path csv = file("schema.csv", "id,x\n1,1.5\n2,NA\n");
        assertEquals(1.5, schema(csv, "id INT, x DOUBLE", Map.of("nullValue", "NA")).first().getDouble(1));
        assertSchemaError("the schema has x as column 1, where " + csv + " has id", csv, "x DOUBLE, id INT");
        assertSchemaError("a line cannot be read", csv, "id INT, x DOUBLE");
        assertSchemaError("DUBLE", csv, "id INT, x DUBLE");
    }

    private Dataset<Row> schema(Path path, String schema, Map<String, String> options) {
        return DataReader.read(spark, new JobConfig.Data(Optional.of(path.toString()), Optional.empty(), options, Optional.of(schema)));
    }

    private void assertSchemaError(String message, Path path, String schema) {
        Exception e = assertThrows(Exception.class, () -> schema(path, schema, Map.of()).collectAsList());
        String said = e instanceof EchelonException ? e.getMessage() : SparkFailure.of("cannot read", e).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void optionsAndFormatsThatNobodyKnowsAreRefused() {
        Path csv = file("ok.csv", "x,y\n1,2\n");
        EchelonException option = assertThrows(EchelonException.class, () -> read(csv, Optional.empty(), Map.of("sepp", ";")));
        assertEquals("csv files have no option sepp; did you mean sep?", option.getMessage());
        EchelonException format = assertThrows(EchelonException.class, () -> read(csv, Optional.of("cvs"), Map.of()));
        assertEquals("there is no format cvs; did you mean csv?", format.getMessage());
        assertError("a line cannot be read (Unrecognized token", file("text.json", "{\"x\": 1}\nx,y\n"));
        assertEquals("x INT,y INT", read(file("missing.csv", "x,y\n1,NA\n2,\n")).schema().toDDL());
    }

    @Test
    void otherFormatsAndFoldersAreRead() {
        Dataset<Row> data = read(file("small.csv", CSV));
        for (String format : List.of("parquet", "orc", "json")) {
            String path = folder.resolve("data." + format).toString();
            data.write().format(format).save(path);
            assertEquals(3, read(Path.of(path)).count(), format);
        }
        data.write().parquet(folder.resolve("folder").toString());
        assertEquals(3, read(folder.resolve("folder")).count());
        assertEquals(2, read(file("array.json", "[{\"a\": 1},\n {\"a\": 2}]")).count());
    }

    @Test
    void namesBecomeUsable() {
        Dataset<Row> data = read(file("names.csv", "Sepal.Length,2nd,my var,,straße\n1,2,3,4,5\n"));
        assertArrayEquals(new String[] {"Sepal_Length", "_2nd", "my_var", "v4", "straße"}, data.columns());
        assertError("two columns of the data set have the same name: x", file("twice.csv", "x,y,x\n1,2,3\n"));
        assertError("x and X; rename one of them", file("case.csv", "x,X\n1,2\n"));
    }

    @Test
    void filesThatAreNotWhatTheySayAreRefused() {
        assertError("no such file or folder: " + folder.resolve("none.csv"), folder.resolve("none.csv"));
        assertError("empty.csv is empty", file("empty.csv", ""));
        assertError("is not a parquet file: it looks like text, csv perhaps", file("cars.parquet", CSV));
        assertError("is not a csv file: it looks like parquet", file("cars.csv", "PAR1abc"));
        assertError("is not a csv file: it holds binary data", file("photo.csv", "\u0000\u0001"));
        assertError("cannot tell the format of", file("data.xyz", CSV));
        assertError("cannot read", file("broken.parquet", "PAR1 and nothing else that parquet needs PAR1"));
    }
}
