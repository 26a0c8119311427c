package io.echelon.fit;

/** Tests printed with a fit. */
public final class Test {
    private Test() {}

    /**
     * Joint Wald test of all coefficients but the constant: chi-squared with {@code df}, or F where
     * {@code denominatorDf} is finite: 0 where the method has none for all coefficients together.
     */
    public record Wald(double statistic, int df, double denominatorDf, double pValue) {}

    /**
     * Likelihood-ratio test against the model without random effects.
     *
     * @param kind {@code chibar2(01)} (half chi-squared(0), half chi-squared(1)) or {@code chi2(df)}
     * @param note why the p-value is conservative, or empty
     */
    public record LikelihoodRatio(double statistic, int df, String kind, double pValue, String note,
                                  String comparison, double restrictedLogLikelihood) {}
}
