package io.echelon.spark.predict;

import org.apache.spark.sql.catalyst.InternalRow;

/** Reads complete rows of {@link PredictionInputs}, one after the other. */
final class SampleReader {
    private final PredictionInputs inputs;
    private final int columns;
    /** The source values of the row read last. */
    final double[] row;

    SampleReader(PredictionInputs inputs) {
        this.inputs = inputs;
        row = new double[inputs.width()];
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
}
