package io.echelon.likelihood.generalized;

import io.echelon.family.LinearPredictors;
import io.echelon.linalg.ElementaryFunctions;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;

/**
 * Linear predictors of the rows of an innermost node at all points of its integral. With points v_k = μ + C x_k, η of row i is
 * c_i + Σ_d t_d x_kd, c_i = η_i + ζ_i'μ, t = C'ζ_i: as x_kd takes few values, e^sη is a product of few exponentials, and rows with
 * the same ζ share all but one of theirs. The exponentials of all rows are taken at once.
 */
final class LeafPredictors {
    private final Predictor predictor;
    private final ProductRule rule;
    /** s, not a number where no exponentials are wanted. */
    private final double exponent;
    private final LinearPredictors at;
    private final int level;
    private final int q;
    private final int predictors;
    /** Points of one dimension below zero. */
    private final int half;
    /** c of each row, and whether its t differs from that of the row before (of the same linear predictor). */
    private double[] centre = new double[0];
    private boolean[] turn = new boolean[0];
    /** For each linear predictor: t, the largest |Σ_d t_d x_kd|; Σ_d t_d x_kd for each point, and its exponential. */
    private final double[][] slope;
    private final double[] widest;
    private final double[][] shift;
    private final double[][] factor;
    /** t of each row that turns, q values. */
    private double[] turned = new double[0];
    /** e^sc of each row, then e^(s t_d x_j) of each row that turns, for the points below zero of each dimension. */
    private double[] exponentials = new double[0];
    private final double[] one;

    /**
     * @param exponent s
     * @param at       takes η and e^sη
     */
    LeafPredictors(Predictor predictor, ProductRule rule, double exponent, LinearPredictors at) {
        this.predictor = predictor;
        this.rule = rule;
        this.exponent = exponent;
        this.at = at;
        level = predictor.levels - 1;
        q = predictor.q[level];
        predictors = predictor.predictors;
        half = rule.points() / 2;
        slope = new double[predictors][q];
        widest = new double[predictors];
        shift = new double[predictors][rule.size()];
        factor = new double[predictors][rule.size()];
        one = new double[rule.points()];
        Arrays.fill(one, 1);
    }

    /** The rows of a node whose ancestors' normals are in place. */
    void fill(int from, int to, NodePlacement place) {
        int rows = (to - from) * predictors;
        room(rows);
        int turns = survey(from * predictors, rows, place);
        if (at.bounded() && exponent != 0) {
            takeExponentials(rows, turns);
        }
        multiply(rows);
    }

    private void room(int rows) {
        at.ensure(rows);
        if (centre.length < rows) {
            int n = Math.max(rows, 2 * centre.length);
            centre = new double[n];
            turn = new boolean[n];
            turned = new double[n * q];
            exponentials = new double[ElementaryFunctions.room(n * (1 + q * half))];
        }
    }

    /** Finds c and t of the rows, and whether all exponentials are within bounds; returns the number of turns. */
    private int survey(int from, int rows, NodePlacement place) {
        double[] base = predictor.eta[level];
        double[] zeta = predictor.zeta;
        int total = predictor.start[predictor.levels];
        int first = predictor.start[level];
        double outermost = rule.abscissa(rule.points() - 1);
        double most = 0;
        for (double[] t : slope) {
            Arrays.fill(t, Double.NaN);
        }
        int turns = 0;
        for (int k = 0, e = 0; k < rows; k++, e = e + 1 == predictors ? 0 : e + 1) {
            int z = (from + k) * total + first;
            double c = base[from + k];
            boolean same = true;
            for (int d = 0; d < q; d++) {
                c += zeta[z + d] * place.centre[d];
                double t = 0;
                for (int r = d; r < q; r++) {
                    t += zeta[z + r] * place.factor[r * q + d];
                }
                same &= t == slope[e][d];
                slope[e][d] = t;
            }
            centre[k] = c;
            turn[k] = !same;
            if (!same) {
                widest[e] = 0;
                for (int d = 0; d < q; d++) {
                    widest[e] += Math.abs(slope[e][d] * outermost);
                    turned[turns * q + d] = slope[e][d];
                }
                turns++;
            }
            most = Math.max(most, Math.abs(c) + widest[e]);
        }
        at.bounded(Math.abs(exponent) * most <= LinearPredictors.BOUND);
        return turns;
    }

    private void takeExponentials(int rows, int turns) {
        int n = rows;
        for (int k = 0; k < rows; k++) {
            exponentials[k] = exponent * centre[k];
        }
        for (int t = 0; t < turns * q; t++) {
            for (int j = 0; j < half; j++) {
                exponentials[n++] = exponent * turned[t] * rule.abscissa(j);
            }
        }
        ElementaryFunctions.fastest().exp(exponentials, n);
    }

    private void multiply(int rows) {
        int points = rule.size();
        double[] eta = at.eta();
        double[] exponential = at.exponential();
        boolean exponentiated = at.bounded() && exponent != 0;
        int turns = 0;
        for (int k = 0, to = 0, e = 0; k < rows; k++, to += points, e = e + 1 == predictors ? 0 : e + 1) {
            if (turn[k]) {
                tabulate(turns * q, rows + turns * q * half, exponentiated, shift[e], factor[e]);
                turns++;
            }
            double c = centre[k];
            double[] added = shift[e];
            if (exponentiated) {
                double own = exponentials[k];
                double[] times = factor[e];
                for (int j = 0; j < points; j++) {
                    eta[to + j] = c + added[j];
                    exponential[to + j] = own * times[j];
                }
            } else {
                for (int j = 0; j < points; j++) {
                    eta[to + j] = c + added[j];
                }
            }
        }
    }

    /** Fills shift and factor for the slopes of a turn, dimension by dimension, the last running fastest. */
    private void tabulate(int slopes, int powers, boolean exponentiated, double[] shift, double[] factor) {
        int points = rule.points();
        int last = points - 1;
        shift[0] = 0;
        factor[0] = 1;
        for (int d = 0, size = 1; d < q; d++, size *= points) {
            double t = turned[slopes + d];
            for (int j = 0; exponentiated && j < half; j++) {
                double e = exponentials[powers + d * half + j];
                one[last - j] = 1 / e;
                one[j] = e;
            }
            for (int i = size - 1; i >= 0; i--) {
                double a = shift[i];
                double e = factor[i];
                for (int j = last; j >= 0; j--) {
                    shift[i * points + j] = a + t * rule.abscissa(j);
                    factor[i * points + j] = e * one[j];
                }
            }
        }
    }
}
