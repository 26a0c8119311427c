package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.spec.ModelSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the outcomes of a multinomial response in the rows, and the base among them. */
final class OutcomeBinding {
    /** Every outcome has an equation: more are a variable that was not meant to be one of outcomes. */
    private static final int MOST_OUTCOMES = 50;

    private final String response;
    private final List<Survey.Cell> cells;
    private final boolean text;

    /**
     * @param survey   asked for the values of the response
     * @param complete variables that must not be missing
     */
    OutcomeBinding(ModelSpec spec, Survey survey, List<String> complete) {
        response = spec.fixed().response();
        List<Survey.Cell> found = new ArrayList<>(survey.observe(List.of(List.of(response)), complete).get(0));
        if (found.isEmpty()) {
            throw EchelonException.failure("no observations: no row has values for all variables of the model");
        }
        text = found.stream().anyMatch(c -> value(c) instanceof String);
        if (!text) {
            found.forEach(c -> requireWhole((Double) value(c)));
        }
        if (found.size() == 1) {
            throw EchelonException.failure(response + " does not vary in the estimation sample: every observation has the outcome "
                    + name(found.get(0)));
        }
        if (found.size() > MOST_OUTCOMES) {
            throw EchelonException.misuse(response + " has " + found.size() + " outcomes, and memlogit takes at most " + MOST_OUTCOMES
                    + ", because every outcome has an equation of its own: group the outcomes, or use a model for counts or for"
                    + " continuous responses");
        }
        found.sort(text ? Comparator.comparing(c -> (String) value(c)) : Comparator.comparing(c -> (Double) value(c)));
        cells = List.copyOf(found);
    }

    private static Object value(Survey.Cell cell) {
        return cell.values().get(0);
    }

    private void requireWhole(double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw EchelonException.misuse(response + " has the value " + FactorColumns.number(value) + ", and the outcomes of memlogit"
                    + " are whole numbers or texts: number the categories with egen y = group(" + response
                    + "), or use a model for continuous responses");
        }
    }

    /** A name that may stand in {@code [equation]term}. */
    private static String name(Survey.Cell cell) {
        return value(cell) instanceof String s ? s.strip().replaceAll("[\\s\\[\\]:#]+", "_") : FactorColumns.number((Double) value(cell));
    }

    /** The texts of the outcomes, which are then numbered from 1; empty for numbers. */
    Optional<List<String>> labels() {
        return text ? Optional.of(cells.stream().map(c -> (String) value(c)).toList()) : Optional.empty();
    }

    /**
     * The outcomes.
     *
     * @param base the base outcome as typed, its number or text; the most frequent one where it is not given
     */
    Outcomes outcomes(Optional<String> base) {
        List<String> names = cells.stream().map(OutcomeBinding::name).toList();
        double[] values = new double[names.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = text ? k + 1 : (Double) value(cells.get(k)) + 0.0;
        }
        return new Outcomes(names, values, base.map(typed -> place(typed, names)).orElseGet(this::mostFrequent));
    }

    private int place(String typed, List<String> names) {
        for (int k = 0; k < names.size(); k++) {
            boolean same = value(cells.get(k)) instanceof Double d ? typed.equals(name(cells.get(k))) || number(typed) == d
                    : typed.equals(value(cells.get(k)));
            if (same) {
                return k;
            }
        }
        throw EchelonException.misuse("baseoutcome(" + typed + "): " + response + " has no such outcome in the estimation sample"
                + Spelling.nearest(typed, names).map(n -> "; did you mean " + n + "?").orElse("") + " Its outcomes are "
                + String.join(", ", names));
    }

    private static double number(String typed) {
        try {
            return Double.parseDouble(typed);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private int mostFrequent() {
        int best = 0;
        for (int k = 1; k < cells.size(); k++) {
            best = cells.get(k).rows() > cells.get(best).rows() ? k : best;
        }
        return best;
    }
}
