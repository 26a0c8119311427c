package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * The rows a preparing command touches.
 *
 * @param condition {@code if exp}
 * @param range     {@code in range}
 */
public record Subset(Optional<Expression> condition, Optional<Sample.Range> range) implements Serializable {
    /** All rows. */
    public static Subset all() {
        return new Subset(Optional.empty(), Optional.empty());
    }
}
