package io.echelon.spark.prepare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Survey;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.FactorSurvey;
import io.echelon.spark.read.Schemas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** {@code egen group()}: numbers the distinct combinations of variables in sorted order, from 1; missing numbers come last. */
final class GroupNumbers {
    private GroupNumbers() {}

    /** The number of each row's combination; missing where a variable is, unless missing counts as a value. */
    static Column of(Rows rows, List<String> variables, boolean missingIsValue) {
        List<Survey.Cell> cells = new ArrayList<>(
                new FactorSurvey(rows.selected()).observe(List.of(variables), missingIsValue ? List.of() : variables).get(0));
        cells.sort(Comparator.comparing(Survey.Cell::values, GroupNumbers::compare));
        HashMap<List<Object>, Integer> numbers = new HashMap<>();
        cells.forEach(cell -> numbers.put(cell.values(), numbers.size() + 1));
        Dataset<Row> data = rows.data();
        Broadcast<HashMap<List<Object>, Integer>> shared = JavaSparkContext.fromSparkContext(
                ((org.apache.spark.sql.classic.SparkSession) data.sparkSession()).sparkContext()).broadcast(numbers);
        UDF1<Row, Integer> number = row -> shared.value().get(values(row));
        Column[] keys = variables.stream().map(v -> isText(data, v) ? coalesce(Schemas.text(v), lit(""))
                : coalesce(Schemas.column(v).cast("double"), lit(Double.NaN)).plus(0.0)).toArray(Column[]::new);
        Column numbered = udf(number, DataTypes.IntegerType).apply(struct(keys));
        return missingIsValue ? numbered : when(complete(data, variables), numbered);
    }

    /** Whether no variable is missing. */
    static Column complete(Dataset<Row> data, List<String> variables) {
        return variables.stream().map(v -> isText(data, v)
                ? Schemas.column(v).isNotNull().and(Schemas.text(v).notEqual(""))
                : Schemas.column(v).isNotNull().and(functions.isnan(Schemas.column(v).cast("double")).unary_$bang()))
                .reduce(Column::and).orElseThrow();
    }

    private static boolean isText(Dataset<Row> data, String variable) {
        return Schemas.isText(data.schema(), variable);
    }

    private static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(row.get(i));
        }
        return values;
    }

    private static int compare(List<Object> a, List<Object> b) {
        for (int i = 0; i < a.size(); i++) {
            int c = a.get(i) instanceof String s ? s.compareTo((String) b.get(i))
                    : Double.compare((Double) a.get(i), (Double) b.get(i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }
}
