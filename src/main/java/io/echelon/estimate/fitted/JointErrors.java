package io.echelon.estimate.fitted;

import io.echelon.likelihood.crossed.CrossedErrors;
import java.io.Serializable;

/** The errors of predicted effects of crossed terms together with the fixed effects: any groups may meet in a row. */
public sealed interface JointErrors extends Serializable permits CrossedEffectErrors, CrossedModeErrors {
    /**
     * Var(û − u) (s×s) and Cov(û − u, β̂ − β) (s×p) of the s effects of one group of each term, row by row. Groups not known
     * have the variance of the model.
     *
     * @param nodes number of the group of each term, or a negative number
     */
    CrossedErrors.Joint of(int[] nodes);
}
