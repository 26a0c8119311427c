package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One random-effects equation {@code || level: terms, options}.
 *
 * @param level      level variable, or {@code _all}
 * @param factor     the variable of {@code R.variable}, when the equation is of that form; {@code terms} is then empty
 * @param terms      random coefficients, without the constant
 * @param noconstant no random intercept
 * @param covariance the structure asked for; empty when not given (independent, and identity for {@code R.})
 * @param collinear  keep collinear columns
 * @param weight     {@code fweight()}, {@code pweight()} or {@code iweight()} at this level
 * @param shared     of a multinomial model: the effects enter the equations of all outcomes, rather than each its own
 */
public record RandomEquation(String level, Optional<String> factor, List<Term> terms, boolean noconstant, boolean collinear,
                             Optional<CovarianceChoice> covariance, Optional<Weight> weight, boolean shared) implements Serializable {
    /** The name of the level that holds all observations. */
    public static final String ALL = "_all";

    public RandomEquation {
        terms = List.copyOf(terms);
    }
}
