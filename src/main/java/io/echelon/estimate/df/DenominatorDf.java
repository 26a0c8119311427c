package io.echelon.estimate.df;

/**
 * Denominator degrees of freedom of t and F tests about the fixed effects, by one of the methods of {@code dfmethod()}.
 */
public sealed interface DenominatorDf permits ColumnDf, SatterthwaiteDf, KenwardRogerDf {
    /**
     * An F test.
     *
     * @param statistic     F
     * @param df            numerator degrees of freedom: the rank of the hypothesis
     * @param denominatorDf denominator degrees of freedom; NaN where the method has none for the hypothesis
     */
    record Joint(double statistic, int df, double denominatorDf) {}

    /** Var(β̂) (p×p) that the tests use. */
    double[][] variance();

    /** Degrees of freedom of the t test of l'β; NaN where the method has none. */
    double of(double[] l);

    /**
     * Test that Lβ = 0.
     *
     * @param l    linearly independent rows
     * @param beta estimates, p
     */
    Joint joint(double[][] l, double[] beta);
}
