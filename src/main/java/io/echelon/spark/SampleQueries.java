package io.echelon.spark;

import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.postestimation.VariableSummary;
import io.echelon.postestimation.WithinGroup;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.CommandName;
import io.echelon.spec.Estat;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** What {@code estat} asks of the rows of the estimation sample. */
final class SampleQueries {
    /** Rows of one group up to which their covariance matrix is shown. */
    private static final int MOST_ROWS = 200;

    private final Fitted fit;
    private final Design design;
    private final List<String> grouping;
    /** The rows without missing values. */
    private final Dataset<Row> rows;

    SampleQueries(Fitted fit) {
        this.fit = fit;
        design = fit.design();
        grouping = design.levels().stream().flatMap(l -> l.grouping().stream()).distinct().toList();
        Dataset<Row> sample = fit.sample();
        List<String> names = new ArrayList<>(design.sources().stream().map(Source::name).toList());
        names.addAll(grouping);
        Column complete = functions.lit(true);
        for (String name : names) {
            Column column = Schemas.column(name);
            complete = complete.and(column.isNotNull());
            if (sample.schema().apply(name).dataType() instanceof NumericType) {
                complete = complete.and(functions.isnan(column.cast("double")).unary_$bang());
            } else if (sample.schema().apply(name).dataType() instanceof StringType) {
                complete = complete.and(column.notEqual(""));
            }
        }
        rows = sample.filter(complete);
    }

    /** {@code estat summarize}. */
    VariableSummary summary() {
        List<String> names = Stream.concat(Stream.of(design.response()), design.fixed().stream().flatMap(c -> c.parts().stream())
                .map(p -> p.source())).map(design.sources()::get).filter(s -> s.labels().isEmpty()).map(Source::name).distinct().toList();
        List<Column> figures = new ArrayList<>();
        for (String name : names) {
            Column x = Schemas.column(name).cast("double");
            figures.addAll(List.of(functions.avg(x), functions.stddev_samp(x), functions.min(x), functions.max(x)));
        }
        Row row = rows.agg(functions.count(functions.lit(1)), figures.toArray(Column[]::new)).first();
        List<VariableSummary.Variable> variables = new ArrayList<>();
        for (int v = 0; v < names.size(); v++) {
            int at = 1 + 4 * v;
            variables.add(new VariableSummary.Variable(names.get(v), number(row, at), number(row, at + 1),
                    number(row, at + 2), number(row, at + 3)));
        }
        return new VariableSummary(design.spec().command().text(), row.getLong(0), variables);
    }

    private static double number(Row row, int at) {
        return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
    }

    /** {@code estat wcorrelation}. */
    WithinGroup withinGroup(Estat.Wcorrelation command) {
        if (design.spec().command() != CommandName.MIXED) {
            throw EchelonException.misuse("estat wcorrelation shows the covariances that a linear model implies; use it after"
                    + " mixed");
        }
        List<Estat.Place> group = command.at().isEmpty() ? first() : command.at();
        Dataset<Row> own = rows;
        for (Estat.Place p : group) {
            if (!grouping.contains(p.variable())) {
                throw EchelonException.misuse("estat wcorrelation: at() names groups by level variables, and " + p.variable()
                        + " is none" + Spelling.hint(p.variable(), grouping) + " (there are " + String.join(", ", grouping) + ")");
            }
            own = own.filter(equal(p));
        }
        List<Column> columns = new ArrayList<>();
        for (Source s : design.sources()) {
            columns.add(Schemas.column(s.name()).cast(s.labels().isPresent() ? "string" : "double"));
        }
        grouping.forEach(g -> columns.add(Schemas.column(g).cast("string")));
        List<Row> found = own.select(columns.toArray(Column[]::new)).takeAsList(MOST_ROWS + 1);
        String name = String.join(" ", group.stream().map(p -> p.variable() + "=" + p.value()).toList());
        if (found.isEmpty()) {
            throw EchelonException.misuse("estat wcorrelation: there are no rows with " + name + " in the estimation sample");
        }
        if (found.size() > MOST_ROWS) {
            throw EchelonException.misuse("estat wcorrelation: the group " + (name.isEmpty() ? "" : name + " ") + "has more than "
                    + MOST_ROWS + " rows; choose a smaller one with at()");
        }
        return WithinGroup.of(command, fit.results(), group, found.stream().map(this::values).toList(),
                found.stream().map(this::keys).toList());
    }

    /** The group of the outermost level that the first row belongs to. */
    private List<Estat.Place> first() {
        // Nested levels before crossed factors, whose groups hold rows of all others.
        List<String> top = design.levels().stream()
                .sorted(Comparator.comparing(l -> l.variable().equals(RandomEquation.ALL)))
                .map(Level::grouping).filter(g -> !g.isEmpty()).findFirst().orElse(List.of());
        if (top.isEmpty()) {
            return List.of();
        }
        String variable = top.get(0);
        List<Row> row = rows.select(Schemas.column(variable).cast("string")).takeAsList(1);
        return row.isEmpty() ? List.of() : List.of(new Estat.Place(variable, row.get(0).getString(0)));
    }

    private Column equal(Estat.Place p) {
        Column column = Schemas.column(p.variable());
        if (!(rows.schema().apply(p.variable()).dataType() instanceof NumericType)) {
            return column.cast("string").equalTo(p.value());
        }
        try {
            return column.cast("double").equalTo(Double.parseDouble(p.value()));
        } catch (NumberFormatException e) {
            throw EchelonException.misuse("estat wcorrelation: " + p.variable() + " holds numbers, not " + p.value());
        }
    }

    private double[] values(Row row) {
        double[] values = new double[design.sources().size()];
        for (int s = 0; s < values.length; s++) {
            int source = s;
            values[s] = design.sources().get(s).labels().map(l -> l.indexOf(row.getString(source)) + 1.0)
                    .orElseGet(() -> row.getDouble(source));
        }
        return values;
    }

    private List<String> keys(Row row) {
        int sources = design.sources().size();
        return design.levels().stream().map(l -> String.join(">", l.grouping().stream()
                .map(g -> row.getString(sources + grouping.indexOf(g))).toList())).toList();
    }
}
