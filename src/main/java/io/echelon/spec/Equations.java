package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * Which linear predictors of a model with several a command is about.
 *
 * @param one  {@code equation(2)}: the outcome whose linear predictor is meant; empty for the first that has one
 * @param each {@code atequations}: every one by itself
 */
public record Equations(Optional<Predict.Outcome> one, boolean each) implements Serializable {
    /** The first. */
    public static Equations first() {
        return new Equations(Optional.empty(), false);
    }
}
