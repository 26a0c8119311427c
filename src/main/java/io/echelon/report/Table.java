package io.echelon.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table of values: what is written as Parquet and shown by name.
 *
 * @param name    name of the table: {@code coefficients}
 * @param columns names and types
 * @param rows    values in the order of the columns: {@link String}, {@link Long}, {@link Double}, {@link Boolean}, or
 *                null where there is none; never NaN
 */
public record Table(String name, List<Column> columns, List<List<Object>> rows) {
    /** Type of a column. */
    public enum Type { TEXT, WHOLE, NUMBER, FLAG }

    /** A column. */
    public record Column(String name, Type type) {}

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(Collections::unmodifiableList).toList();
    }

    /** With another column of texts, the same in every row. */
    public Table with(String column, String value) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(column, Type.TEXT));
        return new Table(name, more, rows.stream().map(r -> {
            List<Object> longer = new ArrayList<>(r);
            longer.add(value);
            return longer;
        }).toList());
    }

    /** The first rows only. */
    public Table limit(int n) {
        return new Table(name, columns, rows.subList(0, Math.min(n, rows.size())));
    }
}
