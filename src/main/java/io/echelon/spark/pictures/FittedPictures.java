package io.echelon.spark.pictures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.xxhash64;

import io.echelon.design.Level;
import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.picture.LinePlot;
import io.echelon.picture.LinePlot.Point;
import io.echelon.picture.Panels;
import io.echelon.picture.Picture;
import io.echelon.spark.Fitted;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.CommandName;
import io.echelon.spec.Expression;
import io.echelon.spec.Plot;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fitted values and observations over a variable, a panel a group. Of more groups than there are panels those with the
 * smallest hashes of their names are drawn: a random choice that is the same every time.
 */
final class FittedPictures {
    private static final int COLUMNS = 3;
    /** Rows of a group up to which its panel can be read. */
    private static final int MOST_ROWS = 400;
    private static final String GROUP = "_echelon_group";
    private static final String FITTED = "_echelon_fitted";
    private static final String FIXED = "_echelon_fixed";

    private FittedPictures() {}

    static Picture of(Plot.FittedLines plot, Fitted fit, Optional<String> title) {
        Level level = level(plot, fit);
        boolean linear = fit.design().spec().command() == CommandName.MIXED;
        if (!ResidualPictures.residuals(fit.design())) {
            throw EchelonException.misuse(plot.command() + ": after " + fit.design().spec().command().text()
                    + " there is no fitted mean to draw over the observations");
        }
        String response = fit.design().spec().fixed().response();
        String x = Schemas.of(fit.sample().schema()).expandAll(List.of(plot.x())).stream().map(Schema.Variable::name)
                .findFirst().orElseThrow();
        Dataset<Row> sample = fit.sample().withColumn(GROUP, concat_ws(", ", level.grouping().stream()
                .map(v -> Schemas.column(v).cast("string")).toArray(Column[]::new)));
        Dataset<Row> known = sample.na().drop(complete(fit, x, level));
        Dataset<Row> names = known.select(GROUP).distinct();
        long groups = names.count();
        Object[] chosen = names.orderBy(xxhash64(col(GROUP)), col(GROUP)).limit(plot.groups()).collectAsList().stream()
                .map(r -> r.getString(0)).toArray();
        Dataset<Row> some = known.filter(col(GROUP).isin(chosen));
        Dataset<Row> predicted = ResidualPictures.with(fit, ResidualPictures.with(fit, some, FITTED,
                linear ? Statistic.FITTED : Statistic.MU), FIXED, Statistic.XB);
        ExpressionTranslator numbers = new ExpressionTranslator(predicted);
        Dataset<Row> rows = predicted.select(col(GROUP), numbers.number(new Expression.Name(x)),
                numbers.number(new Expression.Name(response)), col(FITTED), col(FIXED));
        Map<String, List<Row>> byGroup = new TreeMap<>(FittedPictures::compare);
        for (Row r : rows.limit(MOST_ROWS * plot.groups()).collectAsList()) {
            if (!r.anyNull()) {
                byGroup.computeIfAbsent(r.getString(0), g -> new ArrayList<>()).add(r);
            }
        }
        String note = String.format(Locale.ROOT, "%s. Dots: observed; line: fitted%s",
                groups > chosen.length ? String.format(Locale.ROOT, "%d of %,d groups, chosen at random", chosen.length, groups)
                        : groups + " groups", linear ? "; dashes: fixed portion" : "");
        return panels(byGroup, title.orElse("Fitted " + response + " by " + level.variable()), note, x, linear);
    }

    private static String[] complete(Fitted fit, String x, Level level) {
        List<String> needed = new ArrayList<>(level.grouping());
        needed.add(x);
        needed.add(fit.design().spec().fixed().response());
        return needed.toArray(String[]::new);
    }

    private static Level level(Plot.FittedLines plot, Fitted fit) {
        List<Level> levels = fit.design().levels().stream().filter(l -> !l.grouping().isEmpty()).toList();
        List<String> names = levels.stream().map(Level::variable).toList();
        if (levels.isEmpty()) {
            throw EchelonException.misuse(plot.command() + ": the model has no groups to draw");
        }
        return plot.relevel().map(r -> levels.stream().filter(l -> l.variable().equals(r)).findFirst()
                .orElseThrow(() -> EchelonException.misuse(plot.command() + ": relevel(" + r + ") is no level of the model;"
                        + " levels are " + String.join(", ", names) + Spelling.hint(r, names))))
                .orElse(levels.get(levels.size() - 1));
    }

    /** Numbers by size, other names by letters. */
    private static int compare(String a, String b) {
        try {
            int bySize = Double.compare(Double.parseDouble(a), Double.parseDouble(b));
            return bySize != 0 ? bySize : a.compareTo(b);
        } catch (NumberFormatException e) {
            return a.compareTo(b);
        }
    }

    private static Picture panels(Map<String, List<Row>> byGroup, String title, String note, String x, boolean linear) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (List<Row> rows : byGroup.values()) {
            for (Row r : rows) {
                for (int k = 2; k < (linear ? 5 : 4); k++) {
                    low = Math.min(low, r.getDouble(k));
                    high = Math.max(high, r.getDouble(k));
                }
            }
        }
        double margin = high > low ? .05 * (high - low) : 1;
        Optional<LinePlot.Bounds> range = Optional.of(new LinePlot.Bounds(low - margin, high + margin));
        List<Picture> panels = new ArrayList<>();
        byGroup.forEach((group, rows) -> {
            List<LinePlot.Series> series = new ArrayList<>(List.of(
                    new LinePlot.Series("observed", LinePlot.Style.MARKS, points(rows, 2)),
                    new LinePlot.Series("fitted", LinePlot.Style.LINE, points(rows, 3))));
            if (linear) {
                series.add(new LinePlot.Series("fixed portion", LinePlot.Style.DASHED_LINE, points(rows, 4)));
            }
            panels.add(new LinePlot(group, "", x, List.of(), "", range, series));
        });
        return new Panels(title, note, COLUMNS, panels);
    }

    private static List<Point> points(List<Row> rows, int column) {
        return rows.stream().map(r -> new Point(r.getDouble(1), r.getDouble(column)))
                .sorted(Comparator.comparingDouble(Point::x)).toList();
    }
}
