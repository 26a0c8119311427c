package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.Lincom;
import io.echelon.spec.Nlcom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Functions of the parameters with standard errors by the delta method, from exact derivatives.
 *
 * @param name     {@code lincom} or {@code nlcom}
 * @param heading  name of the equation, above the column of names
 * @param formulas what was computed, one a row
 * @param rows     on the scale of the parameters
 * @param eform    title of the column where estimates are shown exponentiated
 * @param level    of the intervals, in percent
 * @param variance covariance matrix of the results, as many rows as {@code rows}
 */
public record Combinations(String name, String heading, List<String> formulas, List<Row> rows, Optional<String> eform,
                           double level, double[][] variance) implements Answer {
    public Combinations {
        formulas = List.copyOf(formulas);
        rows = List.copyOf(rows);
    }

    /** {@code lincom}. */
    public static Combinations of(Lincom command, Results results) {
        NamedParameters parameters = new NamedParameters(results.estimates());
        LinearConstraint combination = command.combination();
        NamedParameters.Named named = parameters.find(combination);
        double level = Inference.level(command.level(), results);
        double[][] v = results.variance(command.small());
        double df = command.small() ? SmallSampleTest.df(results, named.form()) : Double.NaN;
        Row row = Inference.row("(1)", named.form().value(), Inference.standardError(named.form(), v), df, level);
        String number = Inference.number(combination.value());
        return new Combinations("lincom", results.equation(),
                List.of(named.label() + " = " + (combination.value() == 0 ? "0" : number)), List.of(row), command.eform(),
                level, new double[][] {{row.stdError() * row.stdError()}});
    }

    /** {@code nlcom}. */
    public static Combinations of(Nlcom command, Results results) {
        double level = Inference.level(command.level(), results);
        double[][] v = results.estimates().vcov().matrix();
        List<String> formulas = new ArrayList<>();
        List<LinearForm> forms = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        Set<String> used = new HashSet<>();
        EstimateExpression evaluation = new EstimateExpression(results.estimates());
        for (Nlcom.Function f : command.functions()) {
            String term = f.name().orElse("_nl_" + (rows.size() + 1));
            if (!used.add(term)) {
                throw EchelonException.misuse("nlcom: the name " + term + " is given twice");
            }
            LinearForm form = evaluation.of(f.expression(), f.text());
            formulas.add(term + ":  " + f.text());
            forms.add(form);
            rows.add(Inference.row(term, form.value(), Inference.standardError(form, v), Double.NaN, level));
        }
        double[][] variance = new double[forms.size()][forms.size()];
        for (int i = 0; i < variance.length; i++) {
            for (int j = 0; j < variance.length; j++) {
                variance[i][j] = Inference.covariance(forms.get(i).gradient(), v, forms.get(j).gradient());
            }
        }
        return new Combinations("nlcom", results.equation(), formulas, rows, Optional.empty(),
                level, variance);
    }

    /** The equation of the coefficients; margins have none. */
    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("formulas", formulas);
        eform.ifPresent(title -> {
            values.put("exponentiated", title);
            values.put("exponentiated_rows", rows.stream().map(Combinations::exponentiated).toList());
        });
        values.put("level", level);
        values.put("vcov", variance);
        return values;
    }

    private static Map<String, Object> exponentiated(Row r) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("term", r.term());
        row.put("estimate", Math.exp(r.estimate()));
        row.put("std_error", Math.exp(r.estimate()) * r.stdError());
        row.put("conf_low", Math.exp(r.confLow()));
        row.put("conf_high", Math.exp(r.confHigh()));
        return row;
    }
}
