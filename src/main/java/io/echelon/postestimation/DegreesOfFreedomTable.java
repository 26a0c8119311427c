package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.CommandName;
import io.echelon.spec.Estat;
import io.echelon.spec.LinearOptions.DfMethod;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code estat df}: denominator degrees of freedom of the coefficients.
 *
 * @param columns a column a method
 */
public record DegreesOfFreedomTable(String response, List<Column> columns) implements Answer {
    /** The coefficients, tested with the degrees of freedom of a method. */
    public record Column(DfMethod.Name method, List<Row> rows) {
        public Column {
            rows = List.copyOf(rows);
        }

        /** The coefficients of a fit by {@code dfmethod()}. */
        static Column of(Results results) {
            return new Column(results.estimates().spec().linear().dfMethod().orElseThrow().name(),
                    results.estimates().coefficients().stream()
                            .filter(c -> c.status() == io.echelon.design.Column.Status.ESTIMATED)
                            .map(c -> new Row(c.term(), c.estimate(), c.stdError(), c.statistic(), c.df(), c.pValue(),
                                    c.confLow(), c.confHigh())).toList());
        }
    }

    public DegreesOfFreedomTable {
        columns = List.copyOf(columns);
    }

    /** The degrees of freedom of fits, each by its own method. */
    public static DegreesOfFreedomTable of(List<Results> fits) {
        return new DegreesOfFreedomTable(fits.get(0).estimates().spec().fixed().response(),
                fits.stream().map(Column::of).toList());
    }

    /** The methods asked for, or that of the fit; checks that the fit allows them. */
    public static List<DfMethod> methods(Estat.Df command, Results results) {
        ModelSpec spec = results.estimates().spec();
        if (spec.command() != CommandName.MIXED) {
            throw EchelonException.misuse("estat df works after mixed, not after " + spec.command().text());
        }
        if (command.methods().isEmpty()) {
            return List.of(spec.linear().dfMethod().orElseThrow(() -> EchelonException.misuse("estat df needs"
                    + " dfmethod() at estimation, or a method here, as in estat df, method(satterthwaite)")));
        }
        if (spec.robust() || !spec.weightKinds().isEmpty()) {
            throw EchelonException.misuse("degrees of freedom do not go with weights or robust standard errors");
        }
        long levels = spec.random().stream().map(RandomEquation::level).distinct().count();
        for (DfMethod m : command.methods()) {
            String name = m.name().name().toLowerCase(Locale.ROOT);
            boolean approximate = m.name() == DfMethod.Name.SATTERTHWAITE || m.name() == DfMethod.Name.KROGER;
            if (approximate && !spec.linear().reml()) {
                throw EchelonException.misuse("method(" + name + ") needs a model fitted with option reml");
            }
            if (m.name() == DfMethod.Name.REPEATED && levels > 1) {
                throw EchelonException.misuse("method(repeated) is for models with one level; use method(anova)");
            }
        }
        return command.methods();
    }

    @Override
    public List<Row> rows() {
        return columns.get(0).rows;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("method", name(columns.get(0)));
        List<Map<String, Object>> all = new ArrayList<>();
        for (Column c : columns) {
            Map<String, Object> df = new LinkedHashMap<>();
            c.rows.forEach(r -> df.put(r.term(), r.df()));
            all.add(Map.of("method", name(c), "df", df));
        }
        values.put("methods", all);
        return values;
    }

    private static String name(Column column) {
        return column.method.name().toLowerCase(Locale.ROOT);
    }
}
