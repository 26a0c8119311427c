package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import io.echelon.yaml.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads data sets: csv with a header, parquet, orc, json, or any other Spark source. */
public final class DataReader {
    /** Quotes are doubled inside quotes (RFC 4180), and a time has a date: the text T1 is none. */
    private static final Map<String, String> CSV_DEFAULTS = Map.of("header", "true", "inferSchema", "true",
            "escape", "\"", "timestampFormat", "yyyy-MM-dd['T'][ ]HH:mm[:ss][.SSSSSS][XXX]");
    /** The option that says which sign stands before decimals. */
    private static final String DECIMAL = "decimal";
    /** Options under which the small reader does exactly what Spark's does. */
    private static final Set<String> SMALL_CSV_OPTIONS = Set.of("header", "inferschema", "sep", "delimiter", "nullvalue",
            "encoding", "charset", "quote", "escape", "comment", "ignoreleadingwhitespace", "ignoretrailingwhitespace",
            "dateformat", "timestampformat", "preferdate", "nanvalue", "emptyvalue");

    private DataReader() {}

    /**
     * The data set a job names.
     *
     * @throws EchelonException if there is no such file, it is empty, or it is not what it says it is
     */
    public static Dataset<Row> read(SparkSession spark, JobConfig.Data source) {
        Optional<Path> local = source.path().flatMap(DataReader::localPath);
        local.ifPresent(DataReader::checkExists);
        String format = source.format().map(f -> f.toLowerCase(Locale.ROOT))
                .orElseGet(() -> FileFormat.infer(source.path(), local));
        local.ifPresent(path -> FileFormat.check(path, format));
        try {
            boolean commas = decimalCommas(source, format);
            Dataset<Row> data = ColumnNames.usable(spark, load(spark, source, local, format, commas));
            return format.equals("csv") && source.schema().isEmpty() ? MissingMarks.toMissing(data, commas) : data;
        } catch (EchelonException e) {
            throw e;
        } catch (Exception e) {
            throw SparkFailure.of("cannot read " + source.path().orElse("the " + format + " source") + " as " + format, e);
        }
    }

    /** Whether the numbers of a text file have decimal commas. */
    private static boolean decimalCommas(JobConfig.Data source, String format) {
        String decimal = source.options().getOrDefault(DECIMAL, ".");
        if (!decimal.equals(".") && !decimal.equals(",")) {
            throw EchelonException.misuse("option decimal is a point or a comma, as in decimal=, and not " + decimal);
        }
        if (decimal.equals(",") && (!format.equals("csv") || source.schema().isPresent())) {
            throw EchelonException.misuse("option decimal is for csv files without a schema");
        }
        return decimal.equals(",");
    }

    private static Dataset<Row> load(SparkSession spark, JobConfig.Data source, Optional<Path> local, String format,
                                     boolean commas) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        if (format.equals("csv")) {
            options.putAll(CSV_DEFAULTS);
            Optional<String> separator = local.isPresent() ? CsvText.separator(local.get())
                    : source.path().filter(p -> p.contains(".tsv")).map(p -> "\t");
            separator.ifPresent(sep -> options.put("sep", sep));
        }
        if (format.equals("json") && local.isPresent() && FileFormat.isJsonArray(local.get())) {
            options.put("multiLine", "true");
        }
        options.putAll(source.options());
        options.remove(DECIMAL);
        if (commas) {
            // All columns as text, for Spark would take 1.234 for a little more than one.
            options.put("inferSchema", "false");
        }
        if (format.equals("csv") && source.schema().isEmpty() && local.isPresent() && small(local.get(), options)) {
            Optional<Dataset<Row>> data = SmallCsv.read(spark, local.get(), options);
            if (data.isPresent()) {
                return data.get();
            }
            options.put("multiLine", "true");
        }
        DataFrameReader reader = spark.read().format(format).options(options);
        source.schema().ifPresent(reader::schema);
        return local.isPresent() ? reader.load(LiteralPath.of(local.get().toAbsolutePath().toString()))
                : source.path().isPresent() ? reader.load(source.path().get()) : reader.load();
    }

    private static boolean small(Path file, Map<String, String> options) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= SmallCsv.MOST_BYTES
                && options.keySet().stream().allMatch(o -> SMALL_CSV_OPTIONS.contains(o.toLowerCase(Locale.ROOT)))
                && "true".equals(options.get("header")) && "true".equals(options.get("inferSchema"));
    }

    /** The file itself, for a path of this machine: one that exists, or one without scheme and glob. */
    private static Optional<Path> localPath(String path) {
        String plain = path.startsWith("file://") ? path.substring("file://".length()) : path;
        boolean elsewhere = plain.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*") || plain.matches(".*[*?\\[{].*");
        return elsewhere && !Files.exists(Path.of(plain)) ? Optional.empty() : Optional.of(Path.of(plain));
    }

    private static void checkExists(Path path) {
        if (!Files.exists(path)) {
            throw EchelonException.misuse("no such file or folder: " + path
                    + (path.isAbsolute() ? "" : " (looked in " + Path.of("").toAbsolutePath() + ")"));
        }
        if (!Files.isReadable(path)) {
            throw EchelonException.failure("cannot read " + path + ": permission denied");
        }
    }
}
