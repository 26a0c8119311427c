package io.echelon.spark.read;

import com.univocity.parsers.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVInferSchema;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.catalyst.util.FailureSafeParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.ArraySeq;
import scala.collection.immutable.Seq;

/**
 * Reads a small CSV file on the driver with Spark's own parser and type inference, in one pass over the file and without
 * a Spark job. The result is a local relation: projections and filters over it need no job either.
 */
final class SmallCsv {
    /** Files up to this size are read here. */
    static final long MOST_BYTES = 4L << 20;

    /** Digits of a number that is an integer of 32 bits for certain. */
    private static final int MOST_DIGITS = 9;

    private static final Pattern MARKED_NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?[dDfF]");

    private SmallCsv() {}

    /** The data of a file that {@link CsvScan} found no fault with, and no value that goes on over several lines. */
    static Dataset<Row> read(SparkSession spark, Path file, CSVOptions options) throws IOException {
        List<String> lines = CsvText.lines(file, Charset.forName(options.charset())).stream()
                .filter(l -> !(options.isCommentSet() && l.startsWith(String.valueOf(options.comment())))).toList();
        CsvParser tokenizer = new CsvParser(options.asParserSettings());
        String[] header = named(tokenizer.parseLine(lines.get(0)));
        CSVInferSchema inference = new CSVInferSchema(options);
        DataType[] types = new DataType[header.length];
        Arrays.fill(types, DataTypes.NullType);
        List<String> body = lines.subList(1, lines.size());
        boolean[] text = new boolean[header.length];
        for (String line : body) {
            String[] tokens = tokenizer.parseLine(line);
            boolean told = tokens.length == types.length;
            for (int i = 0; i < tokens.length; i++) {
                text[i] |= isMarkedNumber(tokens[i]);
                told = told && isOf(types[i], tokens[i]);
            }
            if (!told) {
                types = inference.inferRowType(types, tokens);
            }
        }
        for (int i = 0; i < types.length; i++) {
            types[i] = text[i] ? DataTypes.StringType : types[i];
        }
        StructField[] fields = inference.toStructFields(types, header);
        StructType schema = new StructType(fields);
        UnivocityParser parser = new UnivocityParser(schema, options);
        List<InternalRow> rows = new ArrayList<>(body.size());
        FailureSafeParser<String> safe = new FailureSafeParser<>(line -> Option.option2Iterable(parser.parse().apply(line)),
                options.parseMode(), schema, options.columnNameOfCorruptRecord());
        for (String line : body) {
            for (Iterator<InternalRow> row = safe.parse(line); row.hasNext();) {
                rows.add(row.next().copy());
            }
        }
        return relation(spark, schema, rows.toArray(InternalRow[]::new));
    }

    /** The rows as they are, in an array: Spark's planning goes through all of them again and again. */
    @SuppressWarnings("unchecked")
    private static Dataset<Row> relation(SparkSession spark, StructType schema, InternalRow[] rows) {
        Seq<Attribute> attributes = (Seq<Attribute>) (Seq<?>) DataTypeUtils.toAttributes(schema);
        LocalRelation relation = new LocalRelation(attributes, ArraySeq.unsafeWrapArray(rows), false, Option.empty());
        return org.apache.spark.sql.classic.Dataset.ofRows((org.apache.spark.sql.classic.SparkSession) spark, relation);
    }

    /** Whether a token is plainly a number of a type already inferred, which inference would find out at more length. */
    private static boolean isOf(DataType type, String token) {
        boolean whole = type == DataTypes.IntegerType;
        if (!whole && type != DataTypes.DoubleType || token == null || token.isEmpty() || token.length() > MOST_DIGITS) {
            return false;
        }
        int points = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '.' && i > 0) {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return points == 0 || !whole && points == 1;
    }

    /** The names in a header. */
    static String[] names(String header, CSVOptions options) {
        return named(new CsvParser(options.asParserSettings()).parseLine(header));
    }

    private static String[] named(String[] header) {
        String[] names = new String[header.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = header[i] == null ? "" : header[i];
        }
        return names;
    }

    /** A letter that Java takes for the type of a number: 12d is an identifier here. */
    private static boolean isMarkedNumber(String token) {
        // Most tokens end with a digit, which tells them at once.
        return token != null && !token.isEmpty() && !Character.isDigit(token.charAt(token.length() - 1))
                && MARKED_NUMBER.matcher(token.strip()).matches();
    }
}
