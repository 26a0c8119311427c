package io.echelon.likelihood;

import io.echelon.linalg.Packed;
import io.echelon.residual.ResidualModel;
import java.util.function.IntToDoubleFunction;

/**
 * What the second derivatives V_ij of the covariance matrix with respect to {@link LinearParameters} do where V is not linear
 * in them (the R_ij of Kenward and Roger, Biometrics 53, 1997).
 *
 * @param forms  for each pair of parameters j ≤ i, packed, x̃'V⁻¹V_ijV⁻¹x̃ (p×p)
 * @param traces tr(PV_ij), P = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹
 */
public record Curvature(double[][][] forms, double[][] traces) {
    /**
     * Both at an evaluation, from derivative sums that have the parameters ε of {@link ResidualModel#whole}.
     *
     * @param places of these sums
     * @param mass   n, or the sum of the weights of the rows
     */
    static Curvature of(double[] sums, RootSums places, CovarianceParameters parameters,
                        MixedLikelihood.Evaluation evaluation, double responseVariance, double mass) {
        return new Sweep(sums, places, parameters, evaluation.natural(), responseVariance).curvature(mass);
    }

    /**
     * V = Σ θ_k ZB_kZ' + σ² e^(2δ_c) R_c(a) in the natural parameters: its second derivatives are those of R with respect to
     * a, which the ε stand for, and multiples of its first ones. A function linear in V, as F(V) = x̃'V_0⁻¹VV_0⁻¹x̃ and
     * tr(V_0⁻¹V) are, has F(V_i) as its first and F(V_ij) as its second derivatives.
     */
    private static final class Sweep {
        private final double[] sums;
        private final RootSums places;
        private final CovarianceParameters parameters;
        private final ResidualModel model;
        private final ResidualModel curved;
        private final double[] natural;
        private final double unit;
        private final double s;
        private final double[][] jacobian;
        /** Places among the sums of the parameters ψ. */
        private final int[] relative;
        private final int firstCurved;

        Sweep(double[] sums, RootSums places, CovarianceParameters parameters, double[] natural, double unit) {
            this.sums = sums;
            this.places = places;
            this.parameters = parameters;
            this.natural = natural;
            this.unit = unit;
            model = parameters.residual().orElseThrow();
            curved = parameters.curved().orElseThrow();
            s = natural[parameters.count()] / unit;
            jacobian = parameters.relativeJacobian(natural);
            firstCurved = places.k() - curved.parameters();
            relative = new int[parameters.relativeCount()];
            for (int i = 0; i < firstCurved; i++) {
                relative[i] = i;
            }
            for (int c = 0; c < model.structures().size(); c++) {
                int[] own = model.variables(c);
                int[] among = curved.variables(c);
                for (int i = 0; i < own.length; i++) {
                    relative[firstCurved + own[i]] = firstCurved + among[i];
                }
            }
        }

        Curvature curvature(double mass) {
            int p = places.p();
            int m = natural.length;
            LinearParameters linear = new LinearParameters(parameters, natural);
            double[][][] forms = new double[Packed.size(m)][p][p];
            double[][] traces = traces(linear, mass);
            for (int r = 0; r < p; r++) {
                for (int c = 0; c <= r; c++) {
                    double[][] h = linear.of(form(r, c)).hessian();
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < m; j++) {
                            forms[Packed.index(i, j)][r][c] = h[i][j];
                            forms[Packed.index(i, j)][c][r] = h[i][j];
                            traces[i][j] -= r == c ? s * h[i][j] : 0;
                        }
                    }
                }
            }
            return new Curvature(forms, traces);
        }

        private Derivatives form(int r, int c) {
            int at = Packed.index(r, c);
            double[] g = new double[relative.length + 1];
            for (int i = 0; i < relative.length; i++) {
                g[i] = -sums[places.xx(relative[i]) + at] / s;
            }
            g[relative.length] = (r == c ? 1 : 0) / (s * s) / unit;
            return bent(g, epsilon -> -sums[places.xx(epsilon) + at] / s);
        }

        private double[][] traces(LinearParameters linear, double mass) {
            double[] g = new double[relative.length + 1];
            for (int i = 0; i < relative.length; i++) {
                g[i] = sums[places.logDeterminant(relative[i])];
            }
            g[relative.length] = mass / s / unit;
            return linear.of(bent(g, epsilon -> sums[places.logDeterminant(epsilon)])).hessian();
        }

        /** F with its derivatives in the natural parameters, from its first ones in (ψ, σ²) and those in ε. */
        private Derivatives bent(double[] ofRelative, IntToDoubleFunction ofEpsilon) {
            int m = natural.length;
            double[] g = new double[m];
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < ofRelative.length; k++) {
                    g[i] += jacobian[k][i] * ofRelative[k];
                }
            }
            double[][] h = new double[m][m];
            int first = parameters.firstResidual();
            for (int i = first; i < m - 1; i++) {
                h[i][m - 1] = g[i] / natural[m - 1];
                h[m - 1][i] = h[i][m - 1];
            }
            for (int c = 0; c < model.structures().size(); c++) {
                int own = first + model.firstOwn(c);
                int count = model.structures().get(c).parameters();
                int epsilon = firstCurved + curved.firstOwn(c) + count;
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j <= i && curved.structures().get(c).parameters() > count; j++) {
                        h[own + i][own + j] = ofEpsilon.applyAsDouble(epsilon + Packed.index(i, j));
                        h[own + j][own + i] = h[own + i][own + j];
                    }
                }
                if (c > 0) {
                    int delta = first + model.ratio(c);
                    for (int i = delta; i < own + count; i++) {
                        h[delta][i] = 2 * g[i];
                        h[i][delta] = 2 * g[i];
                    }
                }
            }
            return new Derivatives(g, h);
        }
    }
}
