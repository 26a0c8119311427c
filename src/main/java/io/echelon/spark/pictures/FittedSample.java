package io.echelon.spark.pictures;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.picture.PointCloud;
import io.echelon.spark.Fitted;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spark.predict.SamplePredictions;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.CommandName;
import io.echelon.spec.Expression;
import io.echelon.spec.Plot;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What pictures need of the estimation sample of a fit, from one pass over its rows: residuals and fitted values given the
 * predicted random effects (after the generalized commands Pearson residuals and means, or of ordinal responses and survival
 * times {@link QuantileResiduals} and linear predictors), and where lines are to be drawn
 * the rows of a few groups.
 */
final class FittedSample {
    /** The sums of one partition, or of all. */
    private static final class Sums implements SamplePredictions.Sink {
        private static final long serialVersionUID = 1L;
        final PointCloud cloud = new PointCloud();
        final ValueSummary residuals = new ValueSummary();
        final GroupSample groups;

        Sums(int groups) {
            this.groups = new GroupSample(groups);
        }

        /** Predictions: fitted value, residual and, with lines, xb; columns of lines: group, x, response. */
        @Override
        public void row(double[] predictions, InternalRow row, int from) {
            if (Double.isNaN(predictions[0]) || Double.isNaN(predictions[1])) {
                return;
            }
            cloud.add(predictions[0], predictions[1]);
            residuals.add(predictions[1]);
            if (row.numFields() > from && !row.isNullAt(from) && !row.isNullAt(from + 1) && !row.isNullAt(from + 2)) {
                groups.add(row.getUTF8String(from), row.getDouble(from + 1), row.getDouble(from + 2), predictions[0],
                        predictions[2]);
            }
        }

        Sums merge(Sums other) {
            cloud.merge(other.cloud);
            residuals.merge(other.residuals);
            groups.merge(other.groups);
            return this;
        }
    }

    private static final String FITTED = "_echelon_fitted";
    private static final String RESIDUAL = "_echelon_residual";

    private final Fitted fit;
    private final Sums sums;
    /** The level whose groups have lines, and the variable these are over; null where none are drawn. */
    private Level level;
    private String x;

    /**
     * Reads the rows of a fit.
     *
     * @param command for messages
     * @param lines   whose lines are to be drawn, if any
     * @throws EchelonException if the response has no residuals: a multinomial one
     */
    FittedSample(String command, Fitted fit, Optional<Plot.FittedLines> lines) {
        this.fit = fit;
        requireResiduals(command, lines.isPresent());
        if (!mean(fit.design())) {
            sums = new SampleRows(QuantileResiduals.of(fit, FITTED, RESIDUAL).select(FITTED, RESIDUAL)).onAll(FittedSample::sums)
                    .stream().reduce(new Sums(0), Sums::merge);
            return;
        }
        Dataset<Row> rows = fit.sample();
        List<Column> further = lines.map(plot -> columns(plot, rows)).orElse(List.of());
        int groups = lines.map(Plot.FittedLines::groups).orElse(0);
        List<Statistic> statistics = new ArrayList<>(linear() ? List.of(Statistic.FITTED, Statistic.RESIDUALS)
                : List.of(Statistic.MU, Statistic.PEARSON));
        if (lines.isPresent()) {
            statistics.add(Statistic.XB);
        }
        sums = new SamplePredictions(fit, rows, statistics, further).into(() -> new Sums(groups)).stream()
                .reduce(new Sums(groups), Sums::merge);
    }

    /** Whether a model has residuals. */
    static boolean hasResiduals(Design design) {
        return design.spec().command() != CommandName.MEMLOGIT;
    }

    /** Whether the mean of the response is what a model predicts. */
    static boolean mean(Design design) {
        return hasResiduals(design) && design.spec().command() != CommandName.MESTREG && !design.spec().ordinal();
    }

    private void requireResiduals(String command, boolean lines) {
        String after = command + ": after " + fit.design().spec().command().text() + " there are no ";
        if (!hasResiduals(fit.design())) {
            throw EchelonException.misuse(after + "fitted means, and randomised quantile residuals need outcomes that"
                    + " have an order; predict r, pearson outcome(#) gives the residuals of an outcome, qnorm, reffects and"
                    + " graph caterpillar draw the random effects");
        }
        if (lines && !mean(fit.design())) {
            throw EchelonException.misuse(after + "fitted means to draw over the observations; rvfplot and qnorm draw the"
                    + " residuals");
        }
    }

    private static Sums sums(Iterator<InternalRow> rows) {
        Sums sums = new Sums(0);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!row.isNullAt(0) && !row.isNullAt(1)) {
                sums.row(new double[] {row.getDouble(0), row.getDouble(1)}, row, 2);
            }
        }
        return sums;
    }

    private List<Column> columns(Plot.FittedLines plot, Dataset<Row> rows) {
        level = level(plot);
        x = Schemas.of(rows.schema()).expandAll(List.of(plot.x())).stream().map(Schema.Variable::name).findFirst().orElseThrow();
        ExpressionTranslator numbers = new ExpressionTranslator(rows);
        Column missing = level.grouping().stream().map(v -> Schemas.column(v).isNull()).reduce(Column::or).orElseThrow();
        Column group = concat_ws(", ", level.grouping().stream().map(v -> Schemas.column(v).cast("string")).toArray(Column[]::new));
        return List.of(when(missing.unary_$bang(), group),
                numbers.number(new Expression.Name(x)), numbers.number(new Expression.Name(response())));
    }

    private Level level(Plot.FittedLines plot) {
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

    /** Whether residuals are raw ones. */
    boolean linear() {
        return fit.design().spec().command() == CommandName.MIXED;
    }

    String response() {
        return fit.design().spec().fixed().response();
    }

    /** What residuals are called: {@code Pearson residual}. */
    String residual() {
        return linear() ? "residual" : mean(fit.design()) ? "Pearson residual" : "randomised quantile residual";
    }

    /** What they are drawn against. */
    String fitted() {
        return mean(fit.design()) ? "fitted values" : "the linear predictor";
    }

    /** Fitted values and residuals. */
    PointCloud cloud() {
        return sums.cloud;
    }

    /** The distribution of the residuals. */
    ValueSummary residuals() {
        return sums.residuals;
    }

    /** x, observation, fitted value and linear predictor of the fixed portion of the rows of some groups. */
    GroupSample groups() {
        return sums.groups;
    }

    /** The level whose groups these are. */
    Level level() {
        return level;
    }

    /** The variable that lines are drawn over. */
    String x() {
        return x;
    }

    /** The number of groups of this level, those that are not drawn included; empty where it was not counted. */
    Optional<Long> groupCount() {
        return fit.estimates().groups().stream().filter(g -> g.level().equals(level.variable())).map(g -> g.n()).findFirst();
    }
}
