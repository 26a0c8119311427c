package io.echelon.spark.pictures;

import io.echelon.error.EchelonException;
import io.echelon.picture.Picture;
import io.echelon.picture.ScatterPlot;
import io.echelon.spark.Fitted;
import java.util.Optional;

/**
 * Pictures of the residuals of a fit on its estimation sample: raw residuals after {@code mixed}, Pearson residuals after
 * the generalized commands, randomised quantile residuals of ordinal responses and survival times; given the predicted random
 * effects.
 */
public final class ResidualPictures {
    private final FittedSample sample;

    /**
     * Reads the rows of a fit.
     *
     * @throws EchelonException if the response has no residuals: a multinomial one
     */
    public ResidualPictures(String command, Fitted fit) {
        this(new FittedSample(command, fit, Optional.empty()));
    }

    ResidualPictures(FittedSample sample) {
        this.sample = sample;
    }

    /** Residuals against fitted values. */
    public Picture againstFitted(Optional<String> title) {
        return new ScatterPlot(title.orElse(name() + "s against " + sample.fitted()), note(),
                sample.fitted().startsWith("fitted") ? "Fitted " + sample.response() : "Linear predictor of " + sample.response(),
                name(), sample.cloud(), true);
    }

    /** Normal quantiles of the residuals. */
    public Picture quantiles(Optional<String> title) {
        return sample.residuals().plot(title.orElse("Normal quantiles of the " + sample.residual() + "s"), note(), name());
    }

    private String name() {
        return Character.toUpperCase(sample.residual().charAt(0)) + sample.residual().substring(1);
    }

    private String note() {
        return DataPictures.observations(sample.cloud().count());
    }
}
