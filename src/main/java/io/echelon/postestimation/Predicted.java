package io.echelon.postestimation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code predict} did.
 *
 * @param title     the statistic, in words
 * @param variables the new variables
 * @param assumed   the statistic as it would be typed, if it was not named but taken by default
 * @param notes     what the predictions are based on
 * @param count     rows it was asked for
 * @param missing   rows among them that miss a value the prediction needs
 * @param unseen    groups not seen in estimation, a level an entry
 */
public record Predicted(String title, List<String> variables, Optional<String> assumed, List<String> notes, long count, long missing,
                        List<Unseen> unseen) implements Answer {
    /** Groups of a level that were not seen in estimation, and their rows, which got the fixed part. */
    public record Unseen(String level, long groups, long rows) {}

    public Predicted {
        variables = List.copyOf(variables);
        notes = List.copyOf(notes);
        unseen = List.copyOf(unseen);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("statistic", title);
        values.put("variables", variables);
        values.put("notes", notes);
        values.put("n_rows", count);
        values.put("n_missing", missing);
        values.put("unseen", unseen.stream().map(u -> Map.of("level", u.level(), "groups", u.groups(), "rows", u.rows()))
                .toList());
        return values;
    }
}
