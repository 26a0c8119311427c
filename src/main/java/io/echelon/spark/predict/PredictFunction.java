package io.echelon.spark.predict;

import io.echelon.estimate.CrossedEffectErrors;
import io.echelon.likelihood.crossed.CrossedErrors;
import io.echelon.postestimation.GroupEffects;
import io.echelon.postestimation.PredictionError;
import io.echelon.postestimation.RowPredictor;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/** Predicts one variable of a row, given the columns of {@link PredictionInputs}. */
final class PredictFunction implements UDF1<Row, Double> {
    private static final long serialVersionUID = 1L;

    private final RowPredictor predictor;
    private final PredictionInputs inputs;
    private final Broadcast<EffectIndex[]> effects;
    private final Broadcast<CrossedEffectErrors> crossed;
    private transient double[] row;

    PredictFunction(RowPredictor predictor, PredictionInputs inputs, KnownGroups groups) {
        this.predictor = predictor;
        this.inputs = inputs;
        effects = groups.effects();
        crossed = groups.crossed();
    }

    @Override
    public Double call(Row columns) {
        if (row == null) {
            row = new double[inputs.width()];
        }
        for (int i = 0; i < inputs.places().length; i++) {
            if (columns.isNullAt(i)) {
                return null;
            }
            double x = number(columns, i);
            if (Double.isNaN(x)) {
                return null;
            }
            row[inputs.places()[i]] = x;
        }
        if (effects != null) {
            findGroups(columns);
        }
        double value = predictor.value(row);
        return Double.isNaN(value) ? null : value;
    }

    private double number(Row columns, int i) {
        Map<String, Integer> codes = inputs.codes().get(i);
        if (codes == null) {
            return columns.getDouble(i);
        }
        Integer code = codes.get(columns.getString(i));
        return code == null ? Double.NaN : code;
    }

    private void findGroups(Row columns) {
        GroupEffects groups = predictor.groups();
        EffectIndex[] all = effects.value();
        boolean joint = crossed != null && predictor.limit();
        int[] nodes = new int[joint ? all.length : 0];
        for (int l = 0; l < all.length; l++) {
            int key = inputs.keys()[l];
            int place = key < 0 ? all[l].find("") : columns.isNullAt(key) ? -1
                    : inputs.whole()[l] ? all[l].find(columns.getLong(key)) : all[l].find(columns.getString(key));
            if (place < 0) {
                groups.unseen(l);
            } else {
                groups.seen(l, all[l].values(), all[l].start(place));
                groups.error(l, all[l].error(place));
            }
            if (joint) {
                nodes[l] = place < 0 ? -1 : all[l].number(place);
            }
        }
        if (joint) {
            CrossedErrors.Joint errors = crossed.value().of(nodes);
            groups.all(new PredictionError(errors.variance(), errors.withFixed()));
        }
    }
}
