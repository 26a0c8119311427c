package io.echelon.spark.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Makes numbers of the columns of a text file that hold nothing but numbers and the marks by which R, Stata and
 * spreadsheets write a missing value: {@code NA}, {@code .}, {@code .a} to {@code .z}, {@code N/A}, {@code NULL}, blanks.
 */
public final class MissingMarks {
    private static final String MARK = "(?i)|NA|NaN|#?N/A|NULL|\\.[a-z]?";
    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";
    private static final String COMMA_NUMBER = "[+-]?(([0-9]{1,3}(\\.[0-9]{3})+|[0-9]+)(,[0-9]*)?|,[0-9]+)([eE][+-]?[0-9]+)?";
    private static final Pattern IS_MARK = Pattern.compile(MARK);
    private static final Pattern IS_WHOLE = Pattern.compile("[+-]?[0-9]{1,9}");
    private static final Pattern IS_NUMBER = Pattern.compile(NUMBER);
    private static final Pattern IS_COMMA_NUMBER = Pattern.compile(COMMA_NUMBER);
    /** Rows that are looked at first; most string columns show at once that they are no numbers. */
    private static final int FIRST_ROWS = 1000;

    /** What a value may be, each wider than the one before. */
    private static final int MISSING = 0;
    private static final int WHOLE = 1;
    private static final int REAL = 2;
    private static final int TEXT = 3;

    private MissingMarks() {}

    /**
     * The data set with such columns as numbers; it is read through only if the first rows leave one in doubt.
     *
     * @param commas whether numbers have decimal commas, and points between thousands
     */
    static Dataset<Row> toMissing(Dataset<Row> data, boolean commas) {
        List<String> strings = Stream.of(data.schema().fields()).filter(f -> f.dataType().equals(DataTypes.StringType))
                .map(StructField::name).toList();
        if (strings.isEmpty()) {
            return data;
        }
        List<Row> first = data.select(columns(strings)).takeAsList(FIRST_ROWS);
        if (first.isEmpty()) {
            return data;
        }
        List<String> likely = new ArrayList<>();
        for (int i = 0; i < strings.size(); i++) {
            int place = i;
            if (first.stream().allMatch(r -> kind(r.getString(place), commas) < TEXT)) {
                likely.add(strings.get(i));
            }
        }
        if (likely.isEmpty()) {
            return data;
        }
        UDF1<String, Integer> kind = value -> kind(value, commas);
        Row widest = data.select(likely.stream().map(name -> max(udf(kind, DataTypes.IntegerType).apply(column(name))))
                .toArray(Column[]::new)).first();
        Dataset<Row> result = data;
        for (int i = 0; i < likely.size(); i++) {
            if (widest.getInt(i) < TEXT) {
                Column value = value(likely.get(i));
                Column points = commas ? translate(value, ",.", ".") : value;
                result = result.withColumn(likely.get(i), points.cast(widest.getInt(i) == REAL ? "double" : "int"));
            }
        }
        return result;
    }

    /** For a message: a value of a column of text that is neither a number nor a mark of a missing one, if there is one. */
    public static Optional<String> anyText(Dataset<Row> data, String column) {
        Column value = trim(column(column));
        return data.filter(value.rlike("^(" + MARK + "|" + NUMBER + ")$").equalTo(false)).select(column(column)).takeAsList(1)
                .stream().map(r -> r.getString(0)).findFirst().map(text -> "\"" + text + "\""
                        + (IS_COMMA_NUMBER.matcher(text.strip()).matches()
                                ? " (numbers with decimal commas are read with --option decimal=,)" : ""));
    }

    private static int kind(String value, boolean commas) {
        String bare = value == null ? "" : value.strip();
        if (IS_WHOLE.matcher(bare).matches()) {
            return WHOLE;
        }
        return (commas ? IS_COMMA_NUMBER : IS_NUMBER).matcher(bare).matches() ? REAL
                : IS_MARK.matcher(bare).matches() ? MISSING : TEXT;
    }

    /** The text of a column, null where it holds a mark. */
    private static Column value(String name) {
        return when(trim(column(name)).rlike("^(" + MARK + ")$"), lit(null).cast("string")).otherwise(trim(column(name)));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(MissingMarks::column).toArray(Column[]::new);
    }

    private static Column column(String name) {
        return col("`" + name + "`");
    }
}
