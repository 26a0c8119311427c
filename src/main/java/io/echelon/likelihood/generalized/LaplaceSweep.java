package io.echelon.likelihood.generalized;

import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;

/**
 * One pass over the groups of a block. With ζ_i the derivative of η_i in the normals v, H = I − Σ f_ηη ζζ' at the mode,
 * h_i = ζ_i'H⁻¹ζ_i, t = −Σ f_ηηη h ζ = ∂log|H|/∂v and r = H⁻¹t, the implicit function theorem gives the total derivative of the
 * approximation: a parameter that moves η_i by x_i gains G_i x_i, G = f_η + ½ f_ηηη h − ½ f_ηη ρ, ρ_i = ζ_i'r; a loading, which
 * multiplies z_i v_c and enters ζ_i as well, gains z_i(G_i v_c + f_ηη (H⁻¹ζ_i)_c − ½ f_η r_c); an ancillary parameter
 * f_a + ½ f_ηηa h − ½ f_ηa ρ.
 */
final class LaplaceSweep {
    private final Predictor predictor;
    private final GroupBlock block;
    private final JointMode joint;
    private final BaseTerms base;
    private final int levels;
    private final int total;
    private final int p;
    private final int m;
    /** For each level, side × side: covariance of the normals of a node in hand and its ancestors. */
    private final double[][] covariance;
    private final double[] v;
    private final double[] r;
    private final double[] spread;
    private final int[] path;
    /** For each innermost node of the group: t over the normals of its path. */
    private double[] slopes;

    LaplaceSweep(Predictor predictor) {
        this.predictor = predictor;
        block = predictor.block;
        joint = new JointMode(predictor);
        base = new BaseTerms(predictor);
        levels = predictor.levels;
        total = predictor.start[levels];
        p = predictor.parameters.beta().length;
        m = predictor.parameters.ancillary().length;
        covariance = new double[levels][];
        for (int l = 0; l < levels; l++) {
            covariance[l] = new double[predictor.start[l + 1] * predictor.start[l + 1]];
        }
        v = new double[total];
        r = new double[total];
        spread = new double[total];
        path = new int[levels];
    }

    Contribution run() {
        Contribution sum = new Contribution(p + m + predictor.loadings.size());
        for (int g = 0; g < block.nodes(0); g++) {
            joint.begin(g);
            if (!joint.find(0, g)) {
                sum.add(Double.NaN);
                return sum;
            }
            base.begin();
            base.addNode(0, g, 1);
            sum.add(joint.logDensity() - joint.penalty() - joint.halfLogDeterminant() + base.value());
            double[] score = new double[p + m + predictor.loadings.size()];
            int first = firstLeaf(g);
            slopes = new double[(firstLeaf(g + 1) - first) * total];
            descend(0, g, (leaf, from, to) -> slopeOfDeterminant((leaf - first) * total, from, to));
            double[][] solution = joint.solveWith(g, (leaf, t) -> System.arraycopy(slopes, (leaf - first) * total, t, 0,
                    total));
            descend(0, g, (leaf, from, to) -> {
                loadPath(solution);
                addScore(from, to, score);
            });
            base.addScore(score);
            sum.addScore(score, block.cluster(block.firstRow(0, g)));
        }
        return sum;
    }

    /** Modes, and the blocks of the inverse of the negative Hessian there. */
    PosteriorMoments posterior() {
        PosteriorMoments moments = PosteriorMoments.zero(predictor);
        for (int g = 0; g < block.nodes(0); g++) {
            joint.begin(g);
            joint.find(0, g);
            posterior(0, g, moments);
        }
        return moments;
    }

    private void posterior(int level, int node, PosteriorMoments moments) {
        int q = predictor.q[level];
        int above = predictor.start[level];
        System.arraycopy(joint.mode(level), node * q, moments.mean()[level], node * q, q);
        joint.covariance(level, node, level == 0 ? covariance[0] : covariance[level - 1], covariance[level]);
        for (int i = 0; i < q; i++) {
            System.arraycopy(covariance[level], (above + i) * (above + q) + above, moments.covariance()[level],
                    (node * q + i) * q, q);
        }
        for (int c = block.first(level, node); level < levels - 1 && c < block.first(level, node + 1); c++) {
            posterior(level + 1, c, moments);
        }
    }

    private interface Leaf {
        void visit(int leaf, int from, int to);
    }

    /** First innermost node of a top-level group. */
    private int firstLeaf(int group) {
        int node = group;
        for (int l = 0; l < levels - 1; l++) {
            node = block.first(l, node);
        }
        return node;
    }

    /** Goes down to the rows, with the modes in v and the covariance of the path to them in hand. */
    private void descend(int level, int node, Leaf leaf) {
        path[level] = node;
        int q = predictor.q[level];
        System.arraycopy(joint.mode(level), node * q, v, predictor.start[level], q);
        joint.covariance(level, node, level == 0 ? covariance[0] : covariance[level - 1], covariance[level]);
        if (level == levels - 1) {
            predictor.evaluateLeaf(node, v, 3);
            leaf.visit(node, block.first(level, node), block.first(level, node + 1));
            return;
        }
        predictor.descend(level, node, v);
        for (int c = block.first(level, node); c < block.first(level, node + 1); c++) {
            descend(level + 1, c, leaf);
        }
    }

    /** H⁻¹ζ_i over the normals of the path, into {@link #spread}; returns h_i. */
    private double spread(int row) {
        double[] c = covariance[levels - 1];
        double h = 0;
        for (int i = 0; i < total; i++) {
            double s = 0;
            for (int j = 0; j < total; j++) {
                s += c[i * total + j] * predictor.zeta[row * total + j];
            }
            spread[i] = s;
            h += s * predictor.zeta[row * total + i];
        }
        return h;
    }

    private void slopeOfDeterminant(int at, int from, int to) {
        for (int i = from; i < to; i++) {
            double s = -block.weight(i) * predictor.partials.d3[i - from] * spread(i);
            for (int c = 0; c < total; c++) {
                slopes[at + c] += s * predictor.zeta[i * total + c];
            }
        }
    }

    private void loadPath(double[][] solution) {
        for (int l = 0; l < levels; l++) {
            System.arraycopy(solution[l], joint.place(l, path[l]), r, predictor.start[l], predictor.q[l]);
        }
    }

    private void addScore(int from, int to, double[] score) {
        Partials d = predictor.partials;
        double[] x = block.x();
        double[] z = block.z();
        int[] rows = predictor.loadings.row();
        int[] columns = predictor.loadings.column();
        for (int i = from; i < to; i++) {
            int k = i - from;
            double w = block.weight(i);
            double h = spread(i);
            double rho = 0;
            for (int c = 0; c < total; c++) {
                rho += r[c] * predictor.zeta[i * total + c];
            }
            double g = d.d1[k] + 0.5 * d.d3[k] * h - 0.5 * d.d2[k] * rho;
            for (int j = 0; j < p; j++) {
                score[j] += w * g * x[i * p + j];
            }
            for (int a = 0; a < m; a++) {
                score[p + a] += w * (d.a[a][k] + 0.5 * d.eea[a][k] * h - 0.5 * d.ea[a][k] * rho);
            }
            for (int e = 0; e < rows.length; e++) {
                double zi = z[i * total + rows[e]];
                if (zi != 0) {
                    int c = columns[e];
                    score[p + m + e] += w * zi * (g * v[c] + d.d2[k] * spread[c] - 0.5 * d.d1[k] * r[c]);
                }
            }
        }
    }
}
