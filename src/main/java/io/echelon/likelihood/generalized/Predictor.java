package io.echelon.likelihood.generalized;

import io.echelon.family.Family;
import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupLayout;

/**
 * Linear predictors and log densities of the rows of a block at given parameters. ζ = z R holds, for each row, what η gains
 * per unit of each standard normal v; {@code eta[ℓ]} is η with the normals of the levels above ℓ put in.
 */
final class Predictor {
    final GroupBlock block;
    final Family family;
    final Parameters parameters;
    final Loadings loadings;
    final int levels;
    /** q_ℓ and where the normals of each level start; {@code start[levels]} is Q. */
    final int[] q;
    final int[] start;
    /** n×Q. */
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
        zeta = new double[block.rows() * start[levels]];
        eta = new double[Math.max(levels, 1)][block.rows()];
        partials = new Partials(parameters.ancillary().length);
        fillFixed();
        fillZeta();
    }

    private void fillFixed() {
        double[] x = block.x();
        double[] beta = parameters.beta();
        int p = beta.length;
        for (int i = 0, at = 0; i < block.rows(); i++) {
            double s = block.offset(i);
            for (int j = 0; j < p; j++) {
                s += x[at++] * beta[j];
            }
            eta[0][i] = s;
        }
    }

    private void fillZeta() {
        double[] z = block.z();
        int total = start[levels];
        for (int l = 0; l < levels; l++) {
            double[] root = parameters.roots()[l];
            for (int i = 0; i < block.rows(); i++) {
                int at = i * total + start[l];
                for (int r = 0; r < q[l]; r++) {
                    double zr = z[at + r];
                    if (zr != 0) {
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
        for (int i = block.firstRow(level, node); i < block.firstRow(level, node + 1); i++) {
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
        if (total - own == 1) {
            double v0 = v[own];
            for (int i = from, k = 0; i < to; i++, k++) {
                run[k] = base[i] + zeta[i * total + own] * v0;
            }
        } else {
            for (int i = from, k = 0; i < to; i++, k++) {
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
        System.arraycopy(eta[0], from, run, 0, to - from);
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
        if (run.length < n) {
            run = new double[Math.max(n, 2 * run.length)];
        }
    }
}
