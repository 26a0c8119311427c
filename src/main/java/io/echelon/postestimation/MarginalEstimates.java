package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.spec.Margins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code margins} gives: means of predictions or of their derivatives, with standard errors by the delta method.
 *
 * @param title        {@code Predictive margins}, {@code Adjusted predictions}, {@code Average marginal effects}, ...
 * @param vce          {@code OIM} or {@code Robust}, empty where nothing is said
 * @param observations rows averaged over
 * @param expressions  what was predicted, in words; several where there is a prediction for each value of the response
 * @param derivative   for effects: which kind
 * @param effects      variables and levels of the effects
 * @param over         variables whose groups are averaged apart
 * @param at           the points of {@code at()}, or the one of {@code atmeans}; none where all is as observed. Where groups
 *                     of {@code over()} have values of their own, each has its point, headed by the group
 * @param blocks       the margins in the order of the table
 * @param legend       how they are told above the table
 * @param labels       for string variables their values, the k-th of which (from 1) is level k
 * @param level        of the intervals, in percent
 */
public record MarginalEstimates(String title, String vce, long observations, List<String> expressions,
                                Optional<Margins.Derivative> derivative, List<String> effects, List<String> over,
                                List<List<AtValue>> at, Margins.Legend legend, List<Block> blocks, Map<String, List<String>> labels, double level)
        implements Answer {
    /**
     * A variable (or level {@code 2.a}) at a value; {@code note} says {@code mean} and the like, or is empty. Without a value
     * it is a balanced factor variable, or one at a function of each row, which {@code note} says, or, where there is no note either,
     * the group whose values follow.
     */
    public record AtValue(String name, double value, String note) {
        /** Whether it names a group. */
        public boolean heading() {
            return Double.isNaN(value) && note.isEmpty();
        }
    }

    /**
     * Margins that stand under one heading.
     *
     * @param effect    the variable (or level) whose effects they are; empty for predictions, and where each row has its own
     * @param variables what tells the rows apart: variables of {@code over()}, {@code _at}, {@code _predict}, variables of
     *                  the marginlist
     */
    public record Block(String effect, List<String> variables, List<Margin> margins) {
        public Block {
            variables = List.copyOf(variables);
            margins = List.copyOf(margins);
        }
    }

    /**
     * One margin; not estimable where its estimate is NaN.
     *
     * @param row    its figures; the term joins the levels by {@code #}
     * @param levels level of each variable of the block
     * @param at     number of its point in {@link MarginalEstimates#at}, from 0
     * @param effect the variable or level whose effect it is, or empty
     * @param mean   the margin as a function of the parameters of the fit
     */
    public record Margin(Row row, List<Double> levels, int at, String effect, CellMean mean) {
        public Margin {
            levels = List.copyOf(levels);
        }
    }

    public MarginalEstimates {
        expressions = List.copyOf(expressions);
        effects = List.copyOf(effects);
        over = List.copyOf(over);
        at = List.copyOf(at);
        blocks = List.copyOf(blocks);
    }

    /** The margins as coefficients. */
    List<PostedEstimate> posted() {
        return blocks.stream().flatMap(b -> b.margins().stream().map(m -> new PostedEstimate(
                b.variables().isEmpty() ? "" : m.effect(), name(b.variables(), m), m.row(), m.mean().estimable()))).toList();
    }

    private static String name(List<String> variables, Margin m) {
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < variables.size(); k++) {
            parts.add(Inference.number(m.levels().get(k)) + "." + variables.get(k));
        }
        return !parts.isEmpty() ? String.join("#", parts) : m.effect().isEmpty() ? Column.CONSTANT : m.effect();
    }

    @Override
    public List<Row> rows() {
        return blocks.stream().flatMap(b -> b.margins().stream()).map(Margin::row).toList();
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        describe(values);
        List<List<String>> variables = blocks.stream().map(Block::variables).distinct().toList();
        List<Object> over = new ArrayList<>();
        if (variables.size() == 1) {
            over.addAll(variables.get(0));
        } else {
            blocks.forEach(b -> b.margins().forEach(m -> over.add(b.variables())));
        }
        values.put("over", over);
        if (derivative.isPresent()) {
            values.put("effects", blocks.stream().flatMap(b -> b.margins().stream()).map(Margin::effect).toList());
        }
        values.put("level", level);
        return values;
    }

    /** Says what was averaged, and where. */
    void describe(Map<String, Object> values) {
        values.put("title", title);
        values.put("n_obs", observations);
        values.put("expression", expressions.size() == 1 ? expressions.get(0) : expressions);
        derivative.ifPresent(d -> values.put("derivative", d.name().toLowerCase(java.util.Locale.ROOT)));
        if (!at.isEmpty()) {
            values.put("at", at.stream().map(point -> {
                Map<String, Object> settings = new LinkedHashMap<>();
                point.forEach(v -> settings.put(v.heading() ? "over" : v.name(),
                        v.heading() ? v.name() : Double.isNaN(v.value()) ? v.note() : (Object) v.value()));
                return settings;
            }).toList());
        }
    }
}
