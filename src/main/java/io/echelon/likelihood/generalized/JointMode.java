package io.echelon.likelihood.generalized;

import io.echelon.group.GroupBlock;
import io.echelon.linalg.SquareRoot;
import java.util.Arrays;

/**
 * The joint mode of the standard normals of a node and of all below it, given those of its ancestors (none for a top-level
 * group): the v that maximises Σ log f(y|v) − v'v/2, by Newton's method. The
 * negative Hessian is I + Σ −f_ηη ζζ', blocks of nodes coupled with those of their ancestors only; each node is eliminated
 * into its parent, from the innermost level outwards (a block factor without fill, see {@link NodeSystem}).
 */
final class JointMode {
    private static final int MAX_STEPS = 200;
    private static final int MAX_HALVINGS = 40;
    /** Newton's method converges quadratically: one step after this one is exact to rounding. */
    private static final double SMALL_STEP = 1e-6;

    private final Predictor predictor;
    private final NodeSystem system;
    private final LeafCurvature rows;
    private final GroupBlock block;
    private final int levels;
    private final int[] q;
    private final int[] start;
    /** For each level and node: v, the right side and step of Newton's method, and the step being tried. */
    private final double[][] mode;
    private final double[][] step;
    private final double[][] direction;
    /** For each level and node of the group: factor of the own block (q×q), K = own⁻¹ × coupling with ancestors (q×start). */
    private final double[][] factor;
    private final double[][] coupling;
    /** For each level: negative Hessian and gradient over ancestors and own normals, being summed. */
    private final double[][] matrix;
    private final double[][] gradient;
    private final double[] path;
    private final double[] stepPath;
    private final int[] firstNode;
    private double logDensity;
    private double penalty;
    private double halfLogDeterminant;
    private boolean definite;
    private boolean dropped;

    JointMode(Predictor predictor, Factorization factorization) {
        this.predictor = predictor;
        system = factorization.system();
        rows = new LeafCurvature(predictor, system);
        block = predictor.block;
        levels = predictor.levels;
        q = predictor.q;
        start = predictor.start;
        mode = block.modes();
        step = new double[levels][];
        direction = new double[levels][];
        factor = new double[levels][];
        coupling = new double[levels][];
        matrix = new double[levels][];
        gradient = new double[levels][];
        firstNode = new int[levels];
        for (int l = 0; l < levels; l++) {
            int side = start[l + 1];
            matrix[l] = new double[side * side];
            gradient[l] = new double[side];
            step[l] = new double[0];
            direction[l] = new double[0];
            factor[l] = new double[0];
            coupling[l] = new double[0];
        }
        path = new double[start[levels]];
        stepPath = new double[start[levels]];
    }

    /** Begins with another top-level group. */
    void begin(int group) {
        int from = group;
        int to = group + 1;
        for (int l = 0; l < levels; l++) {
            firstNode[l] = from;
            int nodes = to - from;
            if (step[l].length < nodes * q[l]) {
                step[l] = new double[nodes * q[l]];
                direction[l] = new double[nodes * q[l]];
                factor[l] = new double[nodes * q[l] * q[l]];
                coupling[l] = new double[nodes * q[l] * start[l]];
            }
            from = block.first(l, from);
            to = block.first(l, to);
        }
    }

    /**
     * Finds the mode and factors the negative Hessian there. Where the Hessian is not negative definite, rows of positive
     * curvature are left out of it. η of the node's level must hold the normals of its ancestors.
     *
     * @return false where the log density is not finite anywhere it was looked for
     */
    boolean find(int level, int node) {
        double value = eliminated(level, node, true);
        if (!Double.isFinite(value)) {
            reset(level, node);
            value = eliminated(level, node, true);
        }
        for (int s = 0; s < MAX_STEPS && Double.isFinite(value); s++) {
            double size = backSubstitute(level, node);
            double taken = 1;
            keepDirection(level, node);
            move(level, node, 1);
            double next = eliminated(level, node, true);
            for (int h = 0; h < MAX_HALVINGS && !noWorse(next, value); h++) {
                move(level, node, -taken / 2);
                taken /= 2;
                next = eliminated(level, node, true);
            }
            value = next;
            if (size * taken < SMALL_STEP) {
                break;
            }
        }
        if (!Double.isFinite(value)) {
            reset(level, node);
            return false;
        }
        if (dropped) {
            eliminated(level, node, false);
            if (!definite) {
                eliminated(level, node, true);
            }
        }
        return true;
    }

