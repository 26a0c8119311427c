package io.echelon.estimate.effects;

import io.echelon.likelihood.generalized.Parameters;
import java.io.Serializable;
import java.util.List;

/**
 * The estimates of a generalized model, and places beside them by which derivatives of predictions are taken.
 *
 * @param here       the estimates
 * @param steps      for each parameter that moves the predictions, the places it is moved to
 * @param covariance Var(θ̂) of these parameters
 * @param fixed      how many of them, the first ones, are coefficients and ancillary parameters
 */
public record ParameterSteps(Parameters here, List<Step> steps, double[][] covariance, int fixed) implements Serializable {
    /** Two places that differ in one parameter by {@code width}. */
    public record Step(Parameters up, Parameters down, double width) implements Serializable {
        /** Whether the parameter is held. */
        public boolean none() {
            return up == down;
        }
    }
}
