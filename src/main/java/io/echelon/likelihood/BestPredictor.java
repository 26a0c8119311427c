package io.echelon.likelihood;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.linalg.Dense;
import io.echelon.linalg.Packed;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Best linear unbiased predictors of the random effects of nested levels and the variances of their errors, in
 * standardised coordinates. Elimination from the innermost level to the outermost leaves each node with
 * P = M C_zr; from there, with ancestors a and columns [x e], e = y − xβ̂,
 *
 * <pre>
 *   [G û] = P_[x e] − Σ_a P_a [G_a û_a]
 *   Var(u | y, β) = σ²(M + P_a S_a P_a')      S_a: the joint variance of the ancestors, over σ²
 *   Var(û − u)    = Var(u | y, β) + G Var(β̂) G'
 * </pre>
 *
 * <p>The last term is there in restricted maximum likelihood only: with maximum likelihood β is treated as known
 * (Bates and Pinheiro, 1998, section 3.3).
 */
public final class BestPredictor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LevelCovariance[] covariances;
    private final double[] residual;
    private final RootCoordinates coordinates;
    private final double residualVariance;
    private final double[][] betaVariance;

    /**
     * @param parameters       covariance parameters of the model
     * @param natural          natural covariance parameters
     * @param beta             coefficients in standardised coordinates
     * @param residualVariance σ² in standardised coordinates
     * @param betaVariance     Var(β̂) in standardised coordinates, p×p, or null to treat β as known
     */
    public BestPredictor(CovarianceParameters parameters, double[] natural, double[] beta, double residualVariance,
                         double[][] betaVariance) {
        covariances = parameters.relative(natural);
        residual = parameters.ofResidual(natural);
        coordinates = new RootCoordinates(beta, null);
        this.residualVariance = residualVariance;
        this.betaVariance = betaVariance;
    }

    /**
     * Predictions of one level.
     *
     * @param effects  û of node i at {@code effects[i]}, q values
     * @param variance Var(û − u) of node i at {@code variance[i]}, q×q row by row
     */
    public record Predictions(double[][] effects, double[][] variance) {}

    /**
     * What prediction errors of one level are made of: for a node with the s effects of itself and its ancestors, outermost
     * first, Var(û − u) (s×s) and Cov(û − u, β̂ − β) (s×p), both row by row.
     */
    public record Errors(double[][] variance, double[][] withFixed) {}

    /**
     * The prediction errors of the nodes of a part, one entry a level, β being estimated.
     *
     * @param fixedVariance Var(β̂) in standardised coordinates
     */
    public Errors[] errors(Moments moments, double[][] fixedVariance) {
        return new Pass(moments).errors(fixedVariance);
    }

    /** Predictions of the nodes of a part, one entry a level. */
    public Predictions[] predict(Moments moments) {
        return new Pass(moments).run();
    }

    private final class Pass {
        private final Moments moments;
        private final MomentLayout layout;
        private final int levels;
        private final int p;
        private final double[][] data;
        /** For each level and node: M (q×q). */
        private final double[][][] m;
        /** For each level and node: P (q×rest). */
        private final double[][][] projection;

        Pass(Moments moments) {
            this.moments = moments;
            layout = moments.layout();
            levels = layout.levels();
            p = layout.fixed();
            data = new double[levels][];
            m = new double[levels][][];
            projection = new double[levels][][];
            SeriesJets series = moments.series() == null ? null : new SeriesJets(moments.series(), residual, false);
            for (int l = 0; l < levels; l++) {
                data[l] = series == null ? moments.data()[l].clone() : series.level(l, layout.stride(l));
                int zz = Packed.size(layout.effects()[l]);
                for (int node = 0; node < moments.nodes(l); node++) {
                    for (int i = 0; i < layout.effects()[l]; i++) {
                        coordinates.change(data[l],
                                node * layout.stride(l) + zz + i * layout.rest(l) + layout.offset(l));
                    }
                }
            }
        }

        Predictions[] run() {
            for (int l = levels - 1; l >= 0; l--) {
                eliminate(l);
            }
            Predictions[] all = new Predictions[levels];
            double[][][] joint = new double[levels][][];
            double[][][] solution = new double[levels][][];
            for (int l = 0; l < levels; l++) {
                all[l] = predictLevel(l, joint, solution);
            }
            return all;
        }

        Errors[] errors(double[][] fixedVariance) {
            for (int l = levels - 1; l >= 0; l--) {
                eliminate(l);
            }
            Errors[] all = new Errors[levels];
            double[][][] joint = new double[levels][][];
            double[][][] solution = new double[levels][][];
            for (int l = 0; l < levels; l++) {
                predictLevel(l, joint, solution);
                int side = layout.offset(l) + layout.effects()[l];
                double[][] variance = new double[joint[l].length][];
                double[][] withFixed = new double[joint[l].length][];
                for (int node = 0; node < variance.length; node++) {
                    double[] g = solution[l][node];
                    double[] k = new double[side * p];
                    for (int i = 0; i < side; i++) {
                        for (int j = 0; j < p; j++) {
                            for (int x = 0; x < p; x++) {
                                k[i * p + j] -= g[i * (p + 1) + x] * fixedVariance[x][j];
                            }
                        }
                    }
                    double[] v = new double[side * side];
                    for (int i = 0; i < side; i++) {
                        for (int j = 0; j < side; j++) {
                            v[i * side + j] = residualVariance * joint[l][node][i * side + j];
                            for (int x = 0; x < p; x++) {
                                v[i * side + j] -= k[i * p + x] * g[j * (p + 1) + x];
                            }
                        }
                    }
                    variance[node] = v;
                    withFixed[node] = k;
                }
                all[l] = new Errors(variance, withFixed);
            }
            return all;
        }

        private void eliminate(int level) {
            int q = layout.effects()[level];
            int rest = layout.rest(level);
            NodeFactor factor = new NodeFactor(covariances[level]);
            int nodes = moments.nodes(level);
            m[level] = new double[nodes][];
            projection[level] = new double[nodes][];
            double[] t = new double[q * rest];
            for (int node = 0; node < nodes; node++) {
                int at = node * layout.stride(level);
                factor.factor(data[level], at);
                System.arraycopy(data[level], at + Packed.size(q), t, 0, t.length);
                double[] pt = new double[q * rest];
                Dense.multiply(factor.m, t, pt, q, q, rest);
                m[level][node] = factor.m.clone();
                projection[level][node] = pt;
                updateAncestors(level, node, t, pt);
            }
        }

        private void updateAncestors(int level, int node, double[] t, double[] pt) {
            int rest = layout.rest(level);
            int ancestor = node;
            double share = 1;
            for (int a = level - 1; a >= 0; a--) {
                share *= moments.weights() == null ? 1 : moments.weights().of(a + 1, ancestor);
                ancestor = moments.parent()[a + 1][ancestor];
                int at = ancestor * layout.stride(a);
                int start = layout.offset(a);
                int q = layout.effects()[a];
                for (int r = 0; r < q; r++) {
                    for (int c = 0; c <= r; c++) {
                        data[a][at++] -= share * product(pt, t, rest, start + r, start + c);
                    }
                }
                for (int r = 0; r < q; r++) {
                    for (int c = 0; c < start; c++) {
                        data[a][at++] -= share * product(pt, t, rest, start + r, c);
                    }
                    for (int c = layout.offset(level); c < rest; c++) {
                        data[a][at++] -= share * product(pt, t, rest, start + r, c);
                    }
                }
            }
        }

        private double product(double[] pt, double[] t, int rest, int r, int c) {
            double s = 0;
            for (int k = 0; k < pt.length; k += rest) {
                s += pt[k + r] * t[k + c];
            }
            return s;
        }

        /**
         * @param joint    for each level and node: variance of its effects and its ancestors', over σ², outermost first
         * @param solution for each level and node: [G û] of the same effects, one row of p+1 values each
         */
        private Predictions predictLevel(int level, double[][][] joint, double[][][] solution) {
            int q = layout.effects()[level];
            int outer = layout.offset(level);
            int nodes = moments.nodes(level);
            joint[level] = new double[nodes][];
            solution[level] = new double[nodes][];
            double[][] effects = new double[nodes][q];
            double[][] variance = new double[nodes][q * q];
            double[] none = new double[0];
            for (int node = 0; node < nodes; node++) {
                int parent = level == 0 ? -1 : moments.parent()[level][node];
                double[] above = level == 0 ? none : joint[level - 1][parent];
                double[] solved = level == 0 ? none : solution[level - 1][parent];
                double[] s = jointVariance(projection[level][node], m[level][node], above, q, outer);
                double[] b = solve(projection[level][node], solved, q, outer);
                joint[level][node] = s;
                solution[level][node] = b;
                int side = outer + q;
                for (int i = 0; i < q; i++) {
                    effects[node][i] = b[(outer + i) * (p + 1) + p];
                    for (int j = 0; j < q; j++) {
                        variance[node][i * q + j] = residualVariance * s[(outer + i) * side + outer + j]
                                + fixedPart(b, outer + i, outer + j);
                    }
                }
            }
            return new Predictions(effects, variance);
        }

        private double[] jointVariance(double[] pt, double[] m, double[] above, int q, int outer) {
            int rest = layout.fixed() + 1 + outer;
            int side = outer + q;
            double[] s = new double[side * side];
            for (int i = 0; i < outer; i++) {
                System.arraycopy(above, i * outer, s, i * side, outer);
            }
            for (int i = 0; i < q; i++) {
                for (int c = 0; c < outer; c++) {
                    double v = 0;
                    for (int d = 0; d < outer; d++) {
                        v -= pt[i * rest + d] * above[d * outer + c];
                    }
                    s[(outer + i) * side + c] = v;
                    s[c * side + outer + i] = v;
                }
            }
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double v = m[i * q + j];
                    for (int c = 0; c < outer; c++) {
                        v -= s[(outer + i) * side + c] * pt[j * rest + c];
                    }
                    s[(outer + i) * side + outer + j] = v;
                }
            }
            return s;
        }

        private double[] solve(double[] pt, double[] above, int q, int outer) {
            int rest = p + 1 + outer;
            double[] b = Arrays.copyOf(above, (outer + q) * (p + 1));
            for (int i = 0; i < q; i++) {
                for (int c = 0; c <= p; c++) {
                    double v = pt[i * rest + outer + c];
                    for (int d = 0; d < outer; d++) {
                        v -= pt[i * rest + d] * above[d * (p + 1) + c];
                    }
                    b[(outer + i) * (p + 1) + c] = v;
                }
            }
            return b;
        }

        private double fixedPart(double[] b, int i, int j) {
            if (betaVariance == null) {
                return 0;
            }
            double v = 0;
            for (int x = 0; x < p; x++) {
                for (int y = 0; y < p; y++) {
                    v += b[i * (p + 1) + x] * betaVariance[x][y] * b[j * (p + 1) + y];
                }
            }
            return v;
        }
    }
}
