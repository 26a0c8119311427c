package io.echelon.fit;

import io.echelon.design.Column;

/**
 * One row of the coefficient table, always on the estimation scale. Columns that are not estimated keep their row with
 * estimate 0 and NaN elsewhere.
 *
 * @param equation  equation name: the response, or empty for ancillary parameters ({@code /cut1}); of a multinomial model the
 *                  outcome, the base outcome having coefficients of zero
 * @param term      name as in {@link Column#name()}: {@code week}, of a multinomial model {@code 2:week}
 * @param statistic estimate / std_error: z, or t with {@code df} degrees of freedom
 * @param df        denominator degrees of freedom; NaN for z
 */
public record Coefficient(String equation, String term, Column.Status status, double estimate, double stdError,
                          double statistic, double df, double pValue, double confLow, double confHigh) {
    /** The name within the equation. */
    public String name() {
        return ofSeveral() ? term.substring(equation.length() + 1) : term;
    }

    /** Whether this is a coefficient of one of several equations. */
    public boolean ofSeveral() {
        return !equation.isEmpty() && term.startsWith(equation + ":");
    }
}
