package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.LinearConstraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of a fit by the names the manual gives them: coefficients ({@code [weight]week}, or {@code week} alone; of
 * several equations {@code [2]week} or {@code 2:week}),
 * ancillary parameters ({@code /cut1}), parameters of the estimation metric ({@code [lns1_1_1]_cons}), and variances and
 * covariances ({@code [var(_cons[id])]_cons}).
 */
final class NamedParameters {
    private static final String ANCILLARY = "/";

    /** A parameter found: its name in full and what it is. */
    record Named(String label, LinearForm form) {}

    private final Estimates estimates;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final double[] values;

    NamedParameters(Estimates estimates) {
        this.estimates = estimates;
        List<String> names = estimates.vcov().names();
        values = new double[names.size()];
        int k = 0;
        for (Coefficient c : estimates.coefficients()) {
            if (c.status() == Column.Status.ESTIMATED) {
                places.put(c.term(), k);
                values[k++] = c.estimate();
            }
        }
        for (VarianceComponent c : estimates.estimationMetric()) {
            places.put(c.term(), k);
            values[k++] = c.estimate();
        }
    }

    /** Number of parameters. */
    int count() {
        return values.length;
    }

    /** Parameter k by itself. */
    LinearForm form(int k) {
        double[] gradient = new double[values.length];
        gradient[k] = 1;
        return new LinearForm(values[k], gradient);
    }

    /** A coefficient by its place in the table; one that is not estimated is zero. */
    LinearForm form(Coefficient c) {
        return c.status() == Column.Status.ESTIMATED ? form(places.get(c.term()))
                : new LinearForm(0, new double[values.length]);
    }

    /** The name in full of a coefficient: {@code [weight]week}. */
    static String label(Coefficient c) {
        return c.equation().isEmpty() ? c.term() : "[" + c.equation() + "]" + c.name();
    }

    /** The coefficients of an equation. */
    List<Coefficient> equation(String name) {
        List<Coefficient> found = estimates.coefficients().stream().filter(c -> c.equation().equals(name)).toList();
        if (found.isEmpty()) {
            List<String> equations = estimates.coefficients().stream().map(Coefficient::equation)
                    .filter(e -> !e.isEmpty()).distinct().toList();
            throw EchelonException.misuse("there is no equation " + name + Spelling.hint(name, equations) + " (there is "
                    + String.join(", ", equations) + ")");
        }
        return found;
    }

    /** A linear combination, its constant included. */
    Named find(LinearConstraint combination) {
        LinearForm sum = new LinearForm(-combination.value(), new double[values.length]);
        StringBuilder label = new StringBuilder();
        for (LinearConstraint.Summand s : combination.summands()) {
            Named named = find(s.parameter());
            sum = sum.plus(named.form, s.multiplier());
            label.append(label.isEmpty() ? s.multiplier() < 0 ? "- " : "" : s.multiplier() < 0 ? " - " : " + ");
            double size = Math.abs(s.multiplier());
            label.append(size == 1 ? "" : Inference.number(size) + "*").append(named.label);
        }
        return new Named(label.toString(), sum);
    }

    /** The parameters of a name: of one without equation those of all equations. */
    List<Named> all(LinearConstraint.Parameter parameter) {
        List<Coefficient> several = several(parameter);
        return several.size() > 1 ? several.stream().map(c -> new Named(label(c), form(c))).toList() : List.of(find(parameter));
    }

    /** Coefficients of several equations that a name without equation may mean. */
    private List<Coefficient> several(LinearConstraint.Parameter parameter) {
        String canonical = CoefficientName.canonical(parameter.name());
        return parameter.equation().isPresent() ? List.of() : estimates.coefficients().stream().filter(c -> c.ofSeveral()
                && c.status() == Column.Status.ESTIMATED && CoefficientName.canonical(c.name()).equals(canonical)).toList();
    }

    /**
     * The parameter of a name.
     *
     * @throws EchelonException naming the nearest one, if there is none
     */
    Named find(LinearConstraint.Parameter parameter) {
        String name = parameter.name();
        Optional<String> equation = parameter.equation().filter(e -> !e.equals(ANCILLARY));
        boolean constant = name.equals(Column.CONSTANT);
        String canonical = CoefficientName.canonical(name);
        List<Coefficient> several = several(parameter);
        if (several.size() > 1) {
            throw EchelonException.misuse(name + " is in several equations: say which one is meant, as in "
                    + String.join(" or ", several.stream().map(NamedParameters::label).toList()));
        }
        for (Coefficient c : estimates.coefficients()) {
            boolean here = equation.isEmpty() || equation.get().equals(c.equation());
            boolean ancillary = c.equation().isEmpty()
                    && (c.term().equals(name) || c.term().equals(ANCILLARY + name) && parameter.equation().isPresent()
                            || constant && c.term().equals(ANCILLARY + equation.orElse("")));
            if (ancillary || here && CoefficientName.canonical(c.name()).equals(canonical)) {
                return new Named(label(c), form(c));
            }
        }
        String alone = equation.filter(e -> constant).orElse(name.startsWith(ANCILLARY) ? name.substring(1) : name);
        for (VarianceComponent c : estimates.estimationMetric()) {
            if (c.term().equals(alone)) {
                return new Named("[" + c.term() + "]_cons", form(places.get(c.term())));
            }
        }
        for (int i = 0; i < estimates.varianceComponents().size(); i++) {
            if (estimates.varianceComponents().get(i).term().equals(alone)) {
                return new Named("[" + alone + "]_cons", RandomCovariances.component(this, estimates, i));
            }
        }
        throw unknown(parameter);
    }

    private EchelonException unknown(LinearConstraint.Parameter parameter) {
        List<String> names = new ArrayList<>(estimates.coefficients().stream().map(Coefficient::term).toList());
        estimates.estimationMetric().forEach(c -> names.add("/" + c.term()));
        estimates.varianceComponents().forEach(c -> names.add("/" + c.term()));
        String level = names.stream().filter(n -> n.matches("\\d+\\." + Pattern.quote(parameter.name()))).findFirst().orElse("");
        if (!level.isEmpty()) {
            throw EchelonException.misuse(parameter.name() + " is a factor variable: name one of its levels, as in " + level
                    + ", or test all of them with testparm i." + parameter.name());
        }
        String typed = parameter.equation().map(e -> "[" + e + "]").orElse("") + parameter.name();
        return EchelonException.misuse("there is no coefficient " + typed + Spelling.hint(parameter.name(), names)
                + " (there are " + String.join(", ", names) + ")");
    }
}
