package io.echelon.postestimation.margins;

import io.echelon.design.Column;
import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.postestimation.predict.FittedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The covariates of a model by name: which are factor variables, and their levels. */
final class Covariates {
    private final Map<String, Integer> sources = new LinkedHashMap<>();
    private final Map<Integer, TreeSet<Double>> levels = new LinkedHashMap<>();
    private final Map<Integer, Double> bases = new LinkedHashMap<>();

    /** @param random whether the columns of random effects count, as they do in marginal predictions */
    Covariates(FittedModel model, boolean random) {
        List<Column> columns = new ArrayList<>(model.fixed());
        if (random) {
            model.levels().forEach(l -> columns.addAll(l.columns()));
        }
        for (Column c : columns) {
            for (Column.Part p : c.parts()) {
                sources.put(model.sources().get(p.source()), p.source());
                if (!p.continuous()) {
                    levels.computeIfAbsent(p.source(), s -> new TreeSet<>()).add(p.level());
                    if (c.parts().size() == 1 && c.status() == Column.Status.BASE) {
                        bases.put(p.source(), p.level());
                    }
                }
            }
        }
    }

    /** All of them. */
    List<String> names() {
        return List.copyOf(sources.keySet());
    }

    /** Place among the sources. */
    int source(String name) {
        return sources.get(name);
    }

    boolean categorical(int source) {
        return levels.containsKey(source);
    }

    /** Levels of a factor variable in ascending order. */
    List<Double> levels(int source) {
        return List.copyOf(levels.get(source));
    }

    /** The level others are compared with. */
    double base(int source) {
        return bases.getOrDefault(source, levels.get(source).first());
    }

    /** The covariates meant by names and patterns. */
    List<String> expand(List<String> typed, String option) {
        Schema schema = new Schema(names().stream().map(n -> new Schema.Variable(n, Schema.Kind.NUMERIC)).toList());
        List<String> found = new ArrayList<>();
        for (String t : typed) {
            switch (t) {
                case "_continuous" -> names().stream().filter(n -> !categorical(source(n))).forEach(found::add);
                case "_factor" -> names().stream().filter(n -> categorical(source(n))).forEach(found::add);
                default -> {
                    if (t.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*") && !t.equals("_all")) {
                        requireKnown(t, option);
                    }
                    schema.expand(t).forEach(v -> found.add(v.name()));
                }
            }
        }
        return found.stream().distinct().toList();
    }

    private void requireKnown(String name, String option) {
        if (!sources.containsKey(name)) {
            throw EchelonException.misuse(option + ": " + name + " is not a covariate of the model"
                    + Spelling.hint(name, names()) + " (there are " + String.join(", ", names()) + ")");
        }
    }

    /** The place of a factor variable whose levels are to have margins. */
    int factor(String name) {
        requireKnown(name, "margins");
        int source = source(name);
        if (!categorical(source)) {
            throw EchelonException.misuse("margins: " + name + " is continuous in the model, so it has no levels; give values,"
                    + " as in margins, at(" + name + "=(1(1)5)), or ask for its effect: margins, dydx(" + name + ")");
        }
        return source;
    }
}
