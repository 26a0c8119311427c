package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** A linear equation in the parameters of a model: sum of multiplier × parameter = value. */
public record LinearConstraint(List<Summand> summands, double value) implements Serializable {
    /** One parameter with its multiplier. */
    public record Summand(double multiplier, Parameter parameter) implements Serializable {}

    /**
     * A parameter by name.
     *
     * @param equation equation name, as in {@code _b[equation:name]} and {@code [equation]name}: the response, or
     *                 {@code var(_cons[id])} and the like; empty when not given and for {@code /name}
     * @param name     name within the equation: {@code week}, {@code 1.a#2.b}, {@code _cons}, {@code /cut1}
     */
    public record Parameter(Optional<String> equation, String name) implements Serializable {}

    public LinearConstraint {
        summands = List.copyOf(summands);
    }
}
