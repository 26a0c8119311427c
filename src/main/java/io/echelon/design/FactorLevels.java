package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.spec.Factor;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The observed levels of all factor variables of a model, as numbers; strings are numbered in sorted order from 1. */
final class FactorLevels {
    /** More indicators than this are a mistake: a level variable used as a factor variable, most often. */
    private static final int MOST_LEVELS = 10_000;

    private final Map<String, TreeMap<Double, Long>> rows = new HashMap<>();
    private final Map<String, List<String>> labels = new HashMap<>();
    private final Map<List<String>, Set<List<Double>>> cells = new HashMap<>();

    /** Asks the survey once for everything the terms need; without factor variables it is not asked at all. */
    FactorLevels(Collection<Term> terms, Survey survey, List<String> complete) {
        Set<List<String>> crossings = new LinkedHashSet<>();
        terms.forEach(t -> crossings.add(categoricalVariables(t)));
        crossings.remove(List.<String>of());
        if (crossings.isEmpty()) {
            return;
        }
        List<List<String>> asked = List.copyOf(crossings);
        List<List<Survey.Cell>> answers = survey.observe(asked, complete);
        for (int i = 0; i < asked.size(); i++) {
            for (int v = 0; v < asked.get(i).size(); v++) {
                addLevels(asked.get(i).get(v), v, answers.get(i));
            }
        }
        for (int i = 0; i < asked.size(); i++) {
            List<String> variables = asked.get(i);
            Set<List<Double>> codes = new HashSet<>();
            answers.get(i).forEach(cell -> codes.add(codes(variables, cell)));
            cells.put(variables, codes);
        }
    }

    static List<String> categoricalVariables(Term term) {
        return Terms.categorical(term).stream().map(Factor::variable).toList();
    }

    /** Levels in ascending order. */
    double[] of(String variable) {
        return rows.get(variable).keySet().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The labels of a string variable. */
    Optional<List<String>> labels(String variable) {
        return Optional.ofNullable(labels.get(variable));
    }

    /** Whether this combination of levels has observations. */
    boolean observed(List<String> variables, List<Double> levels) {
        return cells.get(variables).contains(levels);
    }

    /** The base level; NaN for none. */
    double base(String variable, Factor.Base base) {
        double[] levels = of(variable);
        if (base instanceof Factor.Base.None) {
            return Double.NaN;
        }
        if (levels.length == 0) {
            throw EchelonException.failure("no observations: no row has values for all variables of the model");
        }
        if (base instanceof Factor.Base.Last) {
            return levels[levels.length - 1];
        }
        if (base instanceof Factor.Base.Frequent) {
            return mostFrequent(variable);
        }
        if (base instanceof Factor.Base.Position p) {
            if (p.position() < 1 || p.position() > levels.length) {
                throw EchelonException.misuse("base #" + p.position() + " of " + variable + ": it has " + levels.length
                        + " levels");
            }
            return levels[p.position() - 1];
        }
        if (base instanceof Factor.Base.Value v) {
            if (!rows.get(variable).containsKey(v.value())) {
                throw EchelonException.misuse("base level " + FactorColumns.number(v.value()) + " of " + variable
                        + " does not occur in the estimation sample; its levels are " + listed(levels));
            }
            return v.value();
        }
        return levels[0];
    }

    private double mostFrequent(String variable) {
        double best = Double.NaN;
        long most = -1;
        for (Map.Entry<Double, Long> level : rows.get(variable).entrySet()) {
            if (level.getValue() > most) {
                best = level.getKey();
                most = level.getValue();
            }
        }
        return best;
    }

    private void addLevels(String variable, int position, List<Survey.Cell> observed) {
        if (rows.containsKey(variable)) {
            return;
        }
        Map<Object, Long> counts = new HashMap<>();
        observed.forEach(cell -> counts.merge(cell.values().get(position), cell.rows(), Long::sum));
        if (counts.size() > MOST_LEVELS) {
            throw EchelonException.misuse("factor variable " + variable + " has " + counts.size() + " levels (at most "
                    + MOST_LEVELS + "); a random intercept, || " + variable + ":, may be what you want");
        }
        List<Object> values = new ArrayList<>(counts.keySet());
        TreeMap<Double, Long> levels = new TreeMap<>();
        if (values.stream().anyMatch(String.class::isInstance)) {
            List<String> sorted = values.stream().map(Object::toString).sorted().toList();
            labels.put(variable, sorted);
            for (int k = 0; k < sorted.size(); k++) {
                levels.put(k + 1.0, counts.get(sorted.get(k)));
            }
        } else {
            counts.forEach((value, n) -> levels.put(checked(variable, (Double) value), n));
        }
        rows.put(variable, levels);
    }

    private static double checked(String variable, double value) {
        if (value < 0 || value != Math.rint(value) || value > Integer.MAX_VALUE) {
            throw EchelonException.misuse("factor variable " + variable + " has the value " + FactorColumns.number(value)
                    + "; factor variables may hold whole numbers from 0 on only: write c." + variable
                    + " for the values themselves, or make categories with egen g = group(" + variable + ")");
        }
        return value + 0.0;
    }

    private List<Double> codes(List<String> variables, Survey.Cell cell) {
        List<Double> codes = new ArrayList<>();
        for (int v = 0; v < variables.size(); v++) {
            Object value = cell.values().get(v);
            List<String> sorted = labels.get(variables.get(v));
            codes.add(sorted == null ? (Double) value + 0.0 : sorted.indexOf(value) + 1.0);
        }
        return codes;
    }

    private static String listed(double[] levels) {
        String all = String.join(", ", Arrays.stream(levels).limit(20).mapToObj(FactorColumns::number).toList());
        return levels.length > 20 ? all + ", ..." : all;
    }
}
