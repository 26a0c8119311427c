package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code nlcom [name:] expression ... [, level(#)]}: functions of coefficients, by the delta method.
 *
 * @param functions the functions in order
 * @param level     confidence level in percent; that of the fit where it is not given
 */
public record Nlcom(List<Function> functions, OptionalDouble level) implements PostestimationCommand {
    /** A function, its name where it has one, and its text. */
    public record Function(Optional<String> name, Expression expression, String text) implements Serializable {}

    public Nlcom {
        functions = List.copyOf(functions);
    }

    @Override
    public String name() {
        return "nlcom";
    }
}
