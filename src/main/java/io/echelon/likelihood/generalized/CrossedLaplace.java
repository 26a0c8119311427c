package io.echelon.likelihood.generalized;

import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;
import io.echelon.linalg.LargeSymmetric;
import java.util.Arrays;

/**
 * The Laplace approximation with crossed terms: the joint mode of all normals by penalised iteratively reweighted least squares, each
 * step one {@link CrossedFactor}, and the derivatives of {@link LaplaceSweep}, with the blocks of H⁻¹ that belong to the nodes of
 * a row.
 */
final class CrossedLaplace {
    private static final int MAX_STEPS = 200;
    private static final int MAX_HALVINGS = 40;
    /** Newton's method converges quadratically: the step after one this small would not show. */
    private static final double SMALL_STEP = 1e-5;
    /** A factor from this near still leads to the mode, if by a share of the way left at each step. */
    private static final double NEAR = 0.1;
    private static final double SMALL_CHORD = 1e-10;

    private final Predictor predictor;
    private final GroupBlock block;
    private final CrossedCells cells;
    private final CrossedFactor factor;
    private final int terms;
    private final int total;
    private final int n;
    /** For each term: v, node by node; kept beside the block from one evaluation to the next. */
    private final double[][] mode;
    private final double[] eta;
    private final double[] weight;
    private final double[] leafSide;
    private final double[] rootSide;
    private double logDensity;
    private double penalty;

    CrossedLaplace(Predictor predictor, CrossedCells cells) {
        this.predictor = predictor;
        this.cells = cells;
        block = predictor.block;
        terms = predictor.levels;
        total = predictor.start[terms];
        n = block.rows();
        factor = new CrossedFactor(cells, LargeSymmetric.fastest());
        int[] size = new int[terms];
        for (int t = 0; t < terms; t++) {
            size[t] = cells.crossing.nodes()[t] * cells.q[t];
        }
        mode = block.placements(size);
        eta = new double[n];
        weight = new double[n];
        leafSide = new double[size[cells.leaf]];
        rootSide = new double[cells.root];
        predictor.partials.ensure(n);
    }

    Contribution run() {
        int p = predictor.parameters.beta().length;
        int m = predictor.parameters.ancillary().length;
        Contribution sum = new Contribution(p + m + predictor.loadings.size());
        if (!find()) {
            sum.add(Double.NaN);
            return sum;
        }
        BaseTerms base = new BaseTerms(predictor);
        base.begin();
        base.add(0, n, 1);
        sum.add(logDensity - penalty - factor.halfLogDeterminant() + base.value());
        evaluate(3);
        factor.invert();
        double[] score = new double[p + m + predictor.loadings.size()];
        addScore(score, p, m);
        base.addScore(score);
        sum.addScore(score, Double.NaN);
        return sum;
    }

    /** Modes, and the blocks of H⁻¹ there. */
    PosteriorMoments posterior() {
        find();
        factor.invert();
        double[][] mean = new double[terms][];
        double[][] covariance = new double[terms][];
        CrossedFactor.LeafInverse inverse = factor.new LeafInverse();
        for (int t = 0; t < terms; t++) {
            int q = cells.q[t];
            mean[t] = mode[t].clone();
            covariance[t] = new double[mode[t].length * q];
            for (int node = 0; node < cells.crossing.nodes()[t]; node++) {
                if (t == cells.leaf) {
                    inverse.moveTo(node);
                }
                int head = cells.offset[t] + node * q;
                for (int r = 0; r < q; r++) {
                    for (int c = 0; c < q; c++) {
                        covariance[t][(node * q + r) * q + c] =
                                t == cells.leaf ? inverse.leaf(r, c) : factor.root(head + r, head + c);
                    }
                }
            }
        }
        return new PosteriorMoments(new int[terms], mean, covariance);
    }

    /** The modes, node by node. */
    double[][] modes() {
        find();
        return Arrays.stream(mode).map(double[]::clone).toArray(double[][]::new);
    }

