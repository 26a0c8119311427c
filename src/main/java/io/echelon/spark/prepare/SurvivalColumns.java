package io.echelon.spark.prepare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.echelon.postestimation.SurvivalSummary;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Expression;
import io.echelon.spec.SurvivalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** Why a record is not used; missing where it is. Only while the records are counted. */
    private static final String REASON = "_echelon_st_reason";
    private static final List<String> REASONS = List.of("ignored because of if",
            "event time missing", "entry time missing", "origin missing", "observations begin on or after (first) failure",
            "observations begin on or after exit", "observations end on or before enter()");

    private final Dataset<Row> marked;
    private final SurvivalTime declared;
    private final Optional<Column> subject;

    private SurvivalColumns(Dataset<Row> marked, SurvivalTime declared, Optional<Column> subject) {
        this.marked = marked;
        this.declared = declared;
        this.subject = subject;
    }

    /** The columns of a data set, made anew if they are there. */
    public static SurvivalColumns of(Dataset<Row> data, SurvivalTime s) {
        ExpressionTranslator translator = new ExpressionTranslator(data);
        Column time = translator.number(new Expression.Name(s.time()));
        Optional<Column> subject = s.id().map(id -> Schemas.column(Schemas.of(data.schema()).require(id).name()));
        Moments moments = new Moments(translator, time, subject);
        Column origin = s.origin().map(moments::of).orElse(lit(0.0));
        Column end = scaled(time, origin, s);
        Column failed = s.failure().map(f -> event(translator, f)).orElse(lit(true));

        Optional<Column> exit = s.exit().filter(m -> !(m instanceof SurvivalTime.FirstFailure))
                .map(m -> scaled(moments.of(m), origin, s));
        Column t = exit.map(x -> least(end, x)).orElse(end);
        Column d = exit.map(x -> failed.and(coalesce(end.leq(x), lit(true)))).orElse(failed);

        Optional<WindowSpec> history = subject.map(id -> Window.partitionBy(id).orderBy(end));
        Column begin = s.time0().map(v -> scaled(translator.number(new Expression.Name(v)), origin, s))
                .orElseGet(() -> history.map(h -> coalesce(lag(end, 1).over(h), lit(0.0))).orElse(lit(0.0)));
        Optional<Column> enter = s.enter().map(m -> scaled(moments.of(m), origin, s));
        Column t0 = greatest(lit(0.0), enter.map(e -> greatest(begin, e)).orElse(begin));
        Column failedBefore = history.map(h -> coalesce(max(d.cast("int"))
                .over(h.rowsBetween(Window.unboundedPreceding(), -1)), lit(0)).equalTo(1)).orElse(lit(false));

        Column reason = when(s.condition().map(c -> translator.condition(c).unary_$bang()).orElse(lit(false)), lit(0))
                .when(time.isNull(), lit(1))
                .when(enter.map(Column::isNull).orElse(lit(false)), lit(2))
                .when(origin.isNull(), lit(3))
                .when(failedBefore, lit(4))
                .when(exit.map(begin::geq).orElse(lit(false)), lit(5))
                .when(coalesce(t.leq(t0), lit(true)), lit(6));
        // Windows are evaluated before anything is filtered on them.
        Dataset<Row> marked = data.withColumn(REASON, reason);
        Column used = col(REASON).isNull();
        return new SurvivalColumns(marked.withColumn("_st", used.cast("int"))
                .withColumn("_d", when(used, d.cast("int")))
                .withColumn("_t", when(used, t))
                .withColumn("_t0", when(used, t0)), s, subject);
    }

    /** The data set with {@code _t0 _t _d _st}. */
    public Dataset<Row> data() {
        return marked.drop(REASON);
    }

    /** Counts the records: a pass over the data. */
    public SurvivalSummary summary() {
        List<Column> figures = new ArrayList<>();
        for (int k = 0; k < REASONS.size(); k++) {
            figures.add(count(when(col(REASON).equalTo(k), lit(1))));
        }
        figures.add(coalesce(sum(col("_d")), lit(0L)));
        figures.add(sum(col("_t").minus(col("_t0"))));
        figures.add(min(col("_t0")));
        figures.add(max(col("_t")));
        figures.add(subject.map(id -> count_distinct(when(col("_st").equalTo(1), id))).orElse(lit(-1L)));
        Row row = marked.agg(count(lit(1)), figures.toArray(Column[]::new)).head();
        Map<String, Long> exclusions = new LinkedHashMap<>();
        for (int k = 0; k < REASONS.size(); k++) {
            if (row.getLong(1 + k) > 0) {
                exclusions.put(REASONS.get(k), row.getLong(1 + k));
            }
        }
        int next = 1 + REASONS.size();
        return new SurvivalSummary(declared.declaration(), row.getLong(0), exclusions, row.getLong(next + 4),
                row.getLong(next), number(row, next + 1), number(row, next + 2), number(row, next + 3));
    }

    private static double number(Row row, int k) {
        return row.isNullAt(k) ? Double.NaN : row.getDouble(k);
    }

    private static Column scaled(Column time, Column origin, SurvivalTime s) {
        Column since = time.minus(origin);
        return s.scale() == 1 ? since : since.divide(s.scale());
    }

    /** The times of moments: of an event, when the first record of the subject ends that has it. */
    private record Moments(ExpressionTranslator translator, Column time, Optional<Column> subject) {
        Column of(SurvivalTime.Moment moment) {
            if (moment instanceof SurvivalTime.At at) {
                return translator.number(at.time());
            }
            Column here = when(event(translator, (SurvivalTime.Event) moment), time);
            return subject.map(id -> min(here).over(Window.partitionBy(id))).orElse(here);
        }
    }

    private static Column event(ExpressionTranslator translator, SurvivalTime.Event event) {
        Column value = translator.number(new Expression.Name(event.variable()));
        if (event.values().isEmpty()) {
            return coalesce(value.notEqual(0), lit(false));
        }
        return coalesce(value.isin(event.values().toArray()), lit(false));
    }
}
