package io.echelon.spark.prepare;

import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Expression;
import io.echelon.spec.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code mkmat}: matrices from the rows of a data set. */
public final class DataMatrices {
    private static final int MOST_ROWS = 11_000;

    private DataMatrices() {}

    /** The matrices by name: one of all variables, or a column for each variable. */
    public static Map<String, double[][]> make(Dataset<Row> data, Statement.Mkmat m) {
        List<String> variables = Schemas.of(data.schema()).expandAll(m.variables()).stream().map(Schema.Variable::name).toList();
        Dataset<Row> selected = Rows.of(data, m.subset()).selected();
        ExpressionTranslator translator = new ExpressionTranslator(selected);
        Column[] columns = variables.stream().map(v -> translator.number(new Expression.Name(v))).toArray(Column[]::new);
        List<Row> rows = selected.select(columns).limit(MOST_ROWS + 1).collectAsList();
        if (rows.isEmpty() || rows.size() > MOST_ROWS) {
            throw EchelonException.misuse("mkmat: " + (rows.isEmpty() ? "no rows"
                    : "a matrix has at most " + MOST_ROWS + " rows; choose some with if or in"));
        }
        Map<String, double[][]> made = new LinkedHashMap<>();
        if (m.matrix().isPresent()) {
            made.put(m.matrix().get(), values(rows, 0, variables.size()));
        } else {
            for (int v = 0; v < variables.size(); v++) {
                made.put(variables.get(v), values(rows, v, v + 1));
            }
        }
        return made;
    }

    private static double[][] values(List<Row> rows, int from, int to) {
        double[][] m = new double[rows.size()][to - from];
        for (int i = 0; i < m.length; i++) {
            for (int j = from; j < to; j++) {
                m[i][j - from] = rows.get(i).isNullAt(j) ? Double.NaN : rows.get(i).getDouble(j);
            }
        }
        return m;
    }
}
