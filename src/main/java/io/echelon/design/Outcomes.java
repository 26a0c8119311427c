package io.echelon.design;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcomes of a multinomial response. Every outcome but the base has an equation, which bears its name; the equations are
 * numbered in the order of their outcomes.
 *
 * @param names  of the outcomes, as in the names of equations: {@code 2}, {@code bus}
 * @param values of the response, increasing
 * @param base   place of the base outcome
 */
public record Outcomes(List<String> names, double[] values, int base) {
    public Outcomes {
        names = List.copyOf(names);
    }

    /** The names of the equations. */
    public List<String> equations() {
        List<String> equations = new ArrayList<>(names);
        equations.remove(base);
        return equations;
    }

    /** The number of the linear predictor of an equation. */
    public int predictor(String equation) {
        return equations().indexOf(equation);
    }
}
