package io.echelon.spark.prepare;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Schema;
import io.echelon.design.Survey;
import io.echelon.error.EchelonException;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.FactorSurvey;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** {@code tabulate x, generate(stub)}: an indicator for each level. */
public final class Indicators {
    private static final int MOST_LEVELS = 1000;

    private Indicators() {}

    /** The data set with {@code stub1, stub2, ...} for the levels in sorted order; missing where the variable is. */
    public static Dataset<Row> generate(Dataset<Row> data, Statement.TabulateGenerate t) {
        Schema.Variable variable = Schemas.of(data.schema()).require(t.variable());
        Rows rows = Rows.of(data, t.subset());
        List<String> asked = List.of(variable.name());
        List<Object> levels = new FactorSurvey(rows.selected()).observe(List.of(asked), asked).get(0).stream()
                .map(Survey.Cell::values).map(v -> v.get(0)).sorted().toList();
        if (levels.size() > MOST_LEVELS) {
            throw EchelonException.misuse("tabulate " + t.variable() + ", generate(): " + levels.size() + " levels, at most "
                    + MOST_LEVELS + " indicators can be made; i." + t.variable() + " needs none");
        }
        Column present = GroupNumbers.complete(rows.data(), asked);
        List<Column> columns = new ArrayList<>(List.of(functions.col("*")));
        for (int k = 0; k < levels.size(); k++) {
            String name = t.stub() + (k + 1);
            Generation.requireNew(data, name);
            Column value = Schemas.isText(rows.data().schema(), variable.name()) ? Schemas.text(variable.name())
                    : Schemas.column(variable.name());
            Column indicator = when(value.equalTo(lit(levels.get(k))), 1.0).otherwise(0.0);
            columns.add(Generation.touched(rows, when(present, indicator)).as(name));
        }
        return rows.clean(rows.data().select(columns.toArray(Column[]::new)));
    }
}
