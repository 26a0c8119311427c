package io.echelon.spark.read;

import com.univocity.parsers.csv.CsvParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVInferSchema;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads a small CSV file on the driver with Spark's own parser and type inference, in one pass over the file and without
 * a Spark job. The result is a local relation: projections and filters over it need no job either.
 */
final class SmallCsv {
    /** Files up to this size are read here. */
    static final long MOST_BYTES = 4L << 20;

    private SmallCsv() {}

    static Dataset<Row> read(SparkSession spark, Path file, Map<String, String> settings) throws IOException {
        CSVOptions options = new CSVOptions(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(settings)), false,
                spark.conf().get("spark.sql.session.timeZone"));
        List<String> lines = lines(file, options);
        CsvParser tokenizer = new CsvParser(options.asParserSettings());
        String[] header = lines.isEmpty() ? new String[0] : tokenizer.parseLine(lines.get(0));
        CSVInferSchema inference = new CSVInferSchema(options);
        DataType[] types = new DataType[header.length];
        Arrays.fill(types, DataTypes.NullType);
        List<String> body = lines.subList(Math.min(1, lines.size()), lines.size());
        for (String line : body) {
            types = inference.inferRowType(types, tokenizer.parseLine(line));
        }
        StructField[] fields = inference.toStructFields(types, named(header));
        StructType schema = new StructType(fields);
        UnivocityParser parser = new UnivocityParser(schema, options);
        List<Row> rows = new ArrayList<>(body.size());
        for (String line : body) {
            Option<InternalRow> row = parser.parse().apply(line);
            if (row.isDefined()) {
                rows.add((Row) CatalystTypeConverters.convertToScala(row.get(), schema));
            }
        }
        return spark.createDataFrame(rows, schema);
    }

    private static String[] named(String[] header) {
        String[] names = new String[header.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = header[i] == null ? "" : header[i];
        }
        return names;
    }

    private static List<String> lines(Path file, CSVOptions options) throws IOException {
        boolean zipped = file.toString().endsWith(".gz");
        try (InputStream raw = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        zipped ? new GZIPInputStream(raw) : raw, Charset.forName(options.charset())))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                boolean comment = options.isCommentSet() && line.startsWith(String.valueOf(options.comment()));
                if (!line.isBlank() && !comment) {
                    lines.add(lines.isEmpty() && line.startsWith("\uFEFF") ? line.substring(1) : line);
                }
            }
            return lines;
        }
    }
}
