package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import io.echelon.yaml.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads data sets: csv with a header, parquet, orc, json, or any other Spark source. */
public final class DataReader {
    private DataReader() {}

    /**
     * The data set a job names.
     *
     * @throws EchelonException if there is no such file, it is empty, or it is not what it says it is
     */
    public static Dataset<Row> read(SparkSession spark, JobConfig.Data source) {
        if (source.path().filter(String::isBlank).isPresent()) {
            throw EchelonException.misuse("the path of the data is empty");
        }
        Optional<Path> local = source.path().flatMap(DataReader::localPath);
        local.ifPresent(DataReader::checkExists);
        String format = source.format().map(f -> f.toLowerCase(Locale.ROOT))
                .orElseGet(() -> FileFormat.infer(source.path(), local));
        boolean encoded = source.options().keySet().stream().anyMatch(o -> o.equalsIgnoreCase("encoding") || o.equalsIgnoreCase("charset"));
        local.ifPresent(path -> FileFormat.check(path, format, encoded));
        source.schema().ifPresent(DataReader::checkSchema);
        try {
            return ColumnNames.usable(spark, format.equals("csv") ? CsvSource.read(spark, source, local)
                    : load(spark, source, local, format));
        } catch (EchelonException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof SparkThrowable known && "DATA_SOURCE_NOT_FOUND".equals(known.getCondition())) {
                throw FileFormat.unknown(format);
            }
            throw SparkFailure.of("cannot read " + source.path().orElse("the " + format + " source") + " as " + format, e);
        }
    }

    private static Dataset<Row> load(SparkSession spark, JobConfig.Data source, Optional<Path> local, String format) {
        Map<String, String> options = new LinkedHashMap<>();
        if (format.equals("json")) {
            // A line that is no JSON would silently be a row of missing values.
            options.put("mode", "FAILFAST");
            options.put("multiLine", String.valueOf(local.isPresent() && FileFormat.isJsonArray(local.get())));
        }
        options.putAll(source.options());
        DataFrameReader reader = spark.read().format(format).options(options);
        source.schema().ifPresent(reader::schema);
        return local.isPresent() ? reader.load(LiteralPath.of(local.get().toAbsolutePath().toString()))
                : source.path().isPresent() ? reader.load(source.path().get()) : reader.load();
    }

    /** The file itself, for a path of this machine: one that exists, or one without scheme and glob. */
    private static Optional<Path> localPath(String path) {
        String plain = path.startsWith("file://") ? path.substring("file://".length()) : path;
        boolean elsewhere = plain.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*") || plain.matches(".*[*?\\[{].*");
        return elsewhere && !Files.exists(Path.of(plain)) ? Optional.empty() : Optional.of(Path.of(plain));
    }

    private static void checkSchema(String schema) {
        try {
            StructType.fromDDL(schema);
        } catch (Exception e) {
            throw EchelonException.misuse("schema " + schema + ": " + SparkFailure.sentence(e)
                    + "; write names with types of Spark, as in id INT, weight DOUBLE");
        }
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
