package io.echelon.postestimation;

import io.echelon.design.Binding;
import io.echelon.design.Survey;
import io.echelon.error.EchelonException;
import java.util.List;
import java.util.Map;

/**
 * How many rows of the estimation sample have each level of a factor variable.
 *
 * @param crossings combinations of values that occur, with their rows
 * @param labels    of string variables their values, the k-th of which (from 1) is level k
 */
public record LevelCounts(List<Binding.Crossing> crossings, Map<String, List<String>> labels) {
    /** The rows at each of these levels. */
    public double[] of(String variable, double[] levels) {
        Binding.Crossing crossing = crossings.stream().filter(c -> c.variables().contains(variable)).findFirst()
                .orElseThrow(() -> EchelonException.misuse("it is not known how often the levels of " + variable
                        + " occur; choose an operator without w"));
        int place = crossing.variables().indexOf(variable);
        double[] counts = new double[levels.length];
        for (Survey.Cell cell : crossing.cells()) {
            Object value = cell.values().get(place);
            double level = value instanceof Number n ? n.doubleValue() : labels.get(variable).indexOf(value.toString()) + 1.0;
            int at = java.util.Arrays.binarySearch(levels, level);
            if (at >= 0) {
                counts[at] += cell.rows();
            }
        }
        return counts;
    }
}
