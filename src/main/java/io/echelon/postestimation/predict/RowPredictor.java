package io.echelon.postestimation.predict;

import java.io.Serializable;

/** Finds the value of one new variable for one row after the other. For use by one thread. */
public final class RowPredictor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final FittedModel model;
    private final RowPrediction value;
    private transient GroupEffects groups;
    private transient RowPrediction.Scratch scratch;

    RowPredictor(String name, FittedModel model, RowPrediction value) {
        this.name = name;
        this.model = model;
        this.value = value;
    }

    /** The name of the variable. */
    public String name() {
        return name;
    }

    /** What is known of the groups of the row, to be filled before {@link #value}. */
    public GroupEffects groups() {
        if (groups == null) {
            groups = new GroupEffects(model);
        }
        return groups;
    }

    /** Whether the value needs the errors of the groups. */
    public boolean limit() {
        return value.limit();
    }

    /** The value for a row of source values; NaN where it does not exist. */
    public double value(double[] row) {
        if (scratch == null) {
            scratch = new RowPrediction.Scratch();
        }
        return value.value(model, row, groups(), scratch);
    }
}
