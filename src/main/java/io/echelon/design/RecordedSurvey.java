package io.echelon.design;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A survey that remembers its answers, so that the same model can be bound again without the data. */
public final class RecordedSurvey implements Survey {
    private final Survey source;
    private final Map<List<String>, List<Cell>> answers = new LinkedHashMap<>();

    /** Remembers what this survey answers. */
    public RecordedSurvey(Survey source) {
        this.source = source;
    }

    @Override
    public List<List<Cell>> observe(List<List<String>> crossings, List<String> complete) {
        List<List<String>> unknown = crossings.stream().filter(c -> !answers.containsKey(c)).distinct().toList();
        if (!unknown.isEmpty()) {
            List<List<Cell>> found = source.observe(unknown, complete);
            for (int i = 0; i < unknown.size(); i++) {
                answers.put(unknown.get(i), found.get(i));
            }
        }
        return crossings.stream().map(answers::get).toList();
    }

    /** What was answered, crossing by crossing. */
    public List<Binding.Crossing> crossings() {
        List<Binding.Crossing> all = new ArrayList<>();
        answers.forEach((variables, cells) -> all.add(new Binding.Crossing(variables, cells)));
        return all;
    }
}
