package io.echelon.spark.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Design;
import io.echelon.estimate.fitted.GroupScoreTable;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.postestimation.Predicted;
import io.echelon.postestimation.predict.ScoresPlan;
import io.echelon.spark.Fitted;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.GroupBlockPacker;
import io.echelon.spark.prepare.Generation;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Predict;
import io.echelon.spec.Statement.StorageType;
import io.echelon.spec.Subset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code predict, scores}: the scores of each top-level group stand in the last of its rows, as in the manual. The rows of the
 * estimation sample are packed group by group once more, so that stored fits and other data have scores as well.
 */
final class ScoresCommand {
    /** Names that no variable can have. */
    private static final String ROW = "#row";
    private static final String GROUP = "#group";
    private static final String LAST = "#last";
    private static final String SCORE = "#score";

    private ScoresCommand() {}

    static PredictCommand.Predictions run(Predict command, Fitted fit, Dataset<Row> data) {
        ScoresPlan plan = ScoresPlan.of(command, fit.results());
        plan.names().forEach(n -> Generation.requireNew(data, n));
        Design design = fit.design();
        Rows asked = Rows.of(data, command.subset());
        Rows sample = Rows.of(asked.data(), new Subset(design.spec().sample().condition(), design.spec().sample().range()));
        Optional<Column> both = asked.condition().isPresent() && sample.condition().isPresent()
                ? Optional.of(asked.condition().get().and(sample.condition().get())) : asked.condition().or(sample::condition);
        Dataset<Row> rows = sample.data();
        Dataset<Row> scores = scores(plan, both.map(rows::filter).orElse(rows), design);
        long groups = scores.count();
        long count = asked.condition().map(rows::filter).orElse(rows).count();
        Dataset<Row> joined = lastRows(rows, both, design).join(scores, col(LAST).equalTo(scores.col(GROUP)), "left").orderBy(ROW);
        for (int k = 0; k < plan.names().size(); k++) {
            Column score = col(SCORE).getItem(k);
            joined = joined.withColumn(plan.names().get(k), command.type().filter(t -> t == StorageType.FLOAT).isPresent()
                    ? score.cast("float") : score);
        }
        return new PredictCommand.Predictions(asked.clean(sample.clean(joined.drop(ROW, LAST, GROUP, SCORE))),
                new Predicted(plan.title(), plan.names(), Optional.empty(), List.of(), count, count - groups, List.of()));
    }

    /** The rows with their number and, in the last complete row of each group, the group. */
    private static Dataset<Row> lastRows(Dataset<Row> rows, Optional<Column> condition, Design design) {
        String level = design.levels().get(0).grouping().get(0);
        Column complete = condition.map(c -> functions.coalesce(c, lit(false))).orElse(lit(true))
                .and(Schemas.column(level).isNotNull());
        for (var source : design.sources()) {
            Column value = Schemas.column(source.name());
            complete = complete.and(value.isNotNull()).and(source.labels().isPresent() ? value.notEqual("")
                    : value.cast("double").isNaN().unary_$bang());
        }
        Dataset<Row> numbered = rows.withColumn(ROW, functions.monotonically_increasing_id());
        Column key = PredictionInputs.key(level, rows.schema()).cast("string");
        // Rows that take no part are groups of their own, so that they do not come together in one partition.
        Column group = when(complete, concat(lit("g"), key)).otherwise(concat(lit("r"), col(ROW).cast("string")));
        Column last = functions.row_number().over(Window.partitionBy(GROUP).orderBy(col(ROW).desc())).equalTo(1)
                .and(col(GROUP).startsWith("g"));
        return numbered.withColumn(GROUP, group)
                .withColumn(LAST, when(last, functions.substring(col(GROUP), 2, Integer.MAX_VALUE))).drop(GROUP);
    }

    private static Dataset<Row> scores(ScoresPlan plan, Dataset<Row> rows, Design design) {
        PartStore<GroupBlock> parts = GroupBlockPacker.pack(rows, design).parts();
        PartStore.Kernel<GroupBlock, GroupScoreTable> kernel = plan.scores().of(parts);
        StructType schema = new StructType().add(GROUP, DataTypes.StringType, false)
                .add(SCORE, DataTypes.createArrayType(DataTypes.DoubleType, false), false);
        return PartRows.table(rows.sparkSession(), parts, p -> rows(kernel.apply(p)), schema);
    }

    private static List<Row> rows(GroupScoreTable table) {
        List<Row> rows = new ArrayList<>();
        for (int g = 0; g < table.groups().size(); g++) {
            rows.add(RowFactory.create(table.groups().get(g), table.scores().get(g)));
        }
        return rows;
    }
}
