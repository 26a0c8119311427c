package io.echelon.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A table of values as text for the terminal, as CSV, or as JSON lines. */
public final class TableText {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WIDEST = 60;

    private TableText() {}

    /**
     * Aligned columns under their names, numbers as {@code %9.0g}, missing values as a dot; text longer than
     * {@value #WIDEST} is cut.
     */
    public static String text(Table table) {
        int[] widths = new int[table.columns().size()];
        List<List<String>> cells = table.rows().stream().map(r -> r.stream().map(TableText::cell).toList()).toList();
        for (int k = 0; k < widths.length; k++) {
            int column = k;
            widths[k] = cells.stream().mapToInt(r -> r.get(column).length())
                    .reduce(table.columns().get(k).name().length(), Math::max);
        }
        StringBuilder out = new StringBuilder();
        append(out, table, table.columns().stream().map(Table.Column::name).toList(), widths);
        cells.forEach(r -> append(out, table, r, widths));
        return out.toString();
    }

    /** Comma-separated values with a line of names, quoted where needed (RFC 4180), missing values empty. */
    public static String csv(Table table) {
        StringBuilder out = new StringBuilder();
        out.append(table.columns().stream().map(c -> quoted(c.name())).collect(Collectors.joining(","))).append('\n');
        table.rows().forEach(r -> out.append(r.stream().map(v -> v == null ? "" : quoted(v.toString()))
                .collect(Collectors.joining(","))).append('\n'));
        return out.toString();
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
