package io.echelon.estimate.df;

import io.echelon.likelihood.FixedInformation;
import io.echelon.spec.LinearOptions.DfMethod;
import java.util.Arrays;

/** Makes {@link DenominatorDf} by the methods of {@code dfmethod()}. */
public final class DfMethods {
    private DfMethods() {}

    /** n − p for every column. */
    public static DenominatorDf residual(double[][] variance, long n) {
        double[] df = new double[variance.length];
        Arrays.fill(df, n - df.length);
        return new ColumnDf(variance, df);
    }

    /**
     * Degrees of freedom by level: with m_l groups at level l, m_0 = 0, the rows being the last level, and p_l columns
     * that vary between the groups of level l but not within them, m_l − m_(l−1) − p_l (Pinheiro and Bates 2000, p. 91); and
     * m_l − 1 for a column that has random coefficients at level l, the smallest of several.
     *
     * @param random   for each level and column, whether it has random coefficients there
     * @param constant for each level and column, whether it is constant within every group
     * @param groups   groups of each level
     */
    public static DenominatorDf byLevel(double[][] variance, boolean[][] constant, boolean[][] random, long[] groups, long n) {
        int p = variance.length;
        int levels = constant.length;
        int[] level = new int[p];
        double[] df = new double[levels + 1];
        for (int l = 0; l <= levels; l++) {
            df[l] = (l < levels ? groups[l] : n) - (l == 0 ? 0 : groups[l - 1]);
        }
        for (int j = 0; j < p; j++) {
            while (level[j] < levels && !constant[level[j]][j]) {
                level[j]++;
            }
            df[level[j]]--;
        }
        double[] ofColumn = Arrays.stream(level).mapToDouble(l -> df[l]).toArray();
        for (int l = 0; l < random.length; l++) {
            for (int j = 0; j < p; j++) {
                ofColumn[j] = random[l][j] ? Math.min(ofColumn[j], groups[l] - 1) : ofColumn[j];
            }
        }
        return new ColumnDf(variance, ofColumn);
    }

    /**
     * The methods of Satterthwaite and of Kenward and Roger.
     *
     * @param observed covariance matrix of the natural covariance parameters by the observed information
     * @param map      takes estimates in the coordinates of {@code fixed} to those in original units
     */
    public static DenominatorDf smallSample(DfMethod method, FixedInformation fixed, double[][] observed, double[][] map) {
        boolean kroger = method.name() == DfMethod.Name.KROGER;
        double[][] w = method.expectedInformation() ? SmallSample.expected(fixed)
                : Hypothesis.variance(fixed.parameters().jacobian(), observed);
        SmallSample sample = new SmallSample(fixed.variance(), fixed.first(), w, map);
        return kroger ? KenwardRogerDf.of(sample, fixed) : new SatterthwaiteDf(sample, sample.variance(null));
    }
}
