package io.echelon.spark.predict;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.echelon.estimate.fitted.EffectErrors;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.PredictionErrors;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.postestimation.Predicted;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.postestimation.predict.PredictionPlan;
import io.echelon.spark.Fitted;
import io.echelon.spark.engine.DriverBudget;
import io.echelon.spark.pack.GroupBlockPacker;
import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Predicted random effects that come to the rows by a join on their group, level by level, where there are too many to send all
 * to every executor. Each row gets an array for each level: q effects, their q standard errors and, where limits are asked
 * for, the errors of the s effects of the group and those it lies in, s² and s·p numbers.
 */
final class JoinedEffects {
    /** What a group takes in an {@link EffectIndex}, and an effect with its standard error; names of groups are longer than numbers. */
    private static final long BYTES_OF_GROUP = 128;
    private static final long BYTES_OF_EFFECT = 16;
    /** Names that no variable can have. */
    private static final String ROW = "#row";
    private static final String KEY = "#key";
    private static final String EFFECTS = "#effects";

    private JoinedEffects() {}

    /** Whether there are so many groups; levels without groups and crossed ones are small enough. */
    static boolean wanted(Fitted fit, PredictionPlan plan) {
        boolean nested = !fit.design().crossed() && plan.levels().size() == fit.design().levels().size()
                && plan.levels().stream().noneMatch(l -> l.grouping().isEmpty() || l.terms().get(0).startsWith("R."));
        long bytes = 0;
        List<GroupSummary> groups = fit.estimates().groups();
        for (int l = 0; nested && l < groups.size(); l++) {
            int q = plan.levels().get(l).terms().size();
            long errors = plan.needsErrors() ? 8L * (q * q + q * fit.design().estimated().size()) : 0;
            bytes += groups.get(l).n() * (BYTES_OF_GROUP + q * BYTES_OF_EFFECT + errors);
        }
        return nested && bytes > DriverBudget.effects(SparkSession.active());
    }

    /** The effects of a level in {@link #join}; missing for groups not seen. */
    static Column effects(int level) {
        return col(EFFECTS + level);
    }

    /** The groups of a level that were not seen in estimation, and their rows; without the join that {@link #join} makes. */
    static Predicted.Unseen unseen(Dataset<Row> rows, Fitted fit, PredictedLevel level) {
        Dataset<Row> counts = rows.select(key(level, rows).as(KEY)).na().drop().groupBy(KEY).count();
        Dataset<Row> known = fit.randomEffects().get().filter(col("level").equalTo(level.path())
                .and(col("term").equalTo(level.terms().get(0))));
        Row unseen = counts.join(known, counts.col(KEY).equalTo(known.col("group")), "left_anti")
                .agg(functions.count(lit(1)), functions.sum("count")).first();
        return new Predicted.Unseen(level.path(), unseen.getLong(0), unseen.isNullAt(1) ? 0 : unseen.getLong(1));
    }

    private static Column key(PredictedLevel level, Dataset<Row> rows) {
        return level.grouping().stream().map(v -> PredictionInputs.key(v, rows.schema()).cast("string"))
                .reduce((a, b) -> concat(a, lit(">"), b)).orElseThrow();
    }

    /** The rows with their groups and the effects of these. */
    static Dataset<Row> join(Dataset<Row> rows, Fitted fit, PredictionPlan plan) {
        Dataset<Row> joined = rows.withColumn(ROW, functions.monotonically_increasing_id());
        Dataset<Row> errors = plan.needsErrors() ? errors(fit, plan) : null;
        for (int l = 0; l < plan.levels().size(); l++) {
            PredictedLevel level = plan.levels().get(l);
            Dataset<Row> table = table(fit, plan, level);
            if (errors != null) {
                Dataset<Row> own = errors.filter(col("level").equalTo(level.path()));
                table = table.join(own, table.col("group").equalTo(own.col("group")))
                        .select(table.col("group"), concat(table.col("effects"), own.col("errors")).as("effects"));
            }
            Dataset<Row> named = table.toDF("#group" + l, EFFECTS + l);
            joined = joined.withColumn(KEY + l, key(level, rows));
            joined = joined.join(named, joined.col(KEY + l).equalTo(named.col("#group" + l)), "left").drop("#group" + l);
        }
        return joined;
    }

    /** The rows in their order, without what was joined. */
    static Dataset<Row> clean(Dataset<Row> joined) {
        return joined.orderBy(ROW).drop(Arrays.stream(joined.columns()).filter(c -> c.startsWith("#")).toArray(String[]::new));
    }

    /** A row a group: q effects and q standard errors. */
    private static Dataset<Row> table(Fitted fit, PredictionPlan plan, PredictedLevel level) {
        boolean modes = plan.modes() && fit.design().spec().command() != CommandName.MIXED;
        Column value = functions.coalesce(col(modes ? "mode" : "estimate"), lit(0.0));
        Column error = functions.coalesce(col(modes ? "mode_std_error" : "std_error"), lit(Double.NaN));
        Dataset<Row> rows = fit.randomEffects().get().filter(col("level").equalTo(level.path()));
        if (level.terms().size() == 1) {
            return rows.select(col("group"), array(value, error).as("effects"));
        }
        List<Column> all = new ArrayList<>();
        for (Column c : List.of(value, error)) {
            level.terms().forEach(t -> all.add(max(when(col("term").equalTo(t), c))));
        }
        return rows.groupBy("group").agg(array(all.toArray(Column[]::new)).as("effects"));
    }

    /** A row a level and group: the errors of the effects of the group and those it lies in. */
    private static Dataset<Row> errors(Fitted fit, PredictionPlan plan) {
        PartStore<GroupBlock> parts = GroupBlockPacker.pack(fit.estimationSample(), fit.design()).parts();
        PartStore.Kernel<GroupBlock, List<PredictionErrors>> kernel = EffectErrors.of(fit.design(), fit.estimates(),
                plan.modes(), parts);
        StructType schema = new StructType().add("level", DataTypes.StringType, false).add("group", DataTypes.StringType, false)
                .add("errors", DataTypes.createArrayType(DataTypes.DoubleType, false), false);
        return PartRows.table(SparkSession.active(), parts, p -> rows(kernel.apply(p)), schema);
    }

    private static List<Row> rows(List<PredictionErrors> levels) {
        List<Row> rows = new ArrayList<>();
        for (PredictionErrors level : levels) {
            for (int g = 0; g < level.keys().size(); g++) {
                rows.add(RowFactory.create(level.level(), String.join(">", level.keys().get(g)), DoubleStream.concat(
                        Arrays.stream(level.variance()[g]), Arrays.stream(level.withFixed()[g])).toArray()));
            }
        }
        return rows;
    }
}
