package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * Which observations a command uses, before missing values are dropped.
 *
 * @param condition {@code if exp}
 * @param range     {@code in range}
 * @param weight    {@code [fweight=...]}, {@code [pweight=...]}, {@code [iweight=...]} of the observations
 */
public record Sample(Optional<Expression> condition, Optional<Range> range, Optional<Weight> weight)
        implements Serializable {
    /** {@code in first/last}: 1-based, inclusive; negative counts from the end. */
    public record Range(long first, long last) implements Serializable {}
}
