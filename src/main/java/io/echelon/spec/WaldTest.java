package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * {@code test conditions [, accumulate small coef mtest[(method)]]}: joint Wald test.
 *
 * @param conditions what is tested
 * @param accumulate together with the conditions of the test before
 * @param small      F with the denominator degrees of freedom of {@code dfmethod()}
 * @param mtest      each condition by itself too, p-values adjusted for their number
 */
public record WaldTest(List<Condition> conditions, boolean accumulate, boolean small, Optional<Adjustment> mtest)
        implements PostestimationCommand {
    public WaldTest {
        conditions = List.copyOf(conditions);
    }

    @Override
    public String name() {
        return "test";
    }

    /** What is tested. */
    public sealed interface Condition extends Serializable {}

    /** {@code a = b}: an equation. */
    public record Equation(LinearConstraint constraint) implements Condition {}

    /** {@code 2.race}: a coefficient is zero. */
    public record Coefficient(LinearConstraint.Parameter parameter) implements Condition {}

    /** {@code [eq]}: all coefficients of an equation are zero. */
    public record OfEquation(String equation) implements Condition {}
}
