package io.echelon.spark.pack;

import io.echelon.design.Survey;
import io.echelon.spark.read.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** Finds the values of factor variables that occur, in one pass without a shuffle. */
public final class FactorSurvey implements Survey {
    private final Dataset<Row> data;

    /** A survey of these rows. */
    public FactorSurvey(Dataset<Row> data) {
        this.data = data;
    }

    @Override
    public List<List<Cell>> observe(List<List<String>> crossings, List<String> complete) {
        List<String> variables = List.copyOf(new LinkedHashSet<>(crossings.stream().flatMap(List::stream).toList()));
        Optional<Column> present = complete.stream().map(this::present).reduce(Column::and);
        Column[] selected = variables.stream().map(v -> isText(v) ? Schemas.text(v).as(v)
                : Schemas.column(v).cast("double").as(v)).toArray(Column[]::new);
        boolean[] text = new boolean[selected.length];
        for (int v = 0; v < text.length; v++) {
            text[v] = isText(variables.get(v));
        }
        int[][] positions = crossings.stream()
                .map(c -> c.stream().mapToInt(variables::indexOf).toArray()).toArray(int[][]::new);
        SampleRows rows = new SampleRows(present.map(data::filter).orElse(data).select(selected));
        return cells(rows.merged(some -> count(some, positions, text), FactorSurvey::merge));
    }

    private Column present(String variable) {
        Column column = Schemas.column(variable);
        if (isText(variable)) {
            return column.isNotNull().and(Schemas.text(variable).notEqual(""));
        }
        String type = data.schema().apply(variable).dataType().typeName();
        boolean floating = type.equals("double") || type.equals("float");
        return floating ? column.isNotNull().and(functions.isnan(column).unary_$bang()) : column.isNotNull();
    }

    private boolean isText(String variable) {
        return Schemas.isText(data.schema(), variable);
    }

    private static ArrayList<HashMap<List<Object>, Long>> count(Iterator<InternalRow> rows, int[][] positions, boolean[] text) {
        ArrayList<HashMap<List<Object>, Long>> counts = new ArrayList<>();
        for (int c = 0; c < positions.length; c++) {
            counts.add(new HashMap<>());
        }
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            for (int c = 0; c < positions.length; c++) {
                List<Object> values = new ArrayList<>(positions[c].length);
                for (int p : positions[c]) {
                    values.add(text[p] ? row.isNullAt(p) ? "" : row.getUTF8String(p).toString()
                            : (Object) (row.isNullAt(p) ? Double.NaN : row.getDouble(p) + 0.0));
                }
                counts.get(c).merge(values, 1L, Long::sum);
            }
        }
        return counts;
    }

    private static ArrayList<HashMap<List<Object>, Long>> merge(ArrayList<HashMap<List<Object>, Long>> all,
                                                                ArrayList<HashMap<List<Object>, Long>> part) {
        for (int c = 0; c < all.size(); c++) {
            HashMap<List<Object>, Long> counts = all.get(c);
            part.get(c).forEach((values, n) -> counts.merge(values, n, Long::sum));
        }
        return all;
    }

    private static List<List<Cell>> cells(List<HashMap<List<Object>, Long>> counts) {
        return counts.stream().map(c -> c.entrySet().stream().map(e -> new Cell(e.getKey(), e.getValue())).toList()).toList();
    }
}
