package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import java.io.Serializable;

/**
 * Errors of the predicted effects of groups of several crossed terms together, in standardised coordinates. With G the
 * covariance matrix of the effects of the root and M that of a leaf node given the root, both over σ² and given the data, and B
 * what couples them, the effects of a leaf node and the root have the covariance −MBG, those of the node the variance
 * M + MBGB'M. With U = ΨZ'H⁻¹X, so that û = û_y − Uβ̂,
 *
 * <pre>
 *   Var(û − u) = σ²Ψ_y + U Var(β̂) U'        Cov(û − u, β̂ − β) = −U Var(β̂)
 * </pre>
 *
 * (Henderson, Biometrics 31, 1975). Can be sent to executors; holds the square of the columns of the root.
 */
public final class CrossedErrors implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Var(û − u), s×s, and Cov(û − u, β̂ − β), s×p, of s effects, row by row. */
    public record Joint(double[] variance, double[] withFixed) {}

    private final int[] effects;
    private final int leafTerm;
    private final int[] offset;
    private final double residual;
    private final double[][] fixedVariance;
    private final int p;
    /** G, packed lower triangle row by row. */
    private final double[] g;
    private final CrossedMoments.Sparse cells;
    private final double[] m;
    /** For each leaf node its own variance. */
    private final double[][] leaf;
    /** For each term and node: U, q×p. */
    private final double[][][] u;

    /**
     * @param solved        Z'H⁻¹[X r]
     * @param residual      σ²
     * @param fixedVariance Var(β̂)
     */
    CrossedErrors(CrossedSystem system, EffectColumns solved, double residual, double[][] fixedVariance) {
        CrossedMoments moments = system.moments();
        effects = moments.layout().effects();
        leafTerm = moments.leafTerm();
        this.residual = residual;
        this.fixedVariance = fixedVariance;
        p = moments.layout().fixed();
        int size = moments.rootColumns();
        g = new double[Math.toIntExact((long) size * (size + 1) / 2)];
        for (int i = 0, at = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                g[at++] = system.root().g(i, j);
            }
        }
        cells = moments.cells();
        m = system.leaf().m().clone();
        int terms = effects.length;
        offset = new int[terms];
        u = new double[terms][][];
        for (int t = 0; t < terms; t++) {
            offset[t] = moments.rootOffset(t);
            u[t] = coefficients(system, solved, t);
        }
        int q = effects[leafTerm];
        leaf = new double[moments.nodes(leafTerm)][q * q];
        LeafInformation information = new LeafInformation(system.leaf(), system.root());
        for (int node = 0; node < leaf.length; node++) {
            information.given(node, leaf[node]);
        }
    }

    /** U of the nodes of a term. */
    private double[][] coefficients(CrossedSystem system, EffectColumns solved, int term) {
        CrossedMoments moments = system.moments();
        int q = effects[term];
        double[] psi = system.covariance(term).value();
        double[] s = solved.of(moments, term);
        double[][] all = new double[moments.nodes(term)][q * p];
        for (int node = 0; node < all.length; node++) {
            int at = solved.start(moments, term) + node * q * (p + 1);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    for (int c = 0; c < p; c++) {
                        all[node][i * p + c] += psi[i * q + j] * s[at + j * (p + 1) + c];
                    }
                }
            }
        }
        return all;
    }

    /**
     * The errors of the effects of one group of each term, in the order of the terms; zero for groups that are not known.
     *
     * @param nodes number of the group of each term, or a negative number
     */
    public Joint of(int[] nodes) {
        int s = 0;
        int[] from = new int[nodes.length];
        for (int t = 0; t < nodes.length; t++) {
            from[t] = s;
            s += effects[t];
        }
        double[] variance = new double[s * s];
        double[] withFixed = new double[s * p];
        double[] path = new double[s * p];
        for (int t = 0; t < nodes.length; t++) {
            if (nodes[t] >= 0) {
                System.arraycopy(u[t][nodes[t]], 0, path, from[t] * p, effects[t] * p);
                for (int other = 0; other <= t; other++) {
                    if (nodes[other] >= 0) {
                        block(nodes, t, other, variance, from, s);
                    }
                }
            }
        }
        for (int i = 0; i < s; i++) {
            for (int j = 0; j < p; j++) {
                for (int x = 0; x < p; x++) {
                    withFixed[i * p + j] -= path[i * p + x] * fixedVariance[x][j];
                }
            }
        }
        for (int i = 0; i < s; i++) {
            for (int j = 0; j < s; j++) {
                for (int x = 0; x < p; x++) {
                    variance[i * s + j] -= withFixed[i * p + x] * path[j * p + x];
                }
            }
        }
        return new Joint(variance, withFixed);
    }

    /** σ²Ψ_y of the effects of two terms. */
    private void block(int[] nodes, int t, int other, double[] variance, int[] from, int s) {
        for (int i = 0; i < effects[t]; i++) {
            for (int j = 0; j < effects[other]; j++) {
                double v = residual * (t == leafTerm && other == leafTerm ? leaf[nodes[t]][i * effects[t] + j]
                        : t == leafTerm ? withRoot(nodes[t], i, column(nodes, other, j))
                        : other == leafTerm ? withRoot(nodes[other], j, column(nodes, t, i))
                        : g(column(nodes, t, i), column(nodes, other, j)));
                variance[(from[t] + i) * s + from[other] + j] = v;
                variance[(from[other] + j) * s + from[t] + i] = v;
            }
        }
    }

    private int column(int[] nodes, int term, int effect) {
        return offset[term] + nodes[term] * effects[term] + effect;
    }

    private double g(int i, int j) {
        return i >= j ? g[(int) ((long) i * (i + 1) / 2 + j)] : g(j, i);
    }

    /** −(MBG)_{effect, column} of a leaf node. */
    private double withRoot(int node, int effect, int column) {
        int q = effects[leafTerm];
        double sum = 0;
        for (int r = cells.start()[node]; r < cells.start()[node + 1]; r++) {
            double mb = 0;
            for (int k = 0; k < q; k++) {
                mb += m[(node * q + effect) * q + k] * cells.value()[r * q + k];
            }
            sum -= mb * g(cells.column()[r], column);
        }
        return sum;
    }
}
