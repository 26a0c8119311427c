package io.echelon.spark.prepare;

import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Statement;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code keep} and {@code drop}, of rows and of variables. */
public final class Selections {
    private Selections() {}

    /** The rows that stay. */
    public static Dataset<Row> rows(Dataset<Row> data, Statement.SelectRows s) {
        Rows rows = Rows.of(data, s.subset());
        return s.selection() == Statement.Selection.KEEP ? rows.selected() : rows.others();
    }

    /** The variables that stay, in the order of the data set. */
    public static Dataset<Row> variables(Dataset<Row> data, Statement.SelectVariables s) {
        Schema schema = Schemas.of(data.schema());
        List<Schema.Variable> named = schema.expandAll(s.variables());
        boolean keep = s.selection() == Statement.Selection.KEEP;
        Column[] stay = schema.variables().stream().filter(v -> named.contains(v) == keep)
                .map(v -> Schemas.column(v.name())).toArray(Column[]::new);
        if (stay.length == 0) {
            throw EchelonException.misuse(s.text() + " would leave no variable");
        }
        return data.select(stay);
    }
}
