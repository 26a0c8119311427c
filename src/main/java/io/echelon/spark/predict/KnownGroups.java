package io.echelon.spark.predict;

import io.echelon.design.Design;
import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.estimate.fitted.CrossedEffectErrors;
import io.echelon.estimate.fitted.CrossedModeErrors;
import io.echelon.estimate.fitted.EffectErrors;
import io.echelon.estimate.fitted.JointErrors;
import io.echelon.fit.PredictionErrors;
import io.echelon.group.Crossing;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.postestimation.predict.PredictionError;
import io.echelon.postestimation.predict.PredictionPlan;
import io.echelon.spark.Fitted;
import io.echelon.spark.pack.CrossedPacker;
import io.echelon.spark.pack.CrossedRowsPacker;
import io.echelon.spark.pack.GroupBlockPacker;
import io.echelon.spark.pack.PackedCrossed;
import io.echelon.spec.CommandName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What is known of the groups of the estimation, on every executor.
 *
 * @param joined  whether the effects of its groups come with each row, see {@link JoinedEffects}
 * @param effects predicted random effects by level and group; null where a prediction needs none and where they are joined
 * @param crossed errors of these together with the fixed effects where groups cross and limits are asked for, else null
 */
record KnownGroups(boolean joined, Broadcast<EffectIndex[]> effects, Broadcast<JointErrors> crossed)
        implements Serializable {
    /** Columns of a root whose square is sent to executors. */
    private static final int MOST_COLUMNS = 5000;

    /** Of a prediction that uses no random effects. */
    static KnownGroups none() {
        return new KnownGroups(false, null, null);
    }

    static KnownGroups of(Fitted fit, PredictionPlan plan, PredictionInputs inputs) {
        if (JoinedEffects.wanted(fit, plan)) {
            return new KnownGroups(true, null, null);
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
        EffectIndex[] indexes = indexes(fit, plan, inputs);
        if (!plan.needsErrors()) {
            return new KnownGroups(false, context.broadcast(indexes), null);
        }
        Design design = fit.design();
        boolean matched = plan.levels().size() == design.levels().size();
        if (matched && design.crossed()) {
            JointErrors crossed = design.spec().command() == CommandName.MIXED ? crossed(fit, plan, indexes)
                    : crossedModes(fit, plan, indexes);
            return new KnownGroups(false, context.broadcast(indexes), context.broadcast(crossed));
        }
        if (matched && !design.crossed() && plan.levels().stream().noneMatch(l -> l.terms().get(0).startsWith("R."))) {
            addNested(fit, plan, indexes);
        } else {
            plan.requireSimpleEffects();
        }
        return new KnownGroups(false, context.broadcast(indexes), null);
    }

    private static EffectIndex[] indexes(Fitted fit, PredictionPlan plan, PredictionInputs inputs) {
        if (fit.predicted().isPresent() && plan.levels().stream().noneMatch(l -> l.terms().get(0).startsWith("R."))) {
            return EffectTables.indexes(fit.predicted().get().get(), plan.levels(), inputs.whole());
        }
        Dataset<Row> table = fit.randomEffects().get();
        List<Source> sources = fit.design().sources();
        boolean modes = plan.modes() && fit.design().spec().command() != CommandName.MIXED;
        EffectIndex[] indexes = new EffectIndex[plan.levels().size()];
        for (int l = 0; l < indexes.length; l++) {
            indexes[l] = EffectTables.index(table, plan.levels().get(l), sources, inputs.whole()[l],
                    modes ? "mode" : "estimate", modes ? "mode_std_error" : "std_error");
        }
        return indexes;
    }

    /** The errors of the effects of the groups of nested levels. */
    private static void addNested(Fitted fit, PredictionPlan plan, EffectIndex[] indexes) {
        PartStore<GroupBlock> parts = GroupBlockPacker.pack(fit.estimationSample(), fit.design()).parts();
        List<PredictionErrors> all = parts.aggregate(EffectErrors.of(fit.design(), fit.estimates(), plan.modes(), parts),
                KnownGroups::append);
        parts.close();
        List<String> paths = plan.levels().stream().map(PredictedLevel::path).toList();
        for (PredictionErrors errors : all) {
            int level = paths.indexOf(errors.level());
            for (int g = 0; g < errors.keys().size(); g++) {
                indexes[level].put(group(plan.levels().get(level), errors.keys().get(g)),
                        new PredictionError(errors.variance()[g], errors.withFixed()[g]));
            }
        }
    }

    private static String group(PredictedLevel level, String[] keys) {
        return level.grouping().isEmpty() ? "" : String.join(">", keys);
    }

    private static <T> List<T> append(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** The errors of crossed effects, whose groups get their numbers. */
    private static CrossedEffectErrors crossed(Fitted fit, PredictionPlan plan, EffectIndex[] indexes) {
        PackedCrossed packed = CrossedPacker.pack(fit.estimationSample(), fit.design());
        requireRoom(packed.moments().rootColumns());
        for (int t = 0; t < indexes.length; t++) {
            List<String[]> groups = CrossedEffectErrors.groups(packed.moments(), t);
            for (int g = 0; g < groups.size(); g++) {
                indexes[t].number(group(plan.levels().get(t), groups.get(g)), g);
            }
        }
        return CrossedEffectErrors.of(fit.design(), fit.estimates(), packed.moments(), packed.standardization());
    }

    private static void requireRoom(long rootColumns) {
        if (rootColumns > MOST_COLUMNS) {
            throw EchelonException.misuse("option ci with crossed effects needs the square of all effects but those of the largest"
                    + " factor, " + rootColumns + " here and at most " + MOST_COLUMNS + "; use xb");
        }
    }

    /** The same of a generalized model. */
    private static JointErrors crossedModes(Fitted fit, PredictionPlan plan, EffectIndex[] indexes) {
        PartStore<GroupBlock> parts = CrossedRowsPacker.pack(fit.estimationSample(), fit.design()).parts();
        GroupBlock block = parts.aggregate(b -> b, (a, b) -> a);
        Crossing crossing = block.crossing();
        long[] columns = new long[indexes.length];
        for (int t = 0; t < indexes.length; t++) {
            columns[t] = (long) crossing.nodes()[t] * block.layout().effects()[t];
            for (int g = 0; g < crossing.nodes()[t]; g++) {
                indexes[t].number(group(plan.levels().get(t), crossing.labels(t, g)), g);
            }
        }
        requireRoom(Arrays.stream(columns).sum() - Arrays.stream(columns).max().orElse(0));
        JointErrors errors = CrossedModeErrors.of(fit.design(), fit.estimates(), block);
        parts.close();
        return errors;
    }
}
