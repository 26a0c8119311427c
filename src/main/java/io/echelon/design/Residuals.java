package io.echelon.design;

import io.echelon.residual.ResidualModel;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Residual structure bound to a data set.
 *
 * @param model      the structure
 * @param time       variable of {@code t()} in {@link Design#sources()}
 * @param by         variable of {@code by()} in {@link Design#sources()}
 * @param categories values of the {@code by()} variable, in the order of the model's categories
 */
public record Residuals(ResidualModel model, OptionalInt time, OptionalInt by, double[] categories)
        implements Serializable {}
