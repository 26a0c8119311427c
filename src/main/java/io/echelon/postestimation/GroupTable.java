package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.fit.GroupSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code estat group}: number and sizes of the groups of each level. */
public record GroupTable(List<GroupSummary> groups) implements Answer {
    public GroupTable {
        groups = List.copyOf(groups);
    }

    /** The groups of a fit. */
    public static GroupTable of(Results results) {
        if (results.estimates().groups().isEmpty()) {
            throw EchelonException.misuse("estat group: the model has no groups");
        }
        return new GroupTable(results.estimates().groups());
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("groups", groups.stream().map(g -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("level", g.level());
            one.put("n", g.n());
            one.put("min", g.min());
            one.put("avg", g.avg());
            one.put("max", g.max());
            return one;
        }).toList());
    }
}
