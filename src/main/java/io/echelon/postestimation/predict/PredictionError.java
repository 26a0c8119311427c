package io.echelon.postestimation.predict;

import java.io.Serializable;

/**
 * Errors of the s predicted effects of a group and of the groups it lies in, outermost level first.
 *
 * @param variance  Var(û − u), s×s row by row
 * @param withFixed Cov(û − u, β̂ − β), s×p row by row; of generalized models with further columns for the ancillary parameters
 */
public record PredictionError(double[] variance, double[] withFixed) implements Serializable {}
