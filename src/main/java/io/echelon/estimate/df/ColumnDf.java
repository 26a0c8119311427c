package io.echelon.estimate.df;

/**
 * Degrees of freedom by column: the residual method gives each n − p, the repeated and ANOVA methods those of the level
 * within whose groups the column varies. A hypothesis about columns with different degrees of freedom has none (NaN).
 *
 * @param variance Var(β̂), p×p
 * @param df       of each column
 */
public record ColumnDf(double[][] variance, double[] df) implements DenominatorDf {
    @Override
    public double of(double[] l) {
        double common = Double.POSITIVE_INFINITY;
        for (int i = 0; i < l.length; i++) {
            common = l[i] == 0 ? common : both(common, df[i]);
        }
        return common;
    }

    private static double both(double a, double b) {
        return a == Double.POSITIVE_INFINITY || a == b ? b : Double.NaN;
    }

    @Override
    public Joint joint(double[][] l, double[] beta) {
        double common = Double.POSITIVE_INFINITY;
        for (double[] row : l) {
            common = both(common, of(row));
        }
        return new Joint(Hypothesis.wald(l, beta, Hypothesis.factor(Hypothesis.variance(l, variance))) / l.length,
                l.length, common);
    }
}
