package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * What only {@code mixed} has.
 *
 * @param reml      restricted maximum likelihood instead of maximum likelihood
 * @param residuals residual structure; empty for independent residuals with one variance
 * @param dfMethod  degrees of freedom of the fixed effects; empty for large-sample tests
 * @param pwscale   scaling of sampling weights
 * @param small     small-sample tests of a fit with {@code dfmethod()}
 * @param nostderr  no standard errors of the random-effects parameters
 * @param dftable   what the degrees-of-freedom column of the table shows
 */
public record LinearOptions(boolean reml, Optional<ResidualSpec> residuals, Optional<DfMethod> dfMethod,
                            Optional<PwScale> pwscale, boolean small, boolean nostderr,
                            Optional<DfTable> dftable)
        implements Serializable {
    /** Methods for denominator degrees of freedom; {@code expectedInformation} is {@code eim}, else {@code oim}. */
    public record DfMethod(Name name, boolean expectedInformation) implements Serializable {
        /** By the manual's names. */
        public enum Name { RESIDUAL, REPEATED, ANOVA, SATTERTHWAITE, KROGER }
    }

    /** {@code pwscale()}. */
    public enum PwScale { SIZE, EFFECTIVE, GK }

    /** {@code dftable()}. */
    public enum DfTable { DEFAULT, CI, PVALUE }

    /** The same with degrees of freedom by a method. */
    public LinearOptions with(DfMethod method) {
        return new LinearOptions(reml, residuals, Optional.of(method), pwscale, small, nostderr, dftable);
    }

    /** The same with large-sample tests, or small-sample tests shown in another way. */
    public LinearOptions shown(boolean smallSample, Optional<DfTable> table) {
        return new LinearOptions(reml, residuals, smallSample ? dfMethod : Optional.empty(), pwscale, smallSample, nostderr,
                table);
    }

    /** The manual's defaults: maximum likelihood, independent residuals. */
    public static LinearOptions defaults() {
        return new LinearOptions(false, Optional.empty(), Optional.empty(), Optional.empty(), false, false,
                Optional.empty());
    }
}
