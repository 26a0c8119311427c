package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * {@code residuals(structure [#], by(variable) t(variable))}.
 *
 * @param order the number after ar, ma, banded, toeplitz; empty when not given
 */
public record ResidualSpec(Structure structure, Optional<Integer> order, Optional<String> by, Optional<String> time)
        implements Serializable {
    /** Whether this is more than independent residuals of one variance, which a model has anyway. */
    public boolean structured() {
        return structure != Structure.INDEPENDENT || by.isPresent();
    }

    /** Residual structures by the manual's names. */
    public enum Structure { INDEPENDENT, EXCHANGEABLE, AR, MA, UNSTRUCTURED, BANDED, TOEPLITZ, EXPONENTIAL }
}
