package io.echelon.estimate;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.spec.LinearConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The starting values of {@code from()}: pairs {@code name=value} with names as in the tables, or numbers in the order of the
 * tables ({@code from(matrix)}, {@code from(1 2 3, copy)}).
 *
 * @param named   by name, in the order given; empty where values come in order
 * @param ordered in the order of the tables, or null
 * @param skip    whether names that the model has not are passed over
 */
public record FromValues(Map<String, Double> named, double[] ordered, boolean skip) {
    private static final Pattern MATRIX = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

    /**
     * Reads the argument.
     *
     * @param matrices matrices by name
     */
    public static FromValues of(String text, Map<String, double[][]> matrices) {
        int comma = outside(text, ',');
        String values = (comma < 0 ? text : text.substring(0, comma)).strip();
        String option = comma < 0 ? "" : text.substring(comma + 1).strip();
        if (!option.isEmpty() && !option.equals("copy") && !option.equals("skip")) {
            throw misuse(text, "after the comma may stand copy or skip, not " + option);
        }
        String[] words = values.replaceAll("\\s*=\\s*", "=").split("\\s+");
        if (words.length == 1 && MATRIX.matcher(words[0]).matches()) {
            return new FromValues(Map.of(), vector(words[0], matrices), false);
        }
        if (words[0].indexOf('=') < 0) {
            if (!option.equals("copy")) {
                throw misuse(text, "numbers without names need option copy, as in from(0.5 -1 2, copy)");
            }
            double[] ordered = new double[words.length];
            for (int k = 0; k < ordered.length; k++) {
                ordered[k] = number(text, words[k], words[k]);
            }
            return new FromValues(Map.of(), ordered, false);
        }
        Map<String, Double> named = new LinkedHashMap<>();
        for (String pair : words) {
            int equals = pair.lastIndexOf('=');
            if (equals < 1) {
                throw misuse(text, pair + " is not of the form name=value, as in from(x=1 var(_cons[id])=2)");
            }
            named.put(pair.substring(0, equals), number(text, pair, pair.substring(equals + 1)));
        }
        return new FromValues(named, null, option.equals("skip"));
    }

    /**
     * The argument with the values of a matrix, in order, in the place of its name.
     *
     * @param matrices matrices by name
     */
    public static String spelledOut(String text, Map<String, double[][]> matrices) {
        return MATRIX.matcher(text.strip()).matches() ? Arrays.stream(vector(text.strip(), matrices)).mapToObj(Double::toString)
                .collect(Collectors.joining(" ", "", ", copy")) : text;
    }

    private static double number(String text, String word, String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw misuse(text, word + " is not of the form name=value, as in from(x=1 var(_cons[id])=2)");
        }
    }

    private static double[] vector(String name, Map<String, double[][]> matrices) {
        double[][] m = matrices.get(name);
        if (m == null) {
            throw EchelonException.misuse("from(" + name + "): matrix " + name + " not found"
                    + Spelling.hint(name, matrices.keySet()));
        }
        if (m.length == 1) {
            return m[0].clone();
        }
        List<Double> column = new ArrayList<>();
        for (double[] row : m) {
            if (row.length != 1) {
                throw EchelonException.misuse("from(" + name + "): the matrix has " + m.length + " rows and " + row.length
                        + " columns; starting values are one row or one column");
            }
            column.add(row[0]);
        }
        return column.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static EchelonException misuse(String text, String what) {
        return EchelonException.misuse("from(" + text + "): " + what);
    }

    /** Place of a character that stands in no parentheses or brackets, the last one, or −1. */
    private static int outside(String text, char wanted) {
        int depth = 0;
        int place = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            place = depth == 0 && c == wanted ? i : place;
        }
        return place;
    }

    /** Puts the values in the place of others. */
    public void into(double[] natural, ParameterPlaces places) {
        if (ordered != null) {
            inOrder(natural, places.ofTables());
            return;
        }
        named.forEach((name, value) -> {
            int colon = outside(name, ':');
            LinearConstraint.Parameter parameter = new LinearConstraint.Parameter(
                    colon < 0 ? Optional.empty() : Optional.of(name.substring(0, colon)), name.substring(colon + 1));
            if (!skip || places.knows(parameter)) {
                natural[places.of(parameter, "from()")] = value;
            }
        });
    }

    private void inOrder(double[] natural, List<Integer> order) {
        if (order.size() != ordered.length) {
            throw EchelonException.misuse("from(): " + ordered.length + " values given, the tables of this model have "
                    + order.size() + " rows of estimates: coefficients, then variances and covariances in their order");
        }
        for (int k = 0; k < ordered.length; k++) {
            if (order.get(k) >= 0) {
                natural[order.get(k)] = ordered[k];
            }
        }
    }
}
