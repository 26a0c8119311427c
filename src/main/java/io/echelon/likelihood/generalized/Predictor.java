package io.echelon.likelihood.generalized;

import io.echelon.family.Family;
import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupLayout;

/**
 * Linear predictors and log densities of the rows of a block at given parameters. ζ = z R holds, for each row, what η gains
 * per unit of each standard normal v; {@code eta[ℓ]} is η with the normals of the levels above ℓ put in. With M linear predictors
 * an observation i has rows iM to iM + M − 1 of ζ and η.
 */
final class Predictor {
    final GroupBlock block;
    final Family family;
    final Parameters parameters;
    final Loadings loadings;
    final int levels;
    /** M. */
    final int predictors;
    /** q_ℓ and where the normals of each level start; {@code start[levels]} is Q. */
    final int[] q;
    final int[] start;
    /** nM×Q. */
    final double[] zeta;
    /** η of all rows before each level's normals are put in, and at last with all. */
    final double[][] eta;
    final Partials partials;
    /** Rows of the innermost node in hand, from position 0. */
    private double[] run = new double[16];

    Predictor(GroupBlock block, Family family, Parameters parameters, Loadings loadings) {
        this.block = block;
        this.family = family;
        this.parameters = parameters;
        this.loadings = loadings;
        GroupLayout layout = block.layout();
        levels = layout.levels();
        q = layout.effects();
        start = new int[levels + 1];
        for (int l = 0; l <= levels; l++) {
            start[l] = layout.offset(l);
        }
        predictors = family.predictors();
        zeta = new double[block.rows() * predictors * start[levels]];
        eta = new double[Math.max(levels, 1)][block.rows() * predictors];
        partials = new Partials(parameters.ancillary().length, predictors);
        fillFixed();
        fillZeta();
    }

    private void fillFixed() {
        double[] x = block.x();
        double[] beta = parameters.beta();
        int p = block.layout().fixed();
        for (int i = 0; i < block.rows(); i++) {
            for (int e = 0; e < predictors; e++) {
                double s = block.offset(i);
                for (int j = 0, at = i * p, b = e * p; j < p; j++) {
                    s += x[at++] * beta[b++];
                }
                eta[0][i * predictors + e] = s;
            }
        }
    }

    private void fillZeta() {
        double[] z = block.z();
        int total = start[levels];
        for (int l = 0; l < levels; l++) {
            double[] root = parameters.roots()[l];
            for (int row = 0; row < block.rows() * predictors; row++) {
                int at = row * total + start[l];
                int zAt = row / predictors * total + start[l];
                for (int r = 0; r < q[l]; r++) {
                    double zr = z[zAt + r];
                    if (zr != 0 && loadings.enters(start[l] + r, row % predictors)) {
                        for (int c = 0; c < q[l]; c++) {
                            zeta[at + c] += zr * root[r * q[l] + c];
                        }
                    }
                }
            }
        }
    }

    /** Puts the normals v of a level that is not the innermost into η, for the rows of one of its nodes. */
    void descend(int level, int node, double[] v) {
        double[] from = eta[level];
        double[] to = eta[level + 1];
        int total = start[levels];
        int end = block.firstRow(level, node + 1) * predictors;
        for (int i = block.firstRow(level, node) * predictors; i < end; i++) {
            double s = from[i];
            for (int c = start[level]; c < start[level + 1]; c++) {
                s += zeta[i * total + c] * v[c];
            }
            to[i] = s;
        }
    }

    /** Evaluates the log densities of the rows of an innermost node, at the normals v. Results are in {@link #partials}. */
    void evaluateLeaf(int node, double[] v, int order) {
        int from = block.first(levels - 1, node);
        int to = block.first(levels - 1, node + 1);
        fillRun(from, to, v);
        family.evaluate(block.response(), from, to, run, parameters.ancillary(), order, partials);
    }

    /** η of the rows of an innermost node, all normals put in. */
    private void fillRun(int from, int to, double[] v) {
        int level = levels - 1;
        room(to - from);
        double[] base = eta[level];
        int total = start[levels];
        int own = start[level];
        int first = from * predictors;
        int end = to * predictors;
        if (total - own == 1) {
            double v0 = v[own];
            for (int i = first, k = 0; i < end; i++, k++) {
                run[k] = base[i] + zeta[i * total + own] * v0;
            }
        } else {
            for (int i = first, k = 0; i < end; i++, k++) {
                double s = base[i];
                for (int c = own; c < total; c++) {
                    s += zeta[i * total + c] * v[c];
                }
                run[k] = s;
            }
        }
    }

    /** Evaluates the log densities of rows without random effects. */
    void evaluateRows(int from, int to, int order) {
        room(to - from);
        System.arraycopy(eta[0], from * predictors, run, 0, (to - from) * predictors);
        family.evaluate(block.response(), from, to, run, parameters.ancillary(), order, partials);
    }

    /** Sum of weight × value over n rows from the given one, whose values are in {@link #partials}. */
    double sum(int from, int n) {
        double[] weight = block.weights();
        double sum = 0;
        if (weight == null) {
            for (int k = 0; k < n; k++) {
                sum += partials.value[k];
            }
        } else {
            for (int k = 0; k < n; k++) {
                sum += weight[from + k] * partials.value[k];
            }
        }
        return sum;
    }

    private void room(int n) {
        partials.ensure(n);
        if (run.length < n * predictors) {
            run = new double[Math.max(n * predictors, 2 * run.length)];
        }
    }
}
