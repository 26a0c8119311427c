package io.echelon.spark.pictures;

import io.echelon.error.EchelonException;
import io.echelon.picture.Fonts;
import io.echelon.picture.IterationPath;
import io.echelon.picture.Picture;
import io.echelon.postestimation.ComparedMargins;
import io.echelon.report.MarginsPicture;
import io.echelon.spark.Drawn;
import io.echelon.spark.StoredFits;
import io.echelon.spark.write.PictureFile;
import io.echelon.spec.Plot;
import io.echelon.spec.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs the commands that draw. */
public final class DrawCommand {
    private DrawCommand() {}

    /**
     * Draws a picture and writes it where {@code saving()} says.
     *
     * @param data    the data set as it stands
     * @param fits    the results that may be drawn
     * @param margins those of the last {@code margins}
     */
    public static Drawn run(Statement.Draw statement, Supplier<Dataset<Row>> data, StoredFits fits,
                            Optional<ComparedMargins> margins) {
        Fonts.require();
        Optional<PictureFile> file = statement.saving().map(s -> new PictureFile(SparkSession.active(), s));
        Picture picture = picture(statement.plot(), statement.title(), data, fits, margins);
        return new Drawn(statement.text(), statement.plot().command(), picture, file.map(f -> f.write(picture)));
    }

    private static Picture picture(Plot plot, Optional<String> title, Supplier<Dataset<Row>> data, StoredFits fits,
                                   Optional<ComparedMargins> margins) {
        if (plot instanceof Plot.Matrix m) {
            return DataPictures.matrix(data.get(), m, title);
        }
        if (plot instanceof Plot.NormalQuantiles q && q.variable().isPresent()) {
            return DataPictures.quantiles(data.get(), q.variable().get(), q.subset(), title);
        }
        if (plot instanceof Plot.Caterpillar c) {
            return new EffectPictures(plot.command(), fits.required(plot.command()), c.relevel()).caterpillar(title);
        }
        if (plot instanceof Plot.NormalQuantiles q && q.reffects()) {
            return new EffectPictures(plot.command(), fits.required(plot.command()), Optional.empty()).quantiles(title);
        }
        if (plot instanceof Plot.IterationPath) {
            return IterationPath.of(title.orElse("Iteration path"), fits.required(plot.command()).estimates().iterations());
        }
        if (plot instanceof Plot.ResidualsAgainstFitted) {
            return new ResidualPictures(plot.command(), fits.required(plot.command())).againstFitted(title);
        }
        if (plot instanceof Plot.NormalQuantiles) {
            return new ResidualPictures(plot.command(), fits.required(plot.command())).quantiles(title);
        }
        if (plot instanceof Plot.FittedLines f) {
            return FittedPictures.of(new FittedSample(plot.command(), fits.required(plot.command()), Optional.of(f)), title);
        }
        return MarginsPicture.of(margins.orElseThrow(() -> EchelonException.misuse(
                "marginsplot draws the results of margins; run margins first")), (Plot.Margins) plot, title);
    }
}
