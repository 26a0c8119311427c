package io.echelon.postestimation.margins;

import io.echelon.design.Column;
import io.echelon.family.Ordinal;
import io.echelon.postestimation.Adjusted;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.CellMean;
import io.echelon.postestimation.Dependence;
import io.echelon.postestimation.Inference;
import io.echelon.postestimation.LinearForm;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.MarginalEstimates.AtValue;
import io.echelon.postestimation.MarginalEstimates.Block;
import io.echelon.postestimation.MarginalEstimates.Margin;
import io.echelon.postestimation.Predicted;
import io.echelon.spec.Margins;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts sums over rows together into the table of margins. */
final class MarginTable {
    private final MarginsPlan plan;
    private final Map<List<Double>, MarginsPlan.Summed> groups;
    private final Map<String, List<String>> labels;
    private final double level;
    private final int points;
    /** Whether each group has values of its own at the points of {@code at()}. */
    private final boolean pointsByGroup;
    private final Dependence dependence;

    MarginTable(MarginsPlan plan, Map<List<Double>, MarginsPlan.Summed> groups, Map<String, List<String>> overLabels) {
        this.plan = plan;
        this.groups = groups;
        labels = new HashMap<>(plan.results.estimates().labels());
        labels.putAll(overLabels);
        plan.model.multinomial().ifPresent(m -> labels.put(Margins.OUTCOME, plan.model.outcomes()));
        level = Inference.level(plan.command.level(), plan.results);
        points = first().points().size();
        pointsByGroup = !plan.command.over().isEmpty() && plan.needsSummaries();
        dependence = dependence();
    }

    private MarginsPlan.Cells first() {
        return groups.values().iterator().next().cells();
    }

    MarginalEstimates estimates() {
        Map<List<String>, List<Margin>> drafts = new LinkedHashMap<>();
        int[] cell = {0};
        plan.forEach(points, (effect, term, point, outcome, combination) -> {
            String name = effect == null ? "" : effect.name();
            List<String> key = new ArrayList<>(variables(term));
            key.add(0, key.isEmpty() ? "" : name);
            List<Margin> margins = drafts.computeIfAbsent(key, k -> new ArrayList<>());
            int group = 0;
            for (Map.Entry<List<Double>, MarginsPlan.Summed> g : groups.entrySet()) {
                List<Double> levels = levels(g.getKey(), point, outcome, combination);
                CellMean mean = mean(g.getValue().sums(), cell[0]);
                margins.add(new Margin(row(mean, term(levels, name)), levels,
                        pointsByGroup ? point * groups.size() + group : point, name, mean));
                group++;
            }
            cell[0]++;
        });
        List<Block> ordered = new ArrayList<>();
        drafts.forEach((key, margins) -> ordered.add(new Block(key.get(0), key.subList(1, key.size()), byGroup(margins))));
        return new MarginalEstimates(title(), vce(), groups.values().stream().mapToLong(s -> s.sums().rows).sum(),
                expressions(), plan.command.effect().map(e -> e.kind()),
                plan.effects.stream().map(MarginsPlan.Effect::name).toList(), plan.command.over(), legends(), plan.command.legend(),
                ordered, labels, level);
    }

