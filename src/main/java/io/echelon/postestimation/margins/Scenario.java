package io.echelon.postestimation.margins;

import io.echelon.design.Column;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Values that variables are set to, whatever was observed: each a number, the means of the variable and of the indicators of its
 * levels, or another column of each row.
 */
final class Scenario implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<Integer, Double> values = new HashMap<>();
    private final HashMap<Integer, SourceSummary> means = new HashMap<>();
    private final HashMap<Integer, Integer> generated = new HashMap<>();

    /** Everything as observed. */
    Scenario() {}

    private Scenario copy() {
        Scenario copy = new Scenario();
        copy.values.putAll(values);
        copy.means.putAll(means);
        copy.generated.putAll(generated);
        return copy;
    }

    /** With a source at a value. */
    Scenario with(int source, double value) {
        Scenario copy = asObserved(source);
        copy.values.put(source, value);
        return copy;
    }

    /** With a source at its mean. */
    Scenario withMean(int source, SourceSummary summary) {
        Scenario copy = asObserved(source);
        copy.means.put(source, summary);
        return copy;
    }

    /** With a source at what was generated for each row, which stands at a place of its own. */
    Scenario withGenerated(int source, int place) {
        Scenario copy = asObserved(source);
        copy.generated.put(source, place);
        return copy;
    }

    /** With a source as observed. */
    Scenario asObserved(int source) {
        Scenario copy = copy();
        copy.values.remove(source);
        copy.means.remove(source);
        copy.generated.remove(source);
        return copy;
    }

    /** Where a row has the value of a source. */
    int place(int source) {
        return generated.getOrDefault(source, source);
    }

    /** Whether a source is set to the same in all rows. */
    boolean sets(int source) {
        return values.containsKey(source) || means.containsKey(source);
    }

    /** The value of a part of a column; NaN where it is as observed. */
    double value(Column.Part part) {
        Double value = values.get(part.source());
        if (value != null) {
            return part.continuous() ? value : value == part.level() ? 1 : 0;
        }
        SourceSummary summary = means.get(part.source());
        return summary == null ? Double.NaN : part.continuous() ? summary.mean() : summary.share(part.level());
    }

    /** The values of sources that are set to numbers. */
    Map<Integer, Double> values() {
        return values;
    }

    /** The sources at their means. */
    Map<Integer, SourceSummary> means() {
        return means;
    }
}
