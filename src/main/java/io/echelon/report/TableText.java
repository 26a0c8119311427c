package io.echelon.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of values as text for the terminal, as CSV, or as JSON lines. A long table may come in parts, rows after rows:
 * the names of the columns stand before the first one, which decides how wide columns of text are.
 */
public final class TableText {
    /** How a table is written. */
    public enum Format { TEXT, CSV, JSON }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WIDEST = 60;

    private final Format format;
    private int[] widths;

    /** A table in parts. */
    public TableText(Format format) {
        this.format = format;
    }

    /** The next part. */
    public String next(Table part) {
        boolean first = widths == null;
        if (first) {
            widths = widths(part);
        }
        return switch (format) {
            case TEXT -> text(part, widths, first);
            case CSV -> csv(part, first);
            case JSON -> json(part);
        };
    }

    /**
     * Aligned columns under their names, numbers as {@code %9.0g}, missing values as a dot; text longer than
     * {@value #WIDEST} is cut.
     */
    public static String text(Table table) {
        return text(table, widths(table), true);
    }

    private static int[] widths(Table table) {
        int[] widths = new int[table.columns().size()];
        for (int k = 0; k < widths.length; k++) {
            int column = k;
            widths[k] = table.rows().stream().mapToInt(r -> cell(r.get(column)).length())
                    .reduce(table.columns().get(k).name().length(), Math::max);
        }
        return widths;
    }

    private static String text(Table table, int[] widths, boolean names) {
        StringBuilder out = new StringBuilder();
        if (names) {
            append(out, table, table.columns().stream().map(Table.Column::name).toList(), widths);
        }
        table.rows().forEach(r -> append(out, table, r.stream().map(TableText::cell).toList(), widths));
        return out.toString();
    }

    /** Comma-separated values with a line of names, quoted where needed (RFC 4180), missing values empty. */
    public static String csv(Table table) {
        return csv(table, true);
    }

    private static String csv(Table table, boolean names) {
        StringBuilder out = new StringBuilder();
        if (names) {
            out.append(header(table)).append('\n');
        }
        table.rows().forEach(r -> out.append(r.stream().map(v -> v == null ? "" : quoted(v.toString()))
                .collect(Collectors.joining(","))).append('\n'));
        return out.toString();
    }

    private static String header(Table table) {
        return table.columns().stream().map(c -> quoted(c.name())).collect(Collectors.joining(","));
    }

    /** A JSON object a row and line, missing values null. */
    public static String json(Table table) {
        StringBuilder out = new StringBuilder();
        for (List<Object> row : table.rows()) {
            ObjectNode node = MAPPER.createObjectNode();
            for (int k = 0; k < row.size(); k++) {
                node.putPOJO(table.columns().get(k).name(), row.get(k));
            }
            out.append(node).append('\n');
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Table table, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int k = 0; k < widths.length; k++) {
            boolean left = table.columns().get(k).type() == Table.Type.TEXT;
            line.append(k == 0 ? "" : "  ")
                    .append(left ? StataFormat.padRight(cells.get(k), widths[k]) : StataFormat.pad(cells.get(k), widths[k]));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cell(Object value) {
        if (value == null) {
            return ".";
        }
        if (value instanceof Double d) {
            return StataFormat.general(d, 9).strip();
        }
        String s = value.toString().replaceAll("\\s+", " ");
        return s.length() <= WIDEST ? s : s.substring(0, WIDEST - 2) + "..";
    }

    private static String quoted(String s) {
        return s.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + s.replace("\"", "\"\"") + "\"" : s;
    }
}
