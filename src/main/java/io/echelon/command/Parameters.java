package io.echelon.command;

import io.echelon.spec.LinearConstraint.Parameter;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;

/** Names of parameters: {@code _b[week]}, {@code _b[eq:week]}, {@code [eq]week}. */
final class Parameters {
    private static final Set<String> ESTIMATES = Set.of("_b", "_coef", "_se");

    private Parameters() {}

    /** Whether a name stands for the vector of estimates, or of their standard errors. */
    static boolean ofEstimates(ParseTree name) {
        return ESTIMATES.contains(name.getText());
    }

    /** What stands between the brackets of {@code _b[...]}. */
    static Parameter of(String inside) {
        int colon = inside.indexOf(':');
        return colon < 0 ? of("", inside) : of(inside.substring(0, colon), inside.substring(colon + 1));
    }

    /** A name within an equation, which may be empty. */
    static Parameter of(String equation, String name) {
        return new Parameter(Optional.of(equation).filter(e -> !e.isEmpty()), name);
    }
}
