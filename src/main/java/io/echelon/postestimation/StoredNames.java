package io.echelon.postestimation;

import io.echelon.fit.Estimates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code estimates dir}: the results kept under names.
 *
 * @param stored in the order of storing
 */
public record StoredNames(List<Stored> stored) implements Answer {
    /**
     * Results under a name.
     *
     * @param parameters number of rows of their covariance matrix
     */
    public record Stored(String name, String command, String response, int parameters, String title) {}

    public StoredNames {
        stored = List.copyOf(stored);
    }

    /** The names of these results. */
    public static StoredNames of(Map<String, Results> named) {
        List<Stored> stored = new ArrayList<>();
        named.forEach((name, results) -> {
            Estimates e = results.estimates();
            stored.add(new Stored(name, e.spec().command().text(), e.spec().fixed().response(), e.vcov().names().size(),
                    e.title()));
        });
        return new StoredNames(stored);
    }

    @Override
    public Map<String, Object> values() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Stored s : stored) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", s.name);
            one.put("estimation", s.command);
            one.put("response", s.response);
            one.put("parameters", s.parameters);
            one.put("title", s.title);
            all.add(one);
        }
        return new LinkedHashMap<>(Map.of("stored", all));
    }
}
