package io.echelon.postestimation;

import io.echelon.fit.GroupSummary;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.Estat;
import java.util.List;
import java.util.Map;

/**
 * {@code estat sd}: the random-effects parameters as standard deviations and correlations, or as variances and covariances.
 *
 * @param components the parameters
 * @param groups     of each level
 * @param level      of the intervals, in percent
 * @param robust     whether the standard errors are robust
 */
public record Components(List<VarianceComponent> components, List<GroupSummary> groups, double level,
                         boolean robust) implements Answer {
    public Components {
        components = List.copyOf(components);
        groups = List.copyOf(groups);
    }

    /** The parameters of a fit. */
    public static Components of(Estat.Sd command, Results results) {
        return new Components(command.variance() ? results.estimates().varianceComponents()
                : results.estimates().standardDeviations(), results.estimates().groups(),
                results.estimates().spec().display().level(), results.estimates().spec().robust());
    }

    @Override
    public List<Row> rows() {
        return components.stream().map(c -> new Row(c.term(), c.estimate(), c.stdError(), Double.NaN, Double.NaN,
                Double.NaN, c.confLow(), c.confHigh())).toList();
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("level", level);
    }
}