    /** The modes, and H⁻¹ there for any groups. */
    CrossedPosterior joint() {
        double[][] modes = modes();
        factor.invert();
        return factor.posterior(modes);
    }

    /** Goes to the joint mode and factors H there; false where there is no finite density. */
    private boolean find() {
        double value = value();
        if (!Double.isFinite(value)) {
            for (double[] v : mode) {
                Arrays.fill(v, 0);
            }
            value = value();
        }
        double[][] step = new double[terms][];
        boolean anew = true;
        double previous = Double.POSITIVE_INFINITY;
        for (int s = 0; s < MAX_STEPS && Double.isFinite(value); s++) {
            if (anew && !factorHere()) {
                break;
            }
            double size = step(step);
            double taken = 1;
            move(step, 1);
            double next = value();
            for (int h = 0; h < MAX_HALVINGS && !(next >= value - 1e-12 * (1 + Math.abs(value))); h++) {
                move(step, -taken / 2);
                taken /= 2;
                next = value();
            }
            value = next;
            if (size * taken < (anew ? SMALL_STEP : SMALL_CHORD)) {
                return Double.isFinite(value) && factorHere();
            }
            anew = taken < 1 || size > NEAR || size > previous / 4;
            previous = anew ? Double.POSITIVE_INFINITY : size;
        }
        for (double[] v : mode) {
            Arrays.fill(v, 0);
        }
        return false;
    }

    private double value() {
        penalty = 0;
        for (double[] v : mode) {
            for (double x : v) {
                penalty += 0.5 * x * x;
            }
        }
        evaluate(2);
        logDensity = predictor.sum(0, n);
        return logDensity - penalty;
    }

    private void evaluate(int order) {
        System.arraycopy(predictor.eta[0], 0, eta, 0, n);
        for (int t = 0; t < terms; t++) {
            int[] node = cells.crossing.node()[t];
            int q = cells.q[t];
            for (int c = 0; c < q; c++) {
                for (int i = 0, z = cells.start[t] + c; i < n; i++, z += total) {
                    eta[i] += predictor.zeta[z] * mode[t][node[i] * q + c];
                }
            }
        }
        predictor.family.evaluate(block.response(), 0, n, eta, predictor.parameters.ancillary(), order, predictor.partials);
    }

    /** Factors H at the present v; rows of positive curvature are left out of it. */
    private boolean factorHere() {
        for (int i = 0; i < n; i++) {
            weight[i] = Math.max(0, -block.weight(i) * predictor.partials.d2[i]);
        }
        return factor.factor(weight, predictor.zeta);
    }

    /** The step of Newton's method; returns its largest element. */
    private double step(double[][] step) {
        Arrays.fill(leafSide, 0);
        Arrays.fill(rootSide, 0);
        for (int t = 0; t < terms; t++) {
            double[] to = t == cells.leaf ? leafSide : rootSide;
            int first = t == cells.leaf ? 0 : cells.offset[t];
            for (int k = 0; k < mode[t].length; k++) {
                to[first + k] -= mode[t][k];
            }
        }
        for (int i = 0; i < n; i++) {
            addToSides(i, block.weight(i) * predictor.partials.d1[i]);
        }
        factor.solve(leafSide, rootSide);
        double largest = 0;
        for (int t = 0; t < terms; t++) {
            step[t] = ofTerm(t);
            for (double x : step[t]) {
                largest = Math.max(largest, Math.abs(x));
            }
        }
        return largest;
    }

    /** Adds factor × ζ of a row to the right sides. */
    private void addToSides(int i, double factor) {
        for (int t = 0; t < terms; t++) {
            double[] to = t == cells.leaf ? leafSide : rootSide;
            int at = t == cells.leaf ? cells.crossing.node()[t][i] * cells.q[t] : cells.rootColumn(t, i);
            for (int c = 0; c < cells.q[t]; c++) {
                to[at + c] += factor * predictor.zeta[i * total + cells.start[t] + c];
            }
        }
    }

