package io.echelon.estimate.linear;

import io.echelon.design.Column;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Test;
import io.echelon.group.Standardization;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.linalg.Cholesky;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.RealDistribution;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Gamma;

/**
 * Generalised least squares estimates of the fixed effects in original units.
 *
 * @param beta     p
 * @param variance (X'V⁻¹X)⁻¹, p×p
 */
record FixedEffects(double[] beta, double[][] variance) {
    /**
     * @param residualVariance σ² in standardised coordinates
     */
    static FixedEffects of(MixedLikelihood.Evaluation evaluation, Standardization standardization,
                           double residualVariance) {
        double scale = standardization.responseScale();
        double[] standard = evaluation.beta();
        int p = standard.length;
        double[] beta = standardization.original(standard);
        double[][] variance = evaluation.factor().inverse();
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < p; i++) {
                variance[i] = standardization.original(variance[i]);
            }
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < i; j++) {
                    double other = variance[i][j];
                    variance[i][j] = variance[j][i];
                    variance[j][i] = other;
                }
            }
        }
        for (int i = 0; i < p; i++) {
            beta[i] *= scale;
            for (int j = 0; j < p; j++) {
                variance[i][j] *= scale * scale * residualVariance;
            }
        }
        int constant = standardization.constant()[standardization.layout().levels()];
        if (constant >= 0) {
            beta[constant] += standardization.responseShift();
        }
        return new FixedEffects(beta, variance);
    }

    /** The coefficient table: normal tests and intervals, or t where there are degrees of freedom. */
    List<Coefficient> table(String equation, List<Column> columns, double level, Optional<DenominatorDf> freedom) {
        List<Coefficient> table = new ArrayList<>();
        int next = 0;
        for (Column c : columns) {
            if (c.status() != Column.Status.ESTIMATED) {
                double none = Double.NaN;
                table.add(new Coefficient(equation, c.name(), c.status(), 0, none, none, none, none, none, none));
                continue;
            }
            double b = beta[next];
            double se = Math.sqrt(variance[next][next]);
            double[] unit = new double[beta.length];
            unit[next++] = 1;
            double df = freedom.map(f -> f.of(unit)).orElse(Double.NaN);
            RealDistribution distribution = df > 0 ? new TDistribution(df) : new NormalDistribution();
            boolean none = df <= 0;
            double p = none ? Double.NaN : 2 * distribution.cumulativeProbability(-Math.abs(b / se));
            double width = none ? Double.NaN : se * distribution.inverseCumulativeProbability(0.5 + level / 200);
            table.add(new Coefficient(equation, c.name(), c.status(), b, se, b / se, df, p, b - width, b + width));
        }
        return table;
    }

    /** Joint test that all coefficients but the constant are zero; empty where there are none. */
    Optional<Test.Wald> wald(List<Column> estimated, Optional<DenominatorDf> freedom) {
        List<Integer> tested = new ArrayList<>();
        for (int i = 0; i < estimated.size(); i++) {
            if (!estimated.get(i).isConstant()) {
                tested.add(i);
            }
        }
        int k = tested.size();
        if (k > 0 && freedom.isPresent()) {
            double[][] l = new double[k][beta.length];
            for (int i = 0; i < k; i++) {
                l[i][tested.get(i)] = 1;
            }
            DenominatorDf.Joint f = freedom.get().joint(l, beta);
            boolean known = f.denominatorDf() > 0;
            double p = known
                    ? 1 - new FDistribution(k, f.denominatorDf()).cumulativeProbability(f.statistic()) : Double.NaN;
            return Optional.of(new Test.Wald(f.statistic(), k, known ? f.denominatorDf() : 0, p));
        }
        double[] b = new double[k];
        double[][] v = new double[k][k];
        for (int i = 0; i < k; i++) {
            double unit = Math.sqrt(variance[tested.get(i)][tested.get(i)]);
            b[i] = beta[tested.get(i)] / unit;
            for (int j = 0; j < k; j++) {
                v[i][j] = variance[tested.get(i)][tested.get(j)] / unit
                        / Math.sqrt(variance[tested.get(j)][tested.get(j)]);
            }
        }
        return k == 0 ? Optional.empty() : Cholesky.of(v).map(factor -> {
            double statistic = 0;
            for (double h : factor.solveLower(b)) {
                statistic += h * h;
            }
            double p = Gamma.regularizedGammaQ(k / 2.0, statistic / 2);
            return new Test.Wald(statistic, k, Double.POSITIVE_INFINITY, p);
        });
    }
}
