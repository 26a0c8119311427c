package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.Test;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.EstimatesTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code estimates table}: several fits beside each other.
 *
 * @param command    what is shown
 * @param models     names of the fits
 * @param lines      a line a parameter: fixed effects first, those of the random effects in the metric of estimation after
 *                   them
 * @param statistics for each statistic asked for, a value a fit; NaN where a fit has none
 */
public record FitTable(EstimatesTable command, List<String> models, List<Line> lines, Map<String, double[]> statistics)
        implements Answer {
    /**
     * A parameter.
     *
     * @param equation its equation
     * @param cells    a row a fit, null where the fit does not have it
     */
    public record Line(String equation, String term, List<Row> cells) {}

    /** The table of these fits by name. */
    public static FitTable of(EstimatesTable command, Map<String, Results> fits) {
        List<String> models = List.copyOf(fits.keySet());
        List<Map<List<String>, Row>> columns = new ArrayList<>();
        Set<List<String>> fixed = new LinkedHashSet<>();
        Set<List<String>> random = new LinkedHashSet<>();
        for (Results results : fits.values()) {
            Map<List<String>, Row> column = new LinkedHashMap<>();
            coefficients(results.estimates(), column);
            fixed.addAll(column.keySet());
            Map<List<String>, Row> parameters = new LinkedHashMap<>();
            parameters(results.estimates(), parameters);
            random.addAll(parameters.keySet());
            column.putAll(parameters);
            columns.add(column);
        }
        List<List<String>> keys = new ArrayList<>(constantLast(fixed));
        // The parameters of the residuals come last, as in the table of a fit.
        keys.addAll(random.stream().filter(k -> !residual(k.get(0))).toList());
        keys.addAll(random.stream().filter(k -> residual(k.get(0))).toList());
        requireNames(command.keep(), keys);
        requireNames(command.drop(), keys);
        List<Line> lines = new ArrayList<>();
        for (List<String> key : keys) {
            boolean kept = command.keep().isEmpty() || names(command.keep(), key);
            if (kept && !names(command.drop(), key)) {
                lines.add(new Line(key.get(0), key.get(1), columns.stream().map(c -> c.get(key)).toList()));
            }
        }
        Map<String, double[]> statistics = new LinkedHashMap<>();
        for (String name : command.stats()) {
            statistics.put(name, fits.values().stream().mapToDouble(r -> statistic(name, r)).toArray());
        }
        return new FitTable(command, models, lines, statistics);
    }

    private static boolean residual(String parameter) {
        return parameter.equals("lnsig_e") || parameter.startsWith("r_");
    }

    private static List<List<String>> constantLast(Set<List<String>> keys) {
        List<List<String>> ordered = new ArrayList<>();
        for (String equation : keys.stream().map(k -> k.get(0)).distinct().toList()) {
            List<List<String>> own = keys.stream().filter(k -> k.get(0).equals(equation) && !k.get(1).startsWith("/")).toList();
            ordered.addAll(own.stream().filter(k -> !k.get(1).equals(Column.CONSTANT)).toList());
            ordered.addAll(own.stream().filter(k -> k.get(1).equals(Column.CONSTANT)).toList());
        }
        ordered.addAll(keys.stream().filter(k -> k.get(1).startsWith("/")).toList());
        return ordered;
    }

    private static boolean names(List<String> typed, List<String> key) {
        return typed.stream().map(CoefficientName::canonical).anyMatch(CoefficientName.canonical(key.get(1))::equals);
    }

    private static void requireNames(List<String> typed, List<List<String>> keys) {
        for (String name : typed) {
            if (keys.stream().noneMatch(k -> names(List.of(name), k))) {
                throw EchelonException.misuse("estimates table: none of the models has a coefficient " + name);
            }
        }
    }

    private static void coefficients(Estimates e, Map<List<String>, Row> column) {
        for (Coefficient c : e.coefficients()) {
            if (c.status() != Column.Status.BASE && c.status() != Column.Status.EMPTY) {
                column.put(List.of(c.equation(), c.name()), new Row(c.term(), c.estimate(), c.stdError(), c.statistic(),
                        c.df(), c.pValue(), c.confLow(), c.confHigh()));
            }
        }
    }

    private static void parameters(Estimates e, Map<List<String>, Row> column) {
        for (VarianceComponent c : e.estimationMetric()) {
            double z = c.estimate() / c.stdError();
            column.put(List.of(c.term(), Column.CONSTANT), new Row(c.term(), c.estimate(), c.stdError(), z, Double.NaN,
                    Inference.twoSided(z, Double.NaN), c.confLow(), c.confHigh()));
        }
    }

    private static double statistic(String name, Results results) {
        Estimates e = results.estimates();
        int k = ParameterCount.of(results);
        return switch (name) {
            case "N" -> e.observations();
            case "ll" -> e.logLikelihood();
            case "df", "rank" -> k;
            case "aic" -> -2 * e.logLikelihood() + 2 * k;
            case "bic" -> -2 * e.logLikelihood() + k * Math.log(e.observations());
            case "chi2" -> e.wald().map(Test.Wald::statistic).orElse(Double.NaN);
            case "p" -> e.wald().map(Test.Wald::pValue).orElse(Double.NaN);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A row a parameter and fit, the terms with the name of the fit in front: {@code a: week}. */
    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Line line : lines) {
            for (int m = 0; m < models.size(); m++) {
                Row r = line.cells.get(m);
                if (r != null) {
                    rows.add(new Row(models.get(m) + ": " + r.term(), r.estimate(), r.stdError(), r.statistic(), r.df(),
                            r.pValue(), r.confLow(), r.confHigh()));
                }
            }
        }
        return rows;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("models", models);
        values.put("statistics", statistics);
        return values;
    }
}
