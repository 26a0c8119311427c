package io.echelon.postestimation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code estat summarize}: the numeric variables of a model over its estimation sample.
 *
 * @param command      name of the estimation command
 * @param observations rows of the sample
 * @param variables    a row a variable, the response first
 */
public record VariableSummary(String command, long observations, List<Variable> variables) implements Answer {
    /** A variable. */
    public record Variable(String name, double mean, double sd, double min, double max) {}

    public VariableSummary {
        variables = List.copyOf(variables);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("n_obs", observations);
        values.put("variables", variables.stream().map(v -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", v.name);
            one.put("mean", v.mean);
            one.put("sd", v.sd);
            one.put("min", v.min);
            one.put("max", v.max);
            return one;
        }).toList());
        return values;
    }
}
