package io.echelon.spec;

/** What stands for the random effects in a prediction. */
public enum RandomPart {
    /** Best linear unbiased predictors, or empirical Bayes means. */
    MEANS,
    /** Empirical Bayes modes. */
    MODES,
    /** Zero. */
    FIXEDONLY,
    /** They are integrated out. */
    MARGINAL
}
