package io.echelon.estimate.df;

/**
 * Degrees of freedom by column: the residual method gives each n − p, the repeated and ANOVA methods those of the level
 * within whose groups the column varies. A hypothesis takes the smallest of the columns it is about.
 *
 * @param variance Var(β̂), p×p
 * @param df       of each column
 */
public record ColumnDf(double[][] variance, double[] df) implements DenominatorDf {
    @Override
    public double of(double[] l) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < l.length; i++) {
            least = l[i] == 0 ? least : Math.min(least, df[i]);
        }
        return least;
    }

    @Override
    public Joint joint(double[][] l, double[] beta) {
        double least = Double.POSITIVE_INFINITY;
        for (double[] row : l) {
            least = Math.min(least, of(row));
        }
        return new Joint(Hypothesis.wald(l, beta, Hypothesis.factor(Hypothesis.variance(l, variance))) / l.length,
                l.length, least);
    }
}
