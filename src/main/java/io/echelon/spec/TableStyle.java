package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * How the numbers and names of tables are laid out. Formats are Stata's, such as {@code %9.3f}.
 *
 * @param cformat    of coefficients, standard errors and limits
 * @param pformat    of p-values
 * @param sformat    of test statistics
 * @param vsquish    no empty lines around factor variables
 * @param fvwrap     lines that a long label of a factor's level may take
 * @param onWidth    break labels wherever the column ends, rather than between words
 * @param nolstretch do not widen the column of names
 * @param noci       no confidence intervals
 * @param nopvalues  no test statistics and p-values
 */
public record TableStyle(Optional<String> cformat, Optional<String> pformat, Optional<String> sformat, boolean vsquish,
                         int fvwrap, boolean onWidth, boolean nolstretch, boolean noci, boolean nopvalues)
        implements Serializable {
    /** The manual's defaults. */
    public static TableStyle defaults() {
        return new TableStyle(Optional.empty(), Optional.empty(), Optional.empty(), false, 1, false, false, false, false);
    }
}
