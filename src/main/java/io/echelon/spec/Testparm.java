package io.echelon.spec;

import java.util.List;
import java.util.Optional;

/**
 * {@code testparm varlist [, equal equation(name) small]}: joint Wald test of the coefficients a list of terms names.
 *
 * @param terms    terms, with patterns
 * @param equal    that they are equal, rather than zero
 * @param small    F with the denominator degrees of freedom of {@code dfmethod()}
 * @param equation equation of the coefficients
 */
public record Testparm(List<Term> terms, boolean equal, boolean small, Optional<String> equation)
        implements PostestimationCommand {
    public Testparm {
        terms = List.copyOf(terms);
    }

    @Override
    public String name() {
        return "testparm";
    }
}
