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
        int colon = separator(inside);
        return colon < 0 ? of("", inside) : of(inside.substring(0, colon), inside.substring(colon + 1));
    }

    /** A name within an equation, which may be empty. */
    static Parameter of(String equation, String name) {
        return new Parameter(Optional.of(equation).filter(e -> !e.isEmpty()), name);
    }

    /** Place of the colon after an equation, which is not within parentheses ({@code var(2:_cons[id]):_cons}); −1 without one. */
    private static int separator(String inside) {
        int depth = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && c == ':') {
                return i;
            }
        }
        return -1;
    }
}
