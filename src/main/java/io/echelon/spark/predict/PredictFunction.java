package io.echelon.spark.predict;

import io.echelon.likelihood.crossed.CrossedErrors;
import io.echelon.postestimation.predict.GroupEffects;
import io.echelon.postestimation.predict.PredictionError;
import io.echelon.postestimation.predict.RowPredictor;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/** Predicts one variable of a row, given the columns of {@link PredictionInputs}. */
final class PredictFunction implements UDF1<Row, Double> {
    private static final long serialVersionUID = 1L;

    private final RowPredictor predictor;
    private final PredictionInputs inputs;
    private final KnownGroups known;
    private transient double[] row;

    PredictFunction(RowPredictor predictor, PredictionInputs inputs, KnownGroups groups) {
        this.predictor = predictor;
        this.inputs = inputs;
        known = groups;
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
        if (known.joined()) {
            readGroups(columns);
        } else if (known.effects() != null) {
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

    /** The effects that were joined to the row. */
    private void readGroups(Row columns) {
        GroupEffects groups = predictor.groups();
        int path = 0;
        for (int l = 0; l < inputs.keys().length; l++) {
            path += groups.size(l);
            if (columns.isNullAt(inputs.keys()[l])) {
                groups.unseen(l);
                continue;
            }
            double[] values = columns.<Double>getList(inputs.keys()[l]).stream().mapToDouble(x -> x).toArray();
            groups.seen(l, values, 0);
            int variance = 2 * groups.size(l);
            int withFixed = variance + path * path;
            groups.error(l, values.length == variance ? null : new PredictionError(
                    Arrays.copyOfRange(values, variance, withFixed), Arrays.copyOfRange(values, withFixed, values.length)));
        }
    }

    private void findGroups(Row columns) {
        GroupEffects groups = predictor.groups();
        EffectIndex[] all = known.effects().value();
        boolean joint = known.crossed() != null && predictor.limit();
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
            CrossedErrors.Joint errors = known.crossed().value().of(nodes);
            groups.all(new PredictionError(errors.variance(), errors.withFixed()));
        }
    }
}
