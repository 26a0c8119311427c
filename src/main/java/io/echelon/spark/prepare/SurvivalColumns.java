package io.echelon.spark.prepare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.echelon.error.EchelonException;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Expression;
import io.echelon.spec.SurvivalTime;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * {@code stset}: makes {@code _t0} and {@code _t} (when a record begins and ends, in analysis time), {@code _d} (whether
 * it ends in failure) and {@code _st} (whether it is to be used).
 */
public final class SurvivalColumns {
    private SurvivalColumns() {}

    /** The data set with {@code _t0 _t _d _st}, made anew if they are there. */
    public static Dataset<Row> set(Dataset<Row> data, SurvivalTime s) {
        ExpressionTranslator translator = new ExpressionTranslator(data);
        Column origin = s.origin().map(m -> at(translator, m, "origin()")).orElse(lit(0.0));
        Column end = scaled(translator.number(new Expression.Name(s.time())), origin, s);
        Column failed = s.failure().map(f -> event(translator, f)).orElse(lit(true));

        Optional<Column> exit = s.exit().filter(m -> !(m instanceof SurvivalTime.FirstFailure))
                .map(m -> scaled(at(translator, m, "exit()"), origin, s));
        Column t = exit.map(x -> least(end, x)).orElse(end);
        Column d = exit.map(x -> failed.and(coalesce(end.leq(x), lit(true)))).orElse(failed);

        Optional<WindowSpec> history = s.id().map(id -> Window.partitionBy(Schemas.column(
                Schemas.of(data.schema()).require(id).name())).orderBy(end));
        Column begin = s.time0().map(v -> scaled(translator.number(new Expression.Name(v)), origin, s))
                .orElseGet(() -> history.map(h -> coalesce(lag(end, 1).over(h), lit(0.0))).orElse(lit(0.0)));
        Column t0 = greatest(lit(0.0), s.enter().map(m -> greatest(begin, scaled(at(translator, m, "enter()"), origin, s)))
                .orElse(begin));
        Column failedBefore = history.map(h -> coalesce(max(d.cast("int"))
                .over(h.rowsBetween(Window.unboundedPreceding(), -1)), lit(0)).equalTo(1)).orElse(lit(false));

        Column used = coalesce(t.gt(t0), lit(false)).and(failedBefore.unary_$bang());
        Column wanted = s.condition().map(c -> used.and(translator.condition(c))).orElse(used);
        return data.withColumn("_st", wanted.cast("int"))
                .withColumn("_d", when(wanted, d.cast("int")))
                .withColumn("_t", when(wanted, t))
                .withColumn("_t0", when(wanted, t0));
    }

    private static Column scaled(Column time, Column origin, SurvivalTime s) {
        Column since = time.minus(origin);
        return s.scale() == 1 ? since : since.divide(s.scale());
    }

    private static Column at(ExpressionTranslator translator, SurvivalTime.Moment moment, String option) {
        if (moment instanceof SurvivalTime.At at) {
            return translator.number(at.time());
        }
        throw EchelonException.misuse("stset " + option + " with an event is not available yet; generate the time of the "
                + "event and write " + option.replace("()", "(time variable)"));
    }

    private static Column event(ExpressionTranslator translator, SurvivalTime.Event event) {
        Column value = translator.number(new Expression.Name(event.variable()));
        if (event.values().isEmpty()) {
            return coalesce(value.notEqual(0), lit(false));
        }
        return coalesce(value.isin(event.values().toArray()), lit(false));
    }
}
