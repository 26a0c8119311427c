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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the parameters that a user may name stand among all parameters: coefficients, ancillary parameters, variances and covariances
 * of each equation.
 */
final class ParameterPlaces {
    private final Design design;
    /** By the name within its equation, for coefficients and ancillary parameters. */
    private final Map<String, Integer> coefficients = new LinkedHashMap<>();
    /** By the full name; −1 for elements held at a value. */
    private final Map<String, Integer> components = new LinkedHashMap<>();

    ParameterPlaces(Design design, Family family) {
        this.design = design;
        int next = 0;
        for (Column c : design.estimated()) {
            coefficients.put(c.name(), next++);
        }
        for (String a : family.ancillary()) {
            if (family instanceof Gaussian) {
                components.put(ParameterNames.residual(design), next++);
            } else {
                coefficients.put(a, next++);
            }
        }
        for (Level level : design.levels()) {
            for (Effects e : level.effects()) {
                for (Covariance.Component c : ParameterNames.components(e)) {
                    int k = element(e.covariance(), c);
                    components.put(ParameterNames.full(c, level), k < 0 ? -1 : next + k);
                }
                next += e.covariance().parameters();
            }
        }
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

    /** Place of a parameter named in a constraint. */
    int of(LinearConstraint.Parameter parameter) {
        String equation = parameter.equation().orElse("");
        String wanted = components.containsKey(equation) ? equation : parameter.name();
        if (components.containsKey(wanted)) {
            int place = components.get(wanted);
            if (place < 0) {
                throw EchelonException.misuse("constraints(): " + wanted + " is held at a value by covariance()");
            }
            return place;
        }
        boolean coefficient = equation.isEmpty() || equation.equals(design.spec().fixed().response());
        if (coefficient && coefficients.containsKey(wanted)) {
            return coefficients.get(wanted);
        }
        Map<String, Integer> known = new LinkedHashMap<>(coefficients);
        known.putAll(components);
        String name = coefficient ? wanted : equation;
        throw EchelonException.misuse("constraints(): no parameter " + name + Spelling.nearest(name, known.keySet())
                .map(n -> "; did you mean " + n + "?").orElse("; parameters are " + String.join(", ", known.keySet())));
    }
}
