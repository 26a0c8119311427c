package io.echelon.spark.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Makes numbers of the columns of a text file that hold nothing but numbers and the marks by which R, Stata and
 * spreadsheets write a missing value: {@code NA}, {@code .}, {@code .a} to {@code .z}, {@code N/A}, {@code NULL}, blanks.
 */
final class MissingMarks {
    private static final String MARK = "(?i)|NA|NaN|#?N/A|NULL|\\.[a-z]?";
    private static final String WHOLE_NUMBER = "[+-]?[0-9]{1,9}";
    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";
    private static final String COMMA_NUMBER = "[+-]?(([0-9]{1,3}(\\.[0-9]{3})+|[0-9]+)(,[0-9]*)?|,[0-9]+)([eE][+-]?[0-9]+)?";
    private static final Predicate<String> IS_MARK = Pattern.compile(MARK).asMatchPredicate();
    /** Rows that are looked at first; most string columns show at once that they are no numbers. */
    private static final int FIRST_ROWS = 1000;

    private MissingMarks() {}

    /**
     * The data set with such columns as numbers; it is read through only if the first rows leave one in doubt.
     *
     * @param commas whether numbers have decimal commas, and points between thousands
     */
    static Dataset<Row> toMissing(Dataset<Row> data, boolean commas) {
        String number = commas ? COMMA_NUMBER : NUMBER;
        Predicate<String> isNumber = Pattern.compile(number).asMatchPredicate();
        List<String> strings = Stream.of(data.schema().fields()).filter(f -> f.dataType().equals(DataTypes.StringType))
                .map(StructField::name).toList();
        if (strings.isEmpty()) {
            return data;
        }
        List<Row> first = data.select(columns(strings)).takeAsList(FIRST_ROWS);
        List<String> likely = new ArrayList<>();
        for (int i = 0; i < strings.size(); i++) {
            int place = i;
            List<String> values = first.stream().map(r -> r.getString(place)).filter(Objects::nonNull).map(String::strip)
                    .filter(IS_MARK.negate()).toList();
            if (!values.isEmpty() && values.stream().allMatch(isNumber)) {
                likely.add(strings.get(i));
            }
        }
        if (likely.isEmpty()) {
            return data;
        }
        List<Column> doubts = new ArrayList<>();
        for (String name : likely) {
            doubts.add(max(when(value(name).isNotNull().and(not(is(name, number))), 1).otherwise(0)));
            doubts.add(max(when(value(name).isNotNull().and(not(is(name, WHOLE_NUMBER))), 1).otherwise(0)));
        }
        Row found = data.select(doubts.toArray(Column[]::new)).first();
        Dataset<Row> result = data;
        for (int i = 0; i < likely.size(); i++) {
            if (found.getInt(2 * i) == 0) {
                Column value = value(likely.get(i));
                Column points = commas ? translate(value, ",.", ".") : value;
                result = result.withColumn(likely.get(i), points.cast(found.getInt(2 * i + 1) == 0 ? "int" : "double"));
            }
        }
        return result;
    }

    /** The text of a column, null where it holds a mark. */
    private static Column value(String name) {
        return when(not(is(name, MARK)), trim(column(name))).otherwise(lit(null).cast("string"));
    }

    private static Column is(String name, String pattern) {
        return trim(column(name)).rlike("^(" + pattern + ")$");
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(MissingMarks::column).toArray(Column[]::new);
    }

    private static Column column(String name) {
        return col("`" + name + "`");
    }
}
