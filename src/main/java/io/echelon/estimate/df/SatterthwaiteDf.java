package io.echelon.estimate.df;

import io.echelon.linalg.Cholesky;
import io.echelon.linalg.SymmetricEigen;

/**
 * Satterthwaite's method; for joint tests as Fai and Cornelius (Journal of Statistical Computation and Simulation 54, 1996):
 * the hypothesis is split into uncorrelated t tests with ν_m degrees of freedom, whose mean square has the expectation of
 * an F with 2E/(E − q), E = Σ ν_m/(ν_m − 2) over ν_m > 2.
 *
 * @param variance Var(β̂), p×p
 */
public record SatterthwaiteDf(SmallSample sample, double[][] variance) implements DenominatorDf {

    @Override
    public double of(double[] l) {
        return sample.satterthwaite(sample.inCoordinates(l));
    }

    @Override
    public Joint joint(double[][] l, double[] beta) {
        int q = l.length;
        double[][] v = Hypothesis.variance(l, variance);
        Cholesky factor = Hypothesis.factor(v);
        double statistic = Hypothesis.wald(l, beta, factor) / q;
        if (q == 1) {
            return new Joint(statistic, 1, of(l[0]));
        }
        SymmetricEigen eigen = SymmetricEigen.of(v);
        double sum = 0;
        for (int m = 0; m < q; m++) {
            double[] combined = new double[beta.length];
            for (int a = 0; a < q; a++) {
                for (int i = 0; i < combined.length; i++) {
                    combined[i] += eigen.vectors()[m][a] * l[a][i];
                }
            }
            double nu = of(combined);
            sum += nu > 2 ? nu / (nu - 2) : 0;
        }
        return new Joint(statistic, q, sum > q ? 2 * sum / (sum - q) : 0);
    }
}
