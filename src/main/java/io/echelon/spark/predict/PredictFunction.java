package io.echelon.spark.predict;

import io.echelon.postestimation.GroupEffects;
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
    private transient double[] row;

    /** @param effects of each level, or null where the prediction needs none */
    PredictFunction(RowPredictor predictor, PredictionInputs inputs, Broadcast<EffectIndex[]> effects) {
        this.predictor = predictor;
        this.inputs = inputs;
        this.effects = effects;
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
        }
    }
}
