package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.family.Ordinal;
import io.echelon.linalg.Cholesky;
import io.echelon.postestimation.MarginalEstimates.Block;
import io.echelon.postestimation.MarginalEstimates.Margin;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts sums over rows together into the table of margins. */
final class MarginTable {
    /** Share of a margin's columns by which it may miss a combination that the data determine. */
    private static final double ESTIMABLE = 1e-6;
    private static final String PREDICT = "_predict";

    private final MarginsPlan plan;
    private final Map<List<Double>, MarginSums> groups;
    private final Map<String, List<String>> labels;
    private final double level;
    /** For each column left out, the coefficients by which those in the model make it up; null for an empty cell. */
    private final List<double[]> dependence = new ArrayList<>();

    MarginTable(MarginsPlan plan, Map<List<Double>, MarginSums> groups, Map<String, List<String>> overLabels) {
        this.plan = plan;
        this.groups = groups;
        labels = new HashMap<>(plan.results.estimates().labels());
        labels.putAll(overLabels);
        plan.model.multinomial().ifPresent(m -> labels.put(PREDICT, plan.model.outcomes()));
        level = Inference.level(plan.command.level(), plan.results);
        findDependence();
    }

    MarginalEstimates estimates() {
        Map<List<String>, List<Margin>> drafts = new LinkedHashMap<>();
        int[] cell = {0};
        plan.forEach((effect, term, point, outcome, combination) -> {
            String name = effect == null ? "" : effect.name();
            List<String> key = new ArrayList<>(variables(term));
            key.add(0, key.isEmpty() ? "" : name);
            List<Margin> margins = drafts.computeIfAbsent(key, k -> new ArrayList<>());
            for (Map.Entry<List<Double>, MarginSums> group : groups.entrySet()) {
                List<Double> levels = levels(group.getKey(), point, outcome, combination);
                margins.add(new Margin(row(group.getValue(), cell[0], term(levels, name)), levels, point, name));
            }
            cell[0]++;
        });
        List<Block> ordered = new ArrayList<>();
        drafts.forEach((key, margins) -> ordered.add(new Block(key.get(0), key.subList(1, key.size()), byGroup(margins))));
        return new MarginalEstimates(title(), groups.values().stream().mapToLong(s -> s.rows).sum(), expression(),
                plan.command.effect().map(e -> e.kind()), plan.effects.stream().map(MarginsPlan.Effect::name).toList(),
                plan.command.over(), plan.points.stream().map(AtPoint::legend).filter(l -> !l.isEmpty()).toList(), ordered,
                labels, level);
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
        if (plan.points.size() > 1) {
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
        if (plan.points.size() > 1) {
            variables.add("_at");
        }
        if (plan.outcomes.length > 1) {
            variables.add(PREDICT);
        }
        variables.addAll(term.variables());
        return variables;
    }

    private static String term(List<Double> levels, String effect) {
        String joined = String.join("#", levels.stream().map(Ordinal::text).toList());
        return levels.isEmpty() ? effect.isEmpty() ? Column.CONSTANT : effect : joined;
    }

    private Answer.Row row(MarginSums sums, int cell, String term) {
        double[] gradient = scaled(sums.gradients[cell], 1 / sums.weight);
        double estimate = sums.values[cell] / sums.weight;
        if (!estimable(scaled(sums.columns[cell], 1 / sums.weight)) || Double.isNaN(estimate)) {
            double none = Double.NaN;
            return new Answer.Row(term, none, none, none, none, none, none, none);
        }
        double variance = Inference.covariance(gradient, plan.model.covariance(), gradient);
        return Inference.row(term, estimate, Math.sqrt(Math.max(0, variance)), Double.NaN, level);
    }

    private static double[] scaled(double[] v, double factor) {
        double[] s = v.clone();
        for (int i = 0; i < s.length; i++) {
            s[i] *= factor;
        }
        return s;
    }

    /** Regresses each column left out on those in the model, whose scales are evened out first. */
    private void findDependence() {
        int p = plan.model.columns().length;
        MarginSums all = null;
        for (MarginSums sums : groups.values()) {
            all = sums.products == null ? null : all == null ? plan.kernelOfNone().merge(sums) : all.merge(sums);
        }
        for (int k = 0; k < plan.model.omitted().size(); k++) {
            if (all == null || plan.model.omitted().get(k).status() == Column.Status.EMPTY) {
                dependence.add(null);
                continue;
            }
            double[] scale = new double[p];
            double[][] a = new double[p][p];
            double[] b = new double[p];
            for (int i = 0; i < p; i++) {
                scale[i] = 1 / Math.sqrt(all.products[i][i]);
            }
            for (int i = 0; i < p; i++) {
                // Several linear predictors have the same columns: those of one tell.
                boolean told = plan.model.predictorOf(i) == 0;
                b[i] = told ? scale[i] * all.products[i][p + k] : 0;
                for (int j = 0; j < p; j++) {
                    a[i][j] = told && plan.model.predictorOf(j) == 0 ? scale[i] * all.products[i][j] * scale[j] : i == j ? 1 : 0;
                }
            }
            Optional<double[]> solution = Cholesky.of(a).map(c -> c.solve(b));
            dependence.add(solution.map(c -> {
                for (int i = 0; i < p; i++) {
                    c[i] *= scale[i];
                }
                return c;
            }).orElse(null));
        }
    }

    /** Whether the columns of a margin are a combination of the rows of the data, those left out included. */
    private boolean estimable(double[] columns) {
        int p = plan.model.columns().length;
        double size = 1;
        for (double c : columns) {
            size = Math.max(size, Math.abs(c));
        }
        for (int k = 0; k < dependence.size(); k++) {
            double miss = columns[p + k];
            double[] c = dependence.get(k);
            for (int j = 0; c != null && j < p; j++) {
                miss -= c[j] * columns[j];
            }
            if (Math.abs(miss) > ESTIMABLE * size) {
                return false;
            }
        }
        return true;
    }

    private String title() {
        boolean all = plan.cells().stream().allMatch(c -> plan.allSet(c.scenario(), c.source()));
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
            String title = plan.statistic == Statistic.MU ? "Predicted mean" : plan.statistic.title();
            what = plan.random == RandomPart.MARGINAL && !plan.model.levels().isEmpty()
                    ? "Marginal " + Character.toLowerCase(title.charAt(0)) + title.substring(1)
                    : title + ", fixed portion only";
        }
        return what + ", predict(" + plan.command.predict() + ")";
    }
}
