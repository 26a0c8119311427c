package io.echelon.design;

import java.io.Serializable;
import java.util.List;

/**
 * One column of a model matrix: a product of continuous variables and indicators, or the constant (no parts).
 *
 * @param name   name as in coefficient vectors: {@code week}, {@code _cons}, {@code 1.cc#1.tv}, {@code 2.g#c.x}
 * @param parts  the factors of the product
 * @param status whether the column takes part in estimation
 * @param equation of a model with several linear predictors: the name of the one the column is in, which its own name then
 *               begins with ({@code 2:week}); empty in all others, and for columns in every one
 */
public record Column(String name, List<Part> parts, Status status, String equation) implements Serializable {
    /** The name of the constant. */
    public static final String CONSTANT = "_cons";

    /** Whether a column is estimated, or why not. */
    public enum Status {
        ESTIMATED,
        /** The base level of a factor variable; its coefficient is zero by definition. */
        BASE,
        /** Dropped because of collinearity. */
        OMITTED,
        /** An interaction cell without observations. */
        EMPTY
    }

    /**
     * One factor of the product.
     *
     * @param source index into {@link Design#sources()}
     * @param level  the level whose indicator this is; NaN for the values themselves
     */
    public record Part(int source, double level) implements Serializable {
        /** Whether this part is the variable itself rather than an indicator. */
        public boolean continuous() {
            return Double.isNaN(level);
        }
    }

    public Column {
        parts = List.copyOf(parts);
    }

    /** A column of the one linear predictor of a model, or of all. */
    public Column(String name, List<Part> parts, Status status) {
        this(name, parts, status, "");
    }

    /** The column of ones. */
    public static Column constant() {
        return new Column(CONSTANT, List.of(), Status.ESTIMATED);
    }

    /** The same column with another status. */
    public Column with(Status status) {
        return new Column(name, parts, status, equation);
    }

    /** The same column of one of several linear predictors. */
    public Column in(String equation) {
        return new Column(equation + ":" + name, parts, status, equation);
    }

    /** The same column without its linear predictor. */
    public Column alone() {
        return equation.isEmpty() ? this : new Column(name.substring(equation.length() + 1), parts, status);
    }

    /** Whether this is the column of ones. */
    public boolean isConstant() {
        return parts.isEmpty();
    }

    /** Whether this is an indicator or a product of indicators. */
    public boolean isIndicator() {
        return !parts.isEmpty() && parts.stream().noneMatch(Part::continuous);
    }

    /** The value of this column for one row. {@code row} holds the values of {@link Design#sources()} in order. */
    public double value(double[] row) {
        double v = 1;
        // An iterator for each value would cost more than the product.
        for (int k = 0; k < parts.size(); k++) {
            Part p = parts.get(k);
            double x = row[p.source()];
            v *= p.continuous() ? x : x == p.level() ? 1 : 0;
        }
        return v;
    }
}
