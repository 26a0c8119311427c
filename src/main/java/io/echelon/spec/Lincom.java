package io.echelon.spec;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code lincom expression [, eform level(#) small]}: a linear combination of coefficients.
 *
 * @param combination multiples of parameters; {@code value} is the number subtracted
 * @param eform       title of the column of exponentiated estimates
 * @param small       t with the denominator degrees of freedom of {@code dfmethod()}
 * @param level       confidence level in percent; that of the fit where it is not given
 */
public record Lincom(LinearConstraint combination, Optional<String> eform, boolean small, OptionalDouble level)
        implements PostestimationCommand {
    @Override
    public String name() {
        return "lincom";
    }
}
