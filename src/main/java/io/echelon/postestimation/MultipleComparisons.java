package io.echelon.postestimation;

import io.echelon.spec.Adjustment;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.FDistribution;

/** Tests and intervals of several comparisons with an adjustment for their number. */
final class MultipleComparisons {
    private final Adjustment adjustment;
    private final int comparisons;
    private final int means;
    private final double level;

    /**
     * @param comparisons how many there are
     * @param means       how many means they compare; one more than the rank of contrasts
     * @param level       of the intervals, in percent
     */
    MultipleComparisons(Adjustment adjustment, int comparisons, int means, double level) {
        this.adjustment = adjustment;
        this.comparisons = comparisons;
        this.means = means;
        this.level = level;
    }

    /** The rows with p-values and intervals adjusted; degrees of freedom NaN for the normal distribution. */
    List<Answer.Row> adjusted(List<Answer.Row> rows) {
        double[] holm = Adjusted.pValues(Adjustment.HOLM, rows.stream().mapToDouble(Answer.Row::pValue).toArray());
        List<Answer.Row> adjusted = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Answer.Row r = rows.get(i);
            double width = critical(r.df()) * r.stdError();
            double p = Double.isNaN(r.statistic()) ? Double.NaN
                    : adjustment == Adjustment.HOLM ? holm[i] : pValue(r.statistic(), r.df());
            adjusted.add(new Answer.Row(r.term(), r.estimate(), r.stdError(), r.statistic(), r.df(), p,
                    r.estimate() - width, r.estimate() + width));
        }
        return adjusted;
    }

    private double pValue(double t, double df) {
        double p = Inference.twoSided(t, df);
        int rank = means - 1;
        return switch (adjustment) {
            case NOADJUST, HOLM -> p;
            case BONFERRONI -> Math.min(1, comparisons * p);
            case SIDAK -> -Math.expm1(comparisons * Math.log1p(-p));
            case SCHEFFE -> Double.isNaN(df) ? Inference.chiSquaredTail(t * t, rank) : Inference.fTail(t * t / rank, rank, df);
            case TUKEY -> StudentizedRange.tail(Math.abs(t) * Math.sqrt(2), means, df);
        };
    }

    /** Multiple of the standard error that an interval reaches to each side; Holm's method has no intervals. */
    private double critical(double df) {
        double alpha = 1 - level / 100;
        int rank = means - 1;
        return switch (adjustment) {
            case NOADJUST -> Inference.quantile(1 - alpha / 2, df);
            case BONFERRONI -> Inference.quantile(1 - alpha / 2 / comparisons, df);
            case SIDAK -> Inference.quantile((1 + Math.pow(1 - alpha, 1.0 / comparisons)) / 2, df);
            case SCHEFFE -> Math.sqrt(Double.isNaN(df)
                    ? new ChiSquaredDistribution(rank).inverseCumulativeProbability(1 - alpha)
                    : rank * new FDistribution(rank, df).inverseCumulativeProbability(1 - alpha));
            case TUKEY -> StudentizedRange.quantile(1 - alpha, means, df) / Math.sqrt(2);
            case HOLM -> Double.NaN;
        };
    }
}
