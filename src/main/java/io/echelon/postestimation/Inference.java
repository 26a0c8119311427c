package io.echelon.postestimation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Gamma;

/** Tests and intervals by the normal, t, chi-squared and F distributions. */
public final class Inference {
    private Inference() {}

    /** a'Vb. */
    static double covariance(double[] a, double[][] v, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length && a[i] != 0; j++) {
                s += b[j] == 0 ? 0 : a[i] * v[i][j] * b[j];
            }
        }
        return s;
    }

    /** Standard error of a function of the parameters with covariance matrix v. */
    public static double standardError(LinearForm form, double[][] v) {
        return Math.sqrt(Math.max(0, covariance(form.gradient(), v, form.gradient())));
    }

    /**
     * A row of a table: z test, or t test with so many degrees of freedom, and a symmetric interval.
     *
     * @param df    NaN for z
     * @param level of the interval, in percent
     */
    public static Answer.Row row(String term, double estimate, double se, double df, double level) {
        double statistic = estimate / se;
        double width = quantile(0.5 + level / 200, df) * se;
        return se > 0 ? new Answer.Row(term, estimate, se, statistic, df, twoSided(statistic, df), estimate - width,
                estimate + width)
                : new Answer.Row(term, estimate, Double.NaN, Double.NaN, df, Double.NaN, Double.NaN, Double.NaN);
    }

    /** A row of what is not estimable. */
    public static Answer.Row none(String term) {
        double none = Double.NaN;
        return new Answer.Row(term, none, none, none, none, none, none, none);
    }

    static double twoSided(double statistic, double df) {
        double x = -Math.abs(statistic);
        return 2 * (Double.isNaN(df) ? new NormalDistribution().cumulativeProbability(x)
                : new TDistribution(df).cumulativeProbability(x));
    }

    public static double quantile(double probability, double df) {
        return Double.isNaN(df) ? new NormalDistribution().inverseCumulativeProbability(probability)
                : new TDistribution(df).inverseCumulativeProbability(probability);
    }

    /** P(χ²(df) > statistic). */
    static double chiSquaredTail(double statistic, int df) {
        return Gamma.regularizedGammaQ(df / 2.0, statistic / 2);
    }

    /** P(F(df, denominator) > statistic); NaN where there are no denominator degrees of freedom. */
    static double fTail(double statistic, int df, double denominator) {
        return denominator > 0 ? 1 - new FDistribution(df, denominator).cumulativeProbability(statistic) : Double.NaN;
    }

    /** The level of an option, or that of the fit. */
    public static double level(OptionalDouble given, Results results) {
        return given.orElse(results.estimates().spec().display().level());
    }

    /** A number as short as it can be written. */
    public static String number(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x)
                : BigDecimal.valueOf(x).round(new MathContext(7)).stripTrailingZeros().toPlainString();
    }
}
