package io.echelon.spark.prepare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.expression.Value;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.EgenFunction;
import io.echelon.spec.Expression;
import io.echelon.spec.Statement;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** {@code egen}: new variables that need more than their own row. */
public final class Egen {
    private final Rows rows;
    private final List<String> by;

    private Egen(Rows rows, List<String> by) {
        this.rows = rows;
        this.by = by;
    }

    /** The data set with the new variable. */
    public static Dataset<Row> generate(Dataset<Row> data, Statement.Egen e) {
        Generation.requireNew(data, e.name());
        Schema schema = Schemas.of(data.schema());
        List<String> by = schema.expandAll(e.by()).stream().map(Schema.Variable::name).toList();
        EgenFunction f = e.function();
        Rows rows = f instanceof EgenFunction.Aggregate a ? Rows.of(data, e.subset(), a.value())
                : f instanceof EgenFunction.Standardize s ? Rows.of(data, e.subset(), s.value())
                : Rows.of(data, e.subset());
        Column value = new Egen(rows, by).value(f, schema);
        Column stored = e.type().map(t -> Generation.stored(new Value.Numeric(value.cast("double")), t)).orElse(value);
        return rows.clean(rows.data().withColumn(e.name(), Generation.touched(rows, stored)));
    }

    private Column value(EgenFunction f, Schema schema) {
        if (f instanceof EgenFunction.Group g) {
            return GroupNumbers.of(rows, names(schema, g.variables()), g.missing());
        }
        if (f instanceof EgenFunction.Tag t) {
            return tag(names(schema, t.variables()));
        }
        if (f instanceof EgenFunction.Standardize s) {
            return standardized(s);
        }
        EgenFunction.Aggregate a = (EgenFunction.Aggregate) f;
        return aggregate(a.kind(), touched(a.value()));
    }

    private static List<String> names(Schema schema, List<String> typed) {
        return schema.expandAll(typed).stream().map(Schema.Variable::name).toList();
    }

    /** The values of the rows touched; missing in the others, so that they take no part. */
    private Column touched(Expression value) {
        return Generation.touched(rows, new ExpressionTranslator(rows.data()).number(value));
    }

    private Column standardized(EgenFunction.Standardize s) {
        if (!by.isEmpty()) {
            throw EchelonException.misuse("std() cannot be used with by(); generate it from mean() and sd() with by()");
        }
        Column x = touched(s.value());
        Row figures = rows.data().agg(functions.avg(x), functions.stddev_samp(x)).first();
        if (figures.isNullAt(0) || figures.isNullAt(1) || !(figures.getDouble(1) > 0)) {
            throw EchelonException.failure("std(): the values have no spread; at least two different ones are needed");
        }
        return x.minus(figures.getDouble(0)).divide(figures.getDouble(1)).multiply(s.sd()).plus(s.mean());
    }

    private Column tag(List<String> variables) {
        Column complete = GroupNumbers.complete(rows.data(), variables);
        Column counted = rows.condition().map(complete::and).orElse(complete);
        Column[] keys = variables.stream().map(Schemas::column).toArray(Column[]::new);
        Column first = row_number().over(Window.partitionBy(withFlag(keys, counted)).orderBy(monotonically_increasing_id()));
        return when(counted.and(first.equalTo(1)), 1.0).otherwise(0.0);
    }

    private static Column[] withFlag(Column[] keys, Column flag) {
        Column[] all = java.util.Arrays.copyOf(keys, keys.length + 1);
        all[keys.length] = flag;
        return all;
    }

    /** The figure of each row's group; a total of nothing is 0. */
    private Column aggregate(EgenFunction.Aggregate.Kind kind, Column x) {
        Column aggregate = of(kind, x);
        Column figure = by.isEmpty() ? lit(rows.data().agg(aggregate).first().get(0))
                : aggregate.over(Window.partitionBy(by.stream().map(Schemas::column).toArray(Column[]::new)));
        Column number = figure.cast("double");
        return kind == EgenFunction.Aggregate.Kind.TOTAL ? coalesce(number, lit(0.0)) : number;
    }

    private static Column of(EgenFunction.Aggregate.Kind kind, Column x) {
        return switch (kind) {
            case MEAN -> functions.avg(x);
            case TOTAL -> functions.sum(x);
            case MIN -> functions.min(x);
            case MAX -> functions.max(x);
            case COUNT -> functions.count(x);
            case SD -> functions.stddev_samp(x);
            case MEDIAN -> functions.median(x);
        };
    }
}
