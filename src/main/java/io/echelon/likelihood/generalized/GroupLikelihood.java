package io.echelon.likelihood.generalized;

import io.echelon.group.GroupBlock;
import java.io.Serializable;

/** The log likelihood of whole top-level groups with the random effects integrated out. */
public interface GroupLikelihood extends Serializable {

    /**
     * Log likelihood, gradient and Hessian of the groups of a block; the log likelihood is NaN or infinite where a group has none at these
     * parameters.
     */
    Contribution evaluate(GroupBlock block, Parameters parameters);

    /** Whether {@link #evaluate} makes a Hessian. */
    default boolean hasHessian() {
        return true;
    }

    /** Relative disagreement between the value and its gradient near the maximum. */
    default double slack() {
        return 0;
    }
}
