package io.echelon.postestimation.margins;

import io.echelon.error.EchelonException;
import io.echelon.family.Ordinal;
import io.echelon.postestimation.MarginalEstimates.AtValue;
import io.echelon.spec.Margins;
import java.util.ArrayList;
import java.util.List;

/**
 * One point of {@code at()}: what it sets, and how reports say it.
 *
 * @param legend empty where everything is as observed
 */
record AtPoint(Scenario scenario, List<AtValue> legend) {

    /**
     * The points of a command in order: at least one.
     *
     * @param sources how many a row has; what is generated for it follows
     */
    static List<AtPoint> of(Margins command, Covariates covariates, CovariateSummaries summaries, int sources) {
        AtPoint start = new AtPoint(new Scenario(), List.of());
        if (command.asbalanced()) {
            for (String name : covariates.names()) {
                start = start.balanced(name, covariates);
            }
        }
        if (command.atmeans()) {
            for (String name : covariates.names()) {
                start = start.atMean(name, covariates, summaries);
            }
        }
        if (command.at().isEmpty()) {
            return List.of(start);
        }
        List<AtPoint> all = new ArrayList<>();
        int place = sources;
        for (List<Margins.Setting> settings : command.at()) {
            List<AtPoint> points = List.of(start);
            for (Margins.Setting setting : settings) {
                for (String name : covariates.expand(setting.variables(), "at()")) {
                    List<AtPoint> longer = new ArrayList<>();
                    for (AtPoint point : points) {
                        longer.addAll(setting.generated().isPresent()
                                ? List.of(point.generated(name, setting.generated().get().text(), covariates, place))
                                : point.with(name, setting, covariates, summaries));
                    }
                    points = longer;
                }
                place += setting.generated().isPresent() ? 1 : 0;
            }
            all.addAll(points);
        }
        return all;
    }

    private List<AtPoint> with(String name, Margins.Setting setting, Covariates covariates, CovariateSummaries summaries) {
        int source = covariates.source(name);
        if (setting.statistic().isPresent()) {
            boolean categorical = covariates.categorical(source);
            String statistic = setting.statistic().get();
            return List.of(switch (statistic) {
                case "mean" -> atMean(name, covariates, summaries);
                case "asobserved" -> new AtPoint(scenario.asObserved(source), without(name));
                case "asbalanced" -> balanced(name, covariates);
                // Order statistics are those of continuous covariates; factor variables stay as they are.
                default -> categorical ? this : at(name, source, statistic, summaries);
            });
        }
        List<AtPoint> points = new ArrayList<>();
        for (double value : setting.values()) {
            if (covariates.categorical(source) && !covariates.levels(source).contains(value)) {
                throw EchelonException.misuse("at(" + name + "=" + Ordinal.text(value) + "): the factor variable " + name
                        + " has the levels " + String.join(", ", covariates.levels(source).stream().map(Ordinal::text).toList()));
            }
            points.add(at(name, source, value, ""));
        }
        return points;
    }

    /** A variable at what a function of each row says. */
    private AtPoint generated(String name, String function, Covariates covariates, int place) {
        List<AtValue> values = without(name);
        values.add(new AtValue(name, Double.NaN, function));
        return new AtPoint(scenario.withGenerated(covariates.source(name), place), values);
    }

    private AtPoint at(String name, int source, String statistic, CovariateSummaries summaries) {
        return switch (statistic) {
            case "zero" -> at(name, source, 0, "");
            case "min" -> at(name, source, summaries.of(source).least(), statistic);
            case "max" -> at(name, source, summaries.of(source).most(), statistic);
            default -> at(name, source, summaries.of(source).quantile(share(statistic)), statistic);
        };
    }

    private static double share(String statistic) {
        return statistic.equals("median") ? 0.5 : Integer.parseInt(statistic.substring(1)) / 100.0;
    }

    /** Whether a statistic of {@code at()} is a quantile. */
    static boolean isQuantile(String statistic) {
        return statistic.equals("median") || statistic.matches("p[0-9]+");
    }

    /** A factor variable with its levels in equal shares; a continuous one as it is. */
    private AtPoint balanced(String name, Covariates covariates) {
        int source = covariates.source(name);
        if (!covariates.categorical(source)) {
            return this;
        }
        List<AtValue> values = without(name);
        values.add(new AtValue(name, Double.NaN, "asbalanced"));
        return new AtPoint(scenario.withMean(source, SourceSummary.balanced(covariates.levels(source))), values);
    }

    private AtPoint at(String name, int source, double value, String note) {
        List<AtValue> values = without(name);
        values.add(new AtValue(name, value, note));
        return new AtPoint(scenario.with(source, value), values);
    }

    private AtPoint atMean(String name, Covariates covariates, CovariateSummaries summaries) {
        int source = covariates.source(name);
        SourceSummary summary = summaries.of(source);
        List<AtValue> values = without(name);
        if (covariates.categorical(source)) {
            covariates.levels(source).forEach(l -> values.add(new AtValue(Ordinal.text(l) + "." + name, summary.share(l), "mean")));
        } else {
            values.add(new AtValue(name, summary.mean(), "mean"));
        }
        return new AtPoint(scenario.withMean(source, summary), values);
    }

    private List<AtValue> without(String name) {
        return new ArrayList<>(legend.stream().filter(v -> !v.name().equals(name) && !v.name().endsWith("." + name)).toList());
    }
}
