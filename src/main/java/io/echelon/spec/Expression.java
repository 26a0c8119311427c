package io.echelon.spec;

import java.io.Serializable;
import java.util.List;

/**
 * An expression in Stata's notation, as read: names only, no types. Missing is a value ({@code .}), larger than every
 * number in comparisons; comparisons and logical operators give the numbers 0 and 1.
 */
public sealed interface Expression extends Serializable {

    /** A literal number. */
    record Number(double value) implements Expression {}

    /** A literal string, without its quotes. */
    record Text(String value) implements Expression {}

    /** The missing value {@code .} */
    record Missing() implements Expression {}

    /** A variable, or {@code _n}, {@code _N}, {@code _pi}. */
    record Name(String name) implements Expression {}

    /** {@code x[exp]}: the value of a variable in another row. */
    record Subscript(String name, Expression index) implements Expression {}

    /** {@code _b[week]}, {@code [eq]_b[x]}, {@code _se[week]}: an estimate of the last fit, or its standard error. */
    record Estimate(LinearConstraint.Parameter parameter, boolean standardError) implements Expression {}

    /** {@code predict(mu)} in {@code margins, expression()}. */
    record Prediction(Margins.Prediction prediction) implements Expression {}

    /** {@code -x}, {@code !x}; operator as typed, {@code ~} written {@code !}. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** {@code a op b}; {@code ~=} written {@code !=}. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** A call of a Stata function (ln, cond, inlist, missing, ...) or, where Stata has none of that name, of a Spark SQL function. */
    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