    /** What is set at each point of {@code at()}, and in each group where that differs. */
    private List<List<AtValue>> legends() {
        List<List<AtValue>> legends = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            for (Map.Entry<List<Double>, MarginsPlan.Summed> g : groups.entrySet()) {
                List<AtValue> legend = new ArrayList<>(g.getValue().cells().points().get(point).legend());
                if (pointsByGroup) {
                    List<String> names = new ArrayList<>();
                    for (int k = 0; k < g.getKey().size(); k++) {
                        names.add(Ordinal.text(g.getKey().get(k)) + "." + plan.command.over().get(k));
                    }
                    legend.add(0, new AtValue(String.join("#", names), Double.NaN, ""));
                }
                legends.add(legend);
                if (!pointsByGroup) {
                    break;
                }
            }
        }
        return legends.stream().filter(l -> !l.isEmpty()).toList();
    }

    /** {@code OIM} or {@code Robust} after generalized models; linear ones have the variances of the model itself. */
    private String vce() {
        return plan.model.family().isEmpty() && !plan.results.estimates().spec().robust() ? ""
                : plan.results.estimates().spec().robust() ? "Robust" : "OIM";
    }

    /** Rows of one group of {@code over()} stand together. */
    private List<Margin> byGroup(List<Margin> margins) {
        int k = groups.size();
        List<Margin> ordered = new ArrayList<>();
        for (int g = 0; g < k; g++) {
            for (int i = g; i < margins.size(); i += k) {
                ordered.add(margins.get(i));
            }
        }
        return ordered;
    }

    private List<Double> levels(List<Double> group, int point, int outcome, double[] combination) {
        List<Double> levels = new ArrayList<>(group);
        if (points > 1) {
            levels.add(point + 1.0);
        }
        if (plan.outcomes.length > 1) {
            levels.add(outcome + 1.0);
        }
        for (double l : combination) {
            levels.add(l);
        }
        return levels;
    }

    private List<String> variables(MarginsPlan.Levels term) {
        List<String> variables = new ArrayList<>(plan.command.over());
        if (points > 1) {
            variables.add(Margins.AT);
        }
        if (plan.outcomes.length > 1) {
            variables.add(Margins.OUTCOME);
        }
        variables.addAll(term.variables());
        return variables;
    }

    private static String term(List<Double> levels, String effect) {
        String joined = String.join("#", levels.stream().map(Ordinal::text).toList());
        return levels.isEmpty() ? effect.isEmpty() ? Column.CONSTANT : effect : joined;
    }

    private CellMean mean(MarginSums sums, int cell) {
        double[] columns = scaled(sums.columns[cell], 1 / sums.weight);
        return new CellMean(new LinearForm(sums.values[cell] / sums.weight, scaled(sums.gradients[cell], 1 / sums.weight)),
                plan.command.noestimcheck() ? new double[dependence.count()] : dependence.misses(columns));
    }

    private Answer.Row row(CellMean mean, String term) {
        return mean.estimable().map(f -> Inference.row(term, f.value(),
                Inference.standardError(f, plan.model.covariance()), Double.NaN, level)).orElse(Inference.none(term));
    }

    private static double[] scaled(double[] v, double factor) {
        double[] s = v.clone();
        for (int i = 0; i < s.length; i++) {
            s[i] *= factor;
        }
        return s;
    }

    private Dependence dependence() {
        MarginSums all = null;
        for (MarginsPlan.Summed group : groups.values()) {
            MarginSums sums = group.sums();
            all = sums.products == null ? null : all == null ? plan.kernel(group.cells()).none().merge(sums) : all.merge(sums);
        }
        return plan.dependence(all);
    }

    private String title() {
        boolean all = first().cells().stream().allMatch(c -> plan.allSet(c.scenario(), c.source()));
        if (plan.command.effect().isPresent()) {
            return all ? "Conditional marginal effects" : "Average marginal effects";
        }
        return all ? "Adjusted predictions" : "Predictive margins";
    }

    private String expression() {
        String what;
        if (plan.statistic == Statistic.XB || plan.statistic == Statistic.ETA) {
            what = plan.model.family().isEmpty() ? Statistic.XB.title() : "Linear prediction, fixed portion";
        } else {
            String title = plan.statistic == Statistic.MU || plan.statistic == Statistic.MEAN ? "Predicted mean" : plan.statistic.title();
            what = plan.random == RandomPart.MARGINAL && !plan.model.levels().isEmpty()
                    ? "Marginal " + Character.toLowerCase(title.charAt(0)) + title.substring(1)
                    : title + ", fixed portion only";
        }
        return what;
    }

    /** What was averaged, in words; one for each value of an ordinal response. */
    private List<String> expressions() {
        if (plan.command.expression().isPresent()) {
            return List.of(plan.command.expression().get().text());
        }
        String typed = plan.command.prediction().text();
        if (plan.outcomes.length == 1) {
            return List.of(expression() + ", predict(" + typed + ")");
        }
        List<String> all = new ArrayList<>();
        String response = plan.results.estimates().spec().fixed().response();
        String statistic = typed.isEmpty() ? "pr" : typed;
        for (int outcome : plan.outcomes) {
            String value = plan.model.outcomes().get(outcome);
            all.add(expression() + " (" + value + "." + response + "), predict(" + statistic + " outcome(" + value + "))");
        }
        return all;
    }
}
