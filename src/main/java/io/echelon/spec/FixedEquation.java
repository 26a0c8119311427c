package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The fixed-effects equation.
 *
 * @param response   response variable
 * @param terms      regressors, in the order typed
 * @param noconstant no constant term
 * @param offset     variable added to the linear predictor with coefficient 1
 * @param exposure   variable whose logarithm is added with coefficient 1
 * @param asis       keep perfect predictors
 */
public record FixedEquation(String response, List<Term> terms, boolean noconstant, Optional<String> offset,
                            Optional<String> exposure, boolean asis) implements Serializable {
    public FixedEquation {
        terms = List.copyOf(terms);
    }
}
