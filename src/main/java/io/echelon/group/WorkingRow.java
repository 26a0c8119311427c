package io.echelon.group;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Turns the source values of a row into a working row {@code [z_1 | ... | z_L | x | y]}, standardised. */
public final class WorkingRow implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CONSTANT = -1;
    private static final int PRODUCT = -2;

    private final Column[] columns;
    /** Source of a column that is one plain variable, or CONSTANT, or PRODUCT for indicators and interactions. */
    private final int[] plain;
    private final double[] shift;
    private final double[] factor;

    /** The working rows of a design in the given standardization. */
    public WorkingRow(Design design, Standardization standardization) {
        columns = columns(design).toArray(Column[]::new);
        plain = new int[columns.length];
        factor = new double[columns.length];
        shift = standardization.shift();
        for (int c = 0; c < columns.length; c++) {
            List<Column.Part> parts = columns[c].parts();
            plain[c] = parts.isEmpty() ? CONSTANT
                    : parts.size() == 1 && parts.get(0).continuous() ? parts.get(0).source() : PRODUCT;
            factor[c] = 1 / standardization.scale()[c];
        }
    }

    /** The columns of a working row: those of each level, the estimated fixed-effects columns, the response. */
    public static List<Column> columns(Design design) {
        List<Column> all = new ArrayList<>();
        for (Level level : design.levels()) {
            all.addAll(level.columns());
        }
        all.addAll(design.estimated());
        int y = design.response();
        all.add(new Column(design.sources().get(y).name(), List.of(new Column.Part(y, Double.NaN)),
                Column.Status.ESTIMATED));
        return all;
    }

    /** Writes the working row of the source values (in the order of {@link Design#sources()}) to {@code row}. */
    public void fill(double[] sources, double[] row) {
        for (int c = 0; c < plain.length; c++) {
            int s = plain[c];
            double v = s >= 0 ? sources[s] : s == CONSTANT ? 1 : columns[c].value(sources);
            row[c] = (v - shift[c]) * factor[c];
        }
    }
}
