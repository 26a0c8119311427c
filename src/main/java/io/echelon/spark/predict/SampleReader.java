package io.echelon.spark.predict;

import io.echelon.postestimation.predict.GroupEffects;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads complete rows of {@link PredictionInputs}, one after the other. */
final class SampleReader {
    private final PredictionInputs inputs;
    private final int columns;
    /** Places of the groups of the row found last; negative for one not seen. */
    private final int[] groups;
    /** The source values of the row read last. */
    final double[] row;

    SampleReader(PredictionInputs inputs) {
        this.inputs = inputs;
        row = new double[inputs.width()];
        groups = new int[inputs.keys().length];
        int keys = 0;
        for (int k : inputs.keys()) {
            keys += k >= 0 ? 1 : 0;
        }
        columns = inputs.places().length + keys;
    }

    /** Number of columns it reads; others may follow. */
    int columns() {
        return columns;
    }

    /** Reads a row; false if it misses a value. */
    boolean read(InternalRow values) {
        for (int i = 0; i < columns; i++) {
            if (values.isNullAt(i)) {
                return false;
            }
        }
        for (int i = 0; i < inputs.places().length; i++) {
            double x;
            if (inputs.codes().get(i) == null) {
                x = values.getDouble(i);
            } else {
                Integer code = inputs.codes().get(i).get(values.getUTF8String(i).toString());
                x = code == null ? Double.NaN : code;
            }
            if (Double.isNaN(x)) {
                return false;
            }
            row[inputs.places()[i]] = x;
        }
        return true;
    }

    /** Finds the groups of a row. */
    void find(InternalRow values, EffectIndex[] effects) {
        for (int l = 0; l < effects.length; l++) {
            int key = inputs.keys()[l];
            groups[l] = key < 0 ? effects[l].find("") : values.isNullAt(key) ? -1
                    : inputs.whole()[l] ? effects[l].find(values.getLong(key)) : effects[l].find(values.getUTF8String(key).toString());
        }
    }

    /** Tells the predicted random effects that were joined to a row. */
    void tellJoined(InternalRow values, GroupEffects of) {
        for (int l = 0; l < inputs.keys().length; l++) {
            int place = inputs.keys()[l];
            if (values.isNullAt(place)) {
                of.unseen(l);
            } else {
                of.seen(l, values.getArray(place).toDoubleArray(), 0);
            }
        }
    }

    /** Tells the predicted random effects of the groups found last. */
    void tell(EffectIndex[] effects, GroupEffects of) {
        for (int l = 0; l < effects.length; l++) {
            if (groups[l] < 0) {
                of.unseen(l);
            } else {
                of.seen(l, effects[l].values(), effects[l].start(groups[l]));
            }
        }
    }
}
