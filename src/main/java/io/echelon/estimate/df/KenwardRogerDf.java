package io.echelon.estimate.df;

import io.echelon.error.EchelonException;
import io.echelon.likelihood.FixedInformation;
import io.echelon.linalg.Cholesky;

/**
 * The method of Kenward and Roger (Biometrics 53, 1997): tests with the adjusted covariance matrix, and a scaled F whose
 * denominator degrees of freedom and scale match its first two moments.
 *
 * @param variance the adjusted covariance matrix, p×p
 */
public record KenwardRogerDf(SmallSample sample, double[][] variance) implements DenominatorDf {
    static KenwardRogerDf of(SmallSample sample, FixedInformation fixed) {
        double[][] variance = sample.variance(SmallSample.adjustment(fixed, sample.w()));
        if (Cholesky.of(variance).isEmpty()) {
            throw EchelonException.failure("the adjusted covariance matrix of Kenward and Roger is not positive definite: these"
                    + " data hardly determine the covariance parameters; simplify the random effects or residuals(), or use"
                    + " dfmethod(satterthwaite)");
        }
        return new KenwardRogerDf(sample, variance);
    }

    @Override
    public double of(double[] l) {
        return sample.satterthwaite(sample.inCoordinates(l));
    }

    @Override
    public Joint joint(double[][] l, double[] beta) {
        int q = l.length;
        double statistic = Hypothesis.wald(l, beta, Hypothesis.factor(Hypothesis.variance(l, variance))) / q;
        if (q == 1) {
            return new Joint(statistic, 1, of(l[0]));
        }
        double[] a = moments(l);
        double a1 = a[0];
        double a2 = a[1];
        double b = (a1 + 6 * a2) / (2 * q);
        double g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
        double d = 3 * q + 2 * (1 - g);
        double c1 = g / d;
        double c2 = (q - g) / d;
        double c3 = (q + 2 - g) / d;
        double mean = 1 / (1 - a2 / q);
        double spread = 2.0 / q * (1 + c1 * b) / ((1 - c2 * b) * (1 - c2 * b) * (1 - c3 * b));
        double rho = spread / (2 * mean * mean);
        double df = 4 + (q + 2) / (q * rho - 1);
        double lambda = df / (mean * (df - 2));
        return new Joint(lambda * statistic, q, df);
    }

    /**
     * A_1 = Σ W_ij tr(ΘΦA_iΦ) tr(ΘΦA_jΦ) and A_2 = Σ W_ij tr(ΘΦA_iΦΘΦA_jΦ) with Θ = L'(LΦL')⁻¹L. In coordinates of
     * uncorrelated rows of unit variance, F = C⁻¹L with LΦL' = CC', both are made of T_i = FΦA_iΦF'.
     */
    private double[] moments(double[][] l) {
        int q = l.length;
        int p = sample.map().length;
        double s = sample.variance();
        double[][] rows = new double[q][];
        for (int a = 0; a < q; a++) {
            rows[a] = sample.inCoordinates(l[a]);
        }
        double[][] v = new double[q][q];
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                for (int i = 0; i < p; i++) {
                    v[a][b] += s * rows[a][i] * rows[b][i];
                }
            }
        }
        Cholesky factor = Hypothesis.factor(v);
        double[][] unit = new double[q][p];
        for (int i = 0; i < p; i++) {
            double[] column = new double[q];
            for (int a = 0; a < q; a++) {
                column[a] = rows[a][i];
            }
            double[] solved = factor.solveLower(column);
            for (int a = 0; a < q; a++) {
                unit[a][i] = s * solved[a];
            }
        }
        int m = sample.first().length;
        double[][][] t = new double[m][][];
        double[] trace = new double[m];
        for (int i = 0; i < m; i++) {
            t[i] = Hypothesis.variance(unit, sample.first()[i]);
            for (int a = 0; a < q; a++) {
                trace[i] += t[i][a][a];
            }
        }
        double a1 = 0;
        double a2 = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                a1 += sample.w()[i][j] * trace[i] * trace[j];
                double product = 0;
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < q; b++) {
                        product += t[i][a][b] * t[j][b][a];
                    }
                }
                a2 += sample.w()[i][j] * product;
            }
        }
        return new double[] {a1, a2};
    }
}
