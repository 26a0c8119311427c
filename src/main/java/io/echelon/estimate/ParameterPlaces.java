package io.echelon.estimate;

import io.echelon.covariance.Covariance;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.spec.LinearConstraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the parameters that a user may name stand among all parameters: coefficients, ancillary parameters, variances and covariances
 * of each equation.
 */
public final class ParameterPlaces {
    private final Design design;
    /** By the name within its equation, for coefficients and ancillary parameters. */
    private final Map<String, Integer> coefficients = new LinkedHashMap<>();
    /** By the full name; −1 for elements held at a value. */
    private final Map<String, Integer> components = new LinkedHashMap<>();

    public ParameterPlaces(Design design, Family family) {
        this.design = design;
        int next = 0;
        for (Column c : design.estimated()) {
            coefficients.put(c.name(), next++);
        }
        int residual = next;
        for (String a : family.ancillary()) {
            if (!(family instanceof Gaussian)) {
                coefficients.put(a, next);
            }
            next++;
        }
        for (Level level : design.levels()) {
            next = components(level, next);
        }
        if (family instanceof Gaussian) {
            components.put(ParameterNames.residual(design), residual);
        }
    }

    /** The elements of a level in the order of the tables: variances, then covariances. */
    private int components(Level level, int first) {
        int next = first;
        for (boolean variances : new boolean[] {true, false}) {
            next = first;
            for (Effects e : level.effects()) {
                for (Covariance.Component c : ParameterNames.components(e)) {
                    int k = element(e.covariance(), c);
                    if (c.variance() == variances) {
                        components.put(ParameterNames.full(c, level), k < 0 ? -1 : next + k);
                    }
                }
                next += e.covariance().parameters();
            }
        }
        return next;
    }

    /** The natural parameter that is an element of Σ, or −1. */
    private static int element(Covariance c, Covariance.Component component) {
        for (int k = 0; k < c.parameters(); k++) {
            if (c.basis(k)[component.row()][component.column()] != 0) {
                return k;
            }
        }
        return -1;
    }

    /** Places of the rows of the tables that hold estimates, in order; −1 for elements held at a value. */
    List<Integer> ofTables() {
        List<Integer> all = new ArrayList<>(coefficients.values());
        all.addAll(components.values());
        return all;
    }

    /** Whether the model has this parameter and estimates it. */
    public boolean knows(LinearConstraint.Parameter parameter) {
        return find(parameter) >= 0;
    }

    /** The place, −1 of an element held at a value, −2 of what is no parameter. */
    private int find(LinearConstraint.Parameter parameter) {
        String equation = parameter.equation().orElse("");
        String wanted = components.containsKey(equation) ? equation : parameter.name();
        if (components.containsKey(wanted)) {
            return components.get(wanted);
        }
        return coefficient(equation) ? coefficients.getOrDefault(inEquation(equation, wanted), -2) : -2;
    }

    private boolean coefficient(String equation) {
        return equation.isEmpty() || equation.equals(design.spec().fixed().response()) || ofOutcome(equation);
    }

    private boolean ofOutcome(String equation) {
        return design.responseColumns().outcomes().filter(o -> o.names().contains(equation)).isPresent();
    }

    private String inEquation(String equation, String name) {
        return ofOutcome(equation) ? equation + ":" + name : name;
    }

    /**
     * Place of a parameter.
     *
     * @param option the option that names it, for messages
     */
    public int of(LinearConstraint.Parameter parameter, String option) {
        int place = find(parameter);
        if (place >= 0) {
            return place;
        }
        String equation = parameter.equation().orElse("");
        if (place == -1) {
            throw EchelonException.misuse(option + ": " + (components.containsKey(equation) ? equation : parameter.name())
                    + " is held at a value by covariance()");
        }
        Map<String, Integer> known = new LinkedHashMap<>(coefficients);
        known.putAll(components);
        String name = coefficient(equation) ? inEquation(equation, parameter.name()) : equation;
        throw EchelonException.misuse(option + ": no parameter " + name + Spelling.nearest(name, known.keySet())
                .map(n -> "; did you mean " + n + "?").orElse("; parameters are " + String.join(", ", known.keySet())));
    }
}
