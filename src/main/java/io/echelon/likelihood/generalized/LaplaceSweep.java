package io.echelon.likelihood.generalized;

import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;
import java.util.Arrays;

/**
 * One pass over the groups of a block. With ζ_i the derivative of η_i in the normals v, H = I − Σ f_ηη ζζ' at the mode,
 * h_i = ζ_i'H⁻¹ζ_i, t = −Σ f_ηηη h ζ = ∂log|H|/∂v and r = H⁻¹t, the implicit function theorem gives the total derivative of the
 * approximation: a parameter that moves η_i by x_i gains G_i x_i, G = f_η + ½ f_ηηη h − ½ f_ηη ρ, ρ_i = ζ_i'r; a loading, which
 * multiplies z_i v_c and enters ζ_i as well, gains z_i(G_i v_c + f_ηη (H⁻¹ζ_i)_c − ½ f_η r_c); an ancillary parameter
 * f_a + ½ f_ηηa h − ½ f_ηa ρ. With several linear predictors an observation f_η is a vector, f_ηη and h are matrices over them and
 * f_ηηη is a tensor, whose products are summed over the indices they share.
 */
final class LaplaceSweep {
    private final Predictor predictor;
    private final GroupBlock block;
    private final JointMode joint;
    private final BaseTerms base;
    private final int levels;
    private final int total;
    private final int fixed;
    private final int p;
    private final int m;
    /** For each level, side × side: covariance of the normals of a node in hand and its ancestors. */
    private final double[][] covariance;
    private final double[] v;
    private final double[] r;
    private final int predictors;
    /** M × Q: H⁻¹ζ of each linear predictor of a row. */
    private final double[] spread;
    /** For each of them f_ηηη h, ρ and f_ηη ρ. */
    private final double[] third;
    private final double[] rho;
    private final double[] second;
    private final int[] path;
    /** For each innermost node of the group: t over the normals of its path. */
    private double[] slopes;

    LaplaceSweep(Predictor predictor, Factorization factorization) {
        this.predictor = predictor;
        block = predictor.block;
        joint = new JointMode(predictor, factorization);
        base = new BaseTerms(predictor);
        levels = predictor.levels;
        total = predictor.start[levels];
        fixed = block.layout().fixed();
        p = predictor.parameters.beta().length;
        m = predictor.parameters.ancillary().length;
        covariance = new double[levels][];
        for (int l = 0; l < levels; l++) {
            covariance[l] = new double[predictor.start[l + 1] * predictor.start[l + 1]];
        }
        v = new double[total];
        r = new double[total];
        predictors = predictor.predictors;
        spread = new double[predictors * total];
        third = new double[predictors];
        rho = new double[predictors];
        second = new double[predictors];
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

    /** Modes, and the blocks of the inverse of the negative Hessian there that belong to each path. */
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
        int side = above + q;
        System.arraycopy(joint.mode(level), node * q, v, above, q);
        System.arraycopy(v, 0, moments.mean()[level], node * side, side);
        joint.covariance(level, node, level == 0 ? covariance[0] : covariance[level - 1], covariance[level]);
        System.arraycopy(covariance[level], 0, moments.covariance()[level], node * side * side, side * side);
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

    /** H⁻¹ζ over the normals of the path, into {@link #spread}. */
    private void spread(int row) {
        double[] c = covariance[levels - 1];
        for (int e = 0; e < predictors; e++) {
            int z = (row * predictors + e) * total;
            for (int i = 0; i < total; i++) {
                double s = 0;
                for (int j = 0; j < total; j++) {
                    s += c[i * total + j] * predictor.zeta[z + j];
                }
                spread[e * total + i] = s;
            }
        }
    }

    /** h of two linear predictors of a row. */
    private double spread(int row, int e, int f) {
        double h = 0;
        for (int i = 0, z = (row * predictors + f) * total; i < total; i++) {
            h += spread[e * total + i] * predictor.zeta[z + i];
        }
        return h;
    }

    /** f_ηηη h of a row, at place k of the derivatives, into {@link #third}. */
    private void third(int row, int k) {
        Arrays.fill(third, 0);
        double[] d3 = predictor.partials.d3;
        int at = k * predictors * (predictors + 1) * (predictors + 2) / 6;
        for (int e = 0; e < predictors; e++) {
            for (int f = 0; f <= e; f++) {
                double h = spread(row, e, f);
                for (int g = 0; g <= f; g++) {
                    double d = d3[at++];
                    third[g] += d * h * (e == f ? 1 : 2);
                    if (f > g) {
                        third[f] += d * spread(row, e, g) * (e == g ? 1 : 2);
                    }
                    if (e > f) {
                        third[e] += d * spread(row, f, g) * (f == g ? 1 : 2);
                    }
                }
            }
        }
    }

    private void slopeOfDeterminant(int at, int from, int to) {
        for (int i = from; i < to; i++) {
            spread(i);
            third(i, i - from);
            for (int e = 0; e < predictors; e++) {
                double s = -block.weight(i) * third[e];
                for (int c = 0, z = (i * predictors + e) * total; c < total; c++) {
                    slopes[at + c] += s * predictor.zeta[z + c];
                }
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
        for (int i = from; i < to; i++) {
            int k = i - from;
            double w = block.weight(i);
            spread(i);
            third(i, k);
            curve(i, k);
            for (int e = 0; e < predictors; e++) {
                double g = d.d1[k * predictors + e] + 0.5 * third[e] - 0.5 * second[e];
                for (int j = 0; j < fixed; j++) {
                    score[e * fixed + j] += w * g * block.x()[i * fixed + j];
                }
                addLoadings(i, k, e, w, g, score);
            }
            for (int a = 0; a < m; a++) {
                score[p + a] += w * (d.a[a][k] + 0.5 * d.eea[a][k] * spread(i, 0, 0) - 0.5 * d.ea[a][k] * rho[0]);
            }
        }
    }

    /** ρ and f_ηη ρ of a row. */
    private void curve(int row, int k) {
        Arrays.fill(second, 0);
        for (int e = 0; e < predictors; e++) {
            rho[e] = 0;
            for (int c = 0, z = (row * predictors + e) * total; c < total; c++) {
                rho[e] += r[c] * predictor.zeta[z + c];
            }
        }
        double[] d2 = predictor.partials.d2;
        int at = k * predictors * (predictors + 1) / 2;
        for (int e = 0; e < predictors; e++) {
            for (int f = 0; f < e; f++, at++) {
                second[e] += d2[at] * rho[f];
                second[f] += d2[at] * rho[e];
            }
            second[e] += d2[at++] * rho[e];
        }
    }

    private void addLoadings(int row, int k, int e, double w, double g, double[] score) {
        Partials d = predictor.partials;
        Loadings loadings = predictor.loadings;
        for (int l = 0; l < loadings.size(); l++) {
            double z = block.z()[row * total + loadings.row()[l]];
            if (z != 0 && loadings.enters(loadings.row()[l], e)) {
                int c = loadings.column()[l];
                double turned = 0;
                for (int f = 0; f < predictors; f++) {
                    int hi = Math.max(e, f);
                    turned += d.d2[k * predictors * (predictors + 1) / 2 + hi * (hi + 1) / 2 + Math.min(e, f)]
                            * spread[f * total + c];
                }
                score[p + m + l] += w * z * (g * v[c] + turned - 0.5 * d.d1[k * predictors + e] * r[c]);
            }
        }
    }
}
