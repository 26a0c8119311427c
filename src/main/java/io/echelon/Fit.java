package io.echelon;

import io.echelon.design.Design;
import io.echelon.fit.Estimates;
import io.echelon.picture.IterationPath;
import io.echelon.picture.Picture;
import io.echelon.report.JsonReport;
import io.echelon.report.Tables;
import io.echelon.report.TextReport;
import io.echelon.spark.Fitted;
import io.echelon.spark.pictures.EffectPictures;
import io.echelon.spark.pictures.ResidualPictures;
import io.echelon.spark.write.ResultFolder;
import io.echelon.spark.write.TableFrames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A fitted model: its values as records, as text, as JSON and as Spark tables. */
public final class Fit implements Result {
    private final SparkSession spark;
    private final Fitted fitted;

    Fit(SparkSession spark, Fitted fitted) {
        this.spark = spark;
        this.fitted = fitted;
    }

    /** The values of the fit. */
    public Estimates estimates() {
        return fitted.estimates();
    }

    /** The model as it was bound to the data. */
    public Design design() {
        return fitted.design();
    }

    /** The coefficients: term, estimate, std_error, statistic, p_value, conf_low, conf_high and more. */
    public Dataset<Row> coefficients() {
        return TableFrames.of(spark, Tables.coefficients(estimates()));
    }

    /** The variance components: level, term, estimate, std_error, conf_low, conf_high and more. */
    public Dataset<Row> varianceComponents() {
        return TableFrames.of(spark, Tables.varianceComponents(estimates()));
    }

    /** Best linear unbiased predictors of the random effects: level, group, term, estimate, std_error. */
    public Dataset<Row> randomEffects() {
        return fitted.randomEffects().get();
    }

    /** Predicted random effects with 95% intervals, in order: one plot a term. */
    public Picture caterpillar() {
        return new EffectPictures("caterpillar", fitted, Optional.empty()).caterpillar(Optional.empty());
    }

    /** Residuals against fitted values; Pearson residuals after the generalized commands. */
    public Picture residualsAgainstFitted() {
        return new ResidualPictures("residualsAgainstFitted", fitted).againstFitted(Optional.empty());
    }

    /** Normal quantiles of the residuals. */
    public Picture normalQuantiles() {
        return new ResidualPictures("normalQuantiles", fitted).quantiles(Optional.empty());
    }

    /** The log likelihood by iteration. */
    public Picture iterationPath() {
        return IterationPath.of("Iteration path", estimates().iterations());
    }

    /** The fit as one JSON document in one line. */
    @Override
    public String toJson() {
        return JsonReport.write(estimates());
    }

    /** Writes all tables to a new folder. */
    public void write(String folder) {
        new ResultFolder(spark, folder, false).write(List.of(fitted), f -> List.of(), Optional.empty(), Map.of());
    }

    /** The result as the packages below see it. */
    public Fitted fitted() {
        return fitted;
    }

    /** The report, in the layout of the manual. */
    @Override
    public String toString() {
        return TextReport.of(estimates());
    }
}
