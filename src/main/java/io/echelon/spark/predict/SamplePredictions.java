package io.echelon.spark.predict;

import io.echelon.design.Source;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.postestimation.predict.PredictionPlan;
import io.echelon.postestimation.predict.RowPredictor;
import io.echelon.spark.Fitted;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spec.Predict;
import io.echelon.spec.Statistic;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Several statistics of the rows of a data set at once, summed up as they are predicted: one pass, whatever is wanted of
 * them.
 */
public final class SamplePredictions {
    /** What is wanted of the rows of one partition. */
    public interface Sink extends Serializable {
        /**
         * Takes a row that misses no variable of the model.
         *
         * @param predictions in the order of the statistics; NaN where there is none
         * @param row         holds the further columns from place {@code from} on; reused
         */
        void row(double[] predictions, InternalRow row, int from);
    }

    /** An empty sink that can be sent to an executor. */
    public interface Empty<S> extends Supplier<S>, Serializable {}

    private record Part<S>(S sink, PredictionCheck check) implements Serializable {}

    private final PredictionInputs inputs;
    private final RowPredictor[] predictors;
    private final KnownGroups groups;
    private final List<Set<Object>> known;
    private final List<Source> sources;
    private final SampleRows rows;

    /** Of these rows, with further columns for the sink. */
    public SamplePredictions(Fitted fit, Dataset<Row> data, List<Statistic> statistics, List<Column> further) {
        List<PredictionPlan> plans = statistics.stream().map(s -> new PredictionPlan(Predict.of(s), fit.results())).toList();
        sources = fit.design().sources();
        boolean[] needed = new boolean[sources.size()];
        for (PredictionPlan plan : plans) {
            for (int s = 0; s < needed.length; s++) {
                needed[s] |= plan.needed()[s];
            }
        }
        Optional<PredictionPlan> grouped = plans.stream().filter(PredictionPlan::needsGroups).findFirst();
        List<PredictedLevel> levels = grouped.map(PredictionPlan::levels).orElse(List.of());
        inputs = PredictionInputs.of(sources, needed, levels, data.schema());
        groups = grouped.map(plan -> KnownGroups.of(fit, plan, inputs)).orElse(KnownGroups.none());
        Dataset<Row> joined = groups.joined() ? JoinedEffects.join(data, fit, grouped.orElseThrow()) : data;
        predictors = plans.stream().map(p -> p.predictors().get(0)).toArray(RowPredictor[]::new);
        known = PredictionCheck.known(sources, needed, fit.binding());
        List<Column> columns = new ArrayList<>(List.of(inputs.columns(sources, levels, data.schema(), groups.joined())));
        columns.addAll(further);
        rows = new SampleRows(joined.select(columns.toArray(Column[]::new)));
    }

    /**
     * The sinks of all partitions.
     *
     * @throws io.echelon.error.EchelonException if a factor variable has levels not seen in estimation
     */
    public <S extends Sink> List<S> into(Empty<S> empty) {
        List<Part<S>> parts = rows.onAll(task(inputs, predictors, groups, known, empty));
        parts.forEach(p -> p.check().requireKnownLevels(sources));
        return parts.stream().map(Part::sink).toList();
    }

    private static <S extends Sink> SampleRows.Task<Part<S>> task(PredictionInputs inputs, RowPredictor[] predictors,
            KnownGroups known, List<Set<Object>> values, Empty<S> empty) {
        return rows -> {
            EffectIndex[] effects = known.effects() == null ? null : known.effects().value();
            PredictionCheck check = new PredictionCheck(inputs.keys().length);
            SampleReader reader = new SampleReader(inputs);
            double[] predictions = new double[predictors.length];
            S sink = empty.get();
            for (Iterator<InternalRow> each = rows; each.hasNext();) {
                InternalRow row = each.next();
                if (check.complete(row, inputs, values) && reader.read(row)) {
                    if (effects != null) {
                        reader.find(row, effects);
                    }
                    for (int k = 0; k < predictors.length; k++) {
                        if (known.joined()) {
                            reader.tellJoined(row, predictors[k].groups());
                        } else if (effects != null) {
                            reader.tell(effects, predictors[k].groups());
                        }
                        predictions[k] = predictors[k].value(reader.row);
                    }
                    sink.row(predictions, row, reader.columns());
                }
            }
            return new Part<>(sink, check);
        };
    }
}
