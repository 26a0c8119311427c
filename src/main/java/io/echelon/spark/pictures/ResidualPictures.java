package io.echelon.spark.pictures;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.picture.Picture;
import io.echelon.picture.PointCloud;
import io.echelon.picture.ScatterPlot;
import io.echelon.spark.Fitted;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spark.predict.PredictCommand;
import io.echelon.spec.CommandName;
import io.echelon.spec.Predict;
import io.echelon.spec.Statistic;
import io.echelon.spec.Subset;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Pictures of the residuals of a fit on its estimation sample, all from one pass over the rows: raw residuals after
 * {@code mixed}, Pearson residuals after the generalized commands, given the predicted random effects.
 */
public final class ResidualPictures {
    private static final String FITTED = "_echelon_fitted";
    private static final String RESIDUAL = "_echelon_residual";

    /** What a pass over the rows leaves. */
    private static final class Summary implements Serializable {
        private static final long serialVersionUID = 1L;
        final PointCloud cloud = new PointCloud();
        final ValueSummary residuals = new ValueSummary();

        Summary merge(Summary other) {
            cloud.merge(other.cloud);
            residuals.merge(other.residuals);
            return this;
        }
    }

    private final boolean linear;
    private final String response;
    private final Summary summary;

    /**
     * Reads the rows of a fit.
     *
     * @throws EchelonException if the response has no residuals: ordinal, or a survival time
     */
    public ResidualPictures(String command, Fitted fit) {
        requireResiduals(command, fit.design());
        linear = fit.design().spec().command() == CommandName.MIXED;
        response = fit.design().spec().fixed().response();
        Dataset<Row> fitted = with(fit, fit.sample(), FITTED, linear ? Statistic.FITTED : Statistic.MU);
        Dataset<Row> both = with(fit, fitted, RESIDUAL, linear ? Statistic.RESIDUALS : Statistic.PEARSON);
        summary = new SampleRows(both.select(FITTED, RESIDUAL)).onAll(ResidualPictures::summary).stream()
                .reduce(new Summary(), Summary::merge);
    }

    /** Whether a model has residuals. */
    public static boolean residuals(Design design) {
        return design.spec().command() != CommandName.MESTREG && !design.spec().ordinal();
    }

    private static void requireResiduals(String command, Design design) {
        if (!residuals(design)) {
            throw EchelonException.misuse(command + ": after " + design.spec().command().text()
                    + " there are no residuals to draw; qnorm, reffects and graph caterpillar draw the random effects");
        }
    }

    /** The rows with a predicted variable. */
    static Dataset<Row> with(Fitted fit, Dataset<Row> rows, String name, Statistic statistic) {
        return PredictCommand.run(new Predict(Optional.empty(), List.of(name), Subset.all(), Optional.of(statistic),
                Optional.empty(), false, Optional.empty(), Optional.empty(), List.of(), Optional.empty()), fit, rows).data();
    }

    private static Summary summary(Iterator<InternalRow> rows) {
        Summary summary = new Summary();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!row.isNullAt(0) && !row.isNullAt(1)) {
                summary.cloud.add(row.getDouble(0), row.getDouble(1));
                summary.residuals.add(row.getDouble(1));
            }
        }
        return summary;
    }

    /** Residuals against fitted values. */
    public Picture againstFitted(Optional<String> title) {
        return new ScatterPlot(title.orElse(name() + "s against fitted values"), note(), "Fitted " + response, name(),
                summary.cloud, true);
    }

    /** Normal quantiles of the residuals. */
    public Picture quantiles(Optional<String> title) {
        return summary.residuals.plot(title.orElse("Normal quantiles of the " + (linear ? "residuals" : "Pearson residuals")),
                note(), name());
    }

    private String name() {
        return linear ? "Residual" : "Pearson residual";
    }

    private String note() {
        return DataPictures.observations(summary.cloud.count());
    }
}
