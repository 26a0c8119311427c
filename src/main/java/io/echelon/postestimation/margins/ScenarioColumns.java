package io.echelon.postestimation.margins;

import io.echelon.design.Column;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Columns of a model matrix in a scenario: of each product what the scenario sets is multiplied out beforehand. */
final class ScenarioColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Scenario scenario;
    private final Column[] columns;
    private final double[] constant;
    private final Column.Part[][] observed;

    ScenarioColumns(List<Column> columns, Scenario scenario) {
        this.scenario = scenario;
        this.columns = columns.toArray(Column[]::new);
        constant = new double[this.columns.length];
        observed = new Column.Part[constant.length][];
        for (int j = 0; j < constant.length; j++) {
            constant[j] = 1;
            List<Column.Part> free = new ArrayList<>();
            for (Column.Part p : this.columns[j].parts()) {
                double value = scenario.value(p);
                if (Double.isNaN(value)) {
                    free.add(new Column.Part(scenario.place(p.source()), p.level()));
                } else {
                    constant[j] *= value;
                }
            }
            observed[j] = free.toArray(Column.Part[]::new);
        }
    }

    int size() {
        return constant.length;
    }

    /** Writes the columns of a row. */
    void fill(double[] row, double[] x) {
        for (int j = 0; j < constant.length; j++) {
            double v = constant[j];
            for (Column.Part p : observed[j]) {
                v *= value(p, row);
            }
            x[j] = v;
        }
    }

    /** Writes the derivatives of the columns in a continuous source. */
    void fillDerivative(double[] row, int source, double[] x) {
        for (int j = 0; j < constant.length; j++) {
            List<Column.Part> parts = columns[j].parts();
            x[j] = 0;
            for (int d = 0; d < parts.size(); d++) {
                if (parts.get(d).source() != source || !parts.get(d).continuous()) {
                    continue;
                }
                double v = 1;
                for (int k = 0; k < parts.size(); k++) {
                    double set = k == d ? 1 : scenario.value(parts.get(k));
                    v *= Double.isNaN(set) ? value(new Column.Part(scenario.place(parts.get(k).source()), parts.get(k).level()), row)
                            : set;
                }
                x[j] += v;
            }
        }
    }

    private static double value(Column.Part p, double[] row) {
        double x = row[p.source()];
        return p.continuous() ? x : x == p.level() ? 1 : 0;
    }
}