    private static boolean noWorse(double next, double value) {
        return next >= value - 1e-12 * (1 + Math.abs(value));
    }

    /** Log density and penalty at the present v, with the negative Hessian there factored and the gradient reduced. */
    private double eliminated(int level, int node, boolean dropPositive) {
        definite = true;
        dropped = false;
        logDensity = 0;
        penalty = 0;
        halfLogDeterminant = 0;
        eliminate(level, node, dropPositive, 1);
        return logDensity - penalty;
    }

    /** Lower factor of the inverse of a node's own block of the negative Hessian, those below it eliminated. */
    void spread(int level, int node, double[] out) {
        int own = q[level];
        Arrays.fill(out, 0);
        for (int j = 0; j < own; j++) {
            out[j * own + j] = 1;
            SquareRoot.solve(factor[level], (node - firstNode[level]) * own * own, own, out, j, own);
        }
        SquareRoot.decompose(out, 0, own);
    }

    /** Half the log determinant of the negative Hessian. */
    double halfLogDeterminant() {
        return halfLogDeterminant;
    }

    /** Sum of weight × log density (without its base) at the mode. */
    double logDensity() {
        return logDensity;
    }

    /** v'v/2 at the mode. */
    double penalty() {
        return penalty;
    }

    /** v of a node, q values from {@code node * q}. */
    double[] mode(int level) {
        return mode[level];
    }

    /**
     * From the covariance of the ancestors' normals, that of the ancestors' and a node's own (the blocks of the inverse of the
     * negative Hessian).
     *
     * @param above side start[level], row by row; unused at the outermost level
     * @param out   side start[level + 1], row by row
     */
    void covariance(int level, int node, double[] above, double[] out) {
        int a = start[level];
        int own = q[level];
        int side = a + own;
        int k = (node - firstNode[level]) * own * a;
        double[] c = coupling[level];
        for (int i = 0; i < a; i++) {
            System.arraycopy(above, i * a, out, i * side, a);
        }
        for (int i = 0; i < own; i++) {
            for (int j = 0; j < a; j++) {
                double s = 0;
                for (int e = 0; e < a; e++) {
                    s -= c[k + i * a + e] * above[e * a + j];
                }
                out[(a + i) * side + j] = s;
                out[j * side + a + i] = s;
            }
        }
        for (int j = 0; j < own; j++) {
            for (int i = 0; i < own; i++) {
                out[(a + i) * side + a + j] = i == j ? 1 : 0;
            }
            SquareRoot.solve(factor[level], (node - firstNode[level]) * own * own, own, out, a * side + a + j, side);
            for (int i = 0; i < own; i++) {
                double s = out[(a + i) * side + a + j];
                for (int e = 0; e < a; e++) {
                    s -= c[k + i * a + e] * out[e * side + a + j];
                }
                out[(a + i) * side + a + j] = s;
            }
        }
    }

    /** Solves (negative Hessian) r = t by the factor; t and then r lie in {@code step}, laid out like the modes of the group. */
    double[][] solveWith(int group, RightSide side) {
        eliminateRight(0, group, side);
        backSubstitute(0, group);
        return step;
    }

    /** Adds t over ancestors and own normals of an innermost node. */
    interface RightSide {
        void add(int leaf, double[] sum);
    }

    /** Place of a node's q values in the arrays of {@link #solveWith}. */
    int place(int level, int node) {
        return (node - firstNode[level]) * q[level];
    }

    private void reset(int level, int node) {
        int from = node;
        int to = node + 1;
        for (int l = level; l < levels; l++) {
            Arrays.fill(mode[l], from * q[l], to * q[l], 0);
            from = block.first(l, from);
            to = block.first(l, to);
        }
    }

    /** Keeps the step of Newton's method, whose place the next elimination takes. */
    private void keepDirection(int level, int node) {
        int from = node;
        int to = node + 1;
        for (int l = level; l < levels; l++) {
            int at = (from - firstNode[l]) * q[l];
            System.arraycopy(step[l], at, direction[l], at, (to - from) * q[l]);
            from = block.first(l, from);
            to = block.first(l, to);
        }
    }

    private void move(int level, int node, double by) {
        int from = node;
        int to = node + 1;
        for (int l = level; l < levels; l++) {
            for (int i = from * q[l]; i < to * q[l]; i++) {
                mode[l][i] += by * direction[l][i - firstNode[l] * q[l]];
            }
            from = block.first(l, from);
            to = block.first(l, to);
        }
    }

    private void load(int level, int node) {
        System.arraycopy(mode[level], node * q[level], path, start[level], q[level]);
    }