    /** The part of the right sides, or solutions, that belongs to a term. */
    private double[] ofTerm(int t) {
        return t == cells.leaf ? leafSide.clone() : Arrays.copyOfRange(rootSide, cells.offset[t], cells.offset[t] + mode[t].length);
    }

    private void move(double[][] step, double by) {
        for (int t = 0; t < terms; t++) {
            for (int k = 0; k < step[t].length; k++) {
                mode[t][k] += by * step[t][k];
            }
        }
    }

    private void addScore(double[] score, int p, int m) {
        Partials d = predictor.partials;
        double[] spread = new double[n * total];
        double[] h = new double[n];
        spreadAll(spread, h);
        Arrays.fill(leafSide, 0);
        Arrays.fill(rootSide, 0);
        for (int i = 0; i < n; i++) {
            addToSides(i, -block.weight(i) * d.d3[i] * h[i]);
        }
        factor.solve(leafSide, rootSide);
        double[][] solution = new double[terms][];
        for (int t = 0; t < terms; t++) {
            solution[t] = ofTerm(t);
        }
        double[] r = new double[total];
        double[] v = new double[total];
        int[] rows = predictor.loadings.row();
        int[] columns = predictor.loadings.column();
        for (int i = 0; i < n; i++) {
            double w = block.weight(i);
            double rho = 0;
            for (int t = 0; t < terms; t++) {
                int at = cells.crossing.node()[t][i] * cells.q[t];
                for (int c = 0; c < cells.q[t]; c++) {
                    int normal = cells.start[t] + c;
                    r[normal] = solution[t][at + c];
                    v[normal] = mode[t][at + c];
                    rho += r[normal] * predictor.zeta[i * total + normal];
                }
            }
            double g = d.d1[i] + 0.5 * d.d3[i] * h[i] - 0.5 * d.d2[i] * rho;
            for (int j = 0; j < p; j++) {
                score[j] += w * g * block.x()[i * p + j];
            }
            for (int a = 0; a < m; a++) {
                score[p + a] += w * (d.a[a][i] + 0.5 * d.eea[a][i] * h[i] - 0.5 * d.ea[a][i] * rho);
            }
            for (int e = 0; e < rows.length; e++) {
                int c = columns[e];
                score[p + m + e] += w * block.z()[i * total + rows[e]]
                        * (g * v[c] + d.d2[i] * spread[i * total + c] - 0.5 * d.d1[i] * r[c]);
            }
        }
    }

    /** H⁻¹ζ over the normals of each row's nodes, and h = ζ'H⁻¹ζ. */
    private void spreadAll(double[] spread, double[] h) {
        CrossedFactor.LeafInverse inverse = factor.new LeafInverse();
        for (int l = 0; l < cells.leaves; l++) {
            inverse.moveTo(l);
            for (int k = cells.firstRow[l]; k < cells.firstRow[l + 1]; k++) {
                int i = cells.row[k];
                for (int t = 0; t < terms; t++) {
                    for (int a = 0; a < cells.q[t]; a++) {
                        double s = 0;
                        for (int o = 0; o < terms; o++) {
                            for (int b = 0; b < cells.q[o]; b++) {
                                s += element(inverse, i, t, a, o, b) * predictor.zeta[i * total + cells.start[o] + b];
                            }
                        }
                        int at = i * total + cells.start[t] + a;
                        spread[at] = s;
                        h[i] += s * predictor.zeta[at];
                    }
                }
            }
        }
    }

    /** Element of H⁻¹ for normal a of term t and normal b of term o, at the nodes of a row. */
    private double element(CrossedFactor.LeafInverse inverse, int i, int t, int a, int o, int b) {
        if (t == cells.leaf) {
            return o == cells.leaf ? inverse.leaf(a, b) : inverse.cross(a, cells.cell[i * terms + o] + b);
        }
        return o == cells.leaf ? inverse.cross(b, cells.cell[i * terms + t] + a)
                : factor.root(cells.rootColumn(t, i) + a, cells.rootColumn(o, i) + b);
    }
}
