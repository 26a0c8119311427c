package io.echelon.spec;

import java.io.Serializable;
import java.util.List;

/**
 * One term of a variable list: a main effect (one factor) or an interaction ({@code a#b}, two or more factors).
 * {@code a##b} is expanded by the reader into {@code a b a#b}; in an interaction a name without prefix is categorical.
 */
public record Term(List<Factor> factors) implements Serializable {
    public Term {
        factors = List.copyOf(factors);
        if (factors.isEmpty()) {
            throw new IllegalArgumentException("a term needs at least one factor");
        }
    }
}