    /** Sums the negative Hessian and the gradient of a node and those below it, and eliminates its own normals. */
    private void eliminate(int level, int node, boolean dropPositive, double weightAbove) {
        int a = start[level];
        int own = q[level];
        int side = a + own;
        double[] h = matrix[level];
        double[] g = gradient[level];
        Arrays.fill(h, 0);
        Arrays.fill(g, 0);
        load(level, node);
        double weight = weightAbove * block.nodeWeight(level, node);
        for (int c = a; c < side; c++) {
            penalty += 0.5 * weight * path[c] * path[c];
        }
        if (level == levels - 1) {
            logDensity += rows.add(node, path, dropPositive, weight, h, g);
            dropped |= rows.dropped();
        } else {
            predictor.descend(level, node, path);
            for (int c = block.first(level, node); c < block.first(level, node + 1); c++) {
                eliminate(level + 1, c, dropPositive, weight);
                addUp(level + 1, c, h, g);
            }
        }
        for (int i = 0; i < own; i++) {
            system.addOwn(1, i, a, own, h);
            g[a + i] -= path[a + i];
        }
        int f = (node - firstNode[level]) * own * own;
        int k = (node - firstNode[level]) * own * a;
        definite &= system.eliminate(a, own, h, factor[level], f, coupling[level], k);
        halfLogDeterminant += SquareRoot.halfLogDeterminant(factor[level], f, own);
        int s = (node - firstNode[level]) * own;
        System.arraycopy(g, a, step[level], s, own);
        SquareRoot.solve(factor[level], f, own, step[level], s, 1);
    }

    /** Adds the Schur complement and reduced gradient of an eliminated child, over the child's ancestors, to its parent's sums. */
    private void addUp(int level, int node, double[] h, double[] g) {
        double w = block.nodeWeight(level, node);
        int a = start[level];
        int own = q[level];
        double[] gradientBelow = gradient[level];
        int k = (node - firstNode[level]) * own * a;
        for (int i = 0; i < a; i++) {
            double gi = gradientBelow[i];
            for (int e = 0; e < own; e++) {
                gi -= coupling[level][k + e * a + i] * gradientBelow[a + e];
            }
            g[i] += w * gi;
        }
        system.addUp(w, a, own, matrix[level], coupling[level], k, q[level - 1], h);
    }

    /** Back-substitution from a node down, its ancestors standing still; returns the largest element of the step. */
    private double backSubstitute(int level, int node) {
        Arrays.fill(stepPath, 0, start[level], 0);
        return backSubstituteBelow(level, node);
    }

    private double backSubstituteBelow(int level, int node) {
        int own = q[level];
        int a = start[level];
        int s = (node - firstNode[level]) * own;
        int k = (node - firstNode[level]) * own * a;
        double largest = 0;
        for (int i = 0; i < own; i++) {
            double v = step[level][s + i];
            for (int e = 0; e < a; e++) {
                v -= coupling[level][k + i * a + e] * stepPath[e];
            }
            step[level][s + i] = v;
            largest = Math.max(largest, Math.abs(v));
        }
        if (level < levels - 1) {
            for (int c = block.first(level, node); c < block.first(level, node + 1); c++) {
                System.arraycopy(step[level], s, stepPath, a, own);
                largest = Math.max(largest, backSubstituteBelow(level + 1, c));
            }
        }
        return largest;
    }

    /** Forward elimination of a right side with the factors in place. */
    private void eliminateRight(int level, int node, RightSide right) {
        int a = start[level];
        int own = q[level];
        double[] g = gradient[level];
        Arrays.fill(g, 0);
        if (level == levels - 1) {
            right.add(node, g);
        } else {
            for (int c = block.first(level, node); c < block.first(level, node + 1); c++) {
                eliminateRight(level + 1, c, right);
                double w = block.nodeWeight(level + 1, c);
                double[] below = gradient[level + 1];
                int k = (c - firstNode[level + 1]) * q[level + 1] * start[level + 1];
                for (int i = 0; i < a + own; i++) {
                    double gi = below[i];
                    for (int e = 0; e < q[level + 1]; e++) {
                        gi -= coupling[level + 1][k + e * (a + own) + i] * below[a + own + e];
                    }
                    g[i] += w * gi;
                }
            }
        }
        int s = (node - firstNode[level]) * own;
        System.arraycopy(g, a, step[level], s, own);
        SquareRoot.solve(factor[level], (node - firstNode[level]) * own * own, own, step[level], s, 1);
    }
}
