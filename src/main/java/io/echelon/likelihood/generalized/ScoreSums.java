package io.echelon.likelihood.generalized;

import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;

/**
 * Sums of derivatives over the rows of the top-level group in hand. A parameter of the linear part multiplies a column of x, or a
 * column of z times a standard normal: with m = (1, v), the derivative of η_i is col_i·m_c. The weights of a row's second
 * derivatives are therefore first added up over the integration points, in M_i = Σ_k π_k f_ηη m m', and X'diag(·)X is formed once
 * at the end.
 */
final class ScoreSums {
    private final Predictor predictor;
    private final GroupBlock block;
    private final Loadings loadings;
    private final int p;
    private final int m;
    private final int total;
    /** 1 + Q, and its triangle. */
    private final int side;
    private final int triangle;
    /** Rows of the group × triangle: M_i. */
    private double[] curvature = new double[0];
    /** m × (rows of the group × side): Σ π f_ηa m. */
    private final double[][] mixed;
    /** Triangle of m: Σ π f_aa. */
    private final double[] ancillary;
    private final double[] gradient;
    private final double[] one;
    private int firstRow;
    private int rows;

    ScoreSums(Predictor predictor) {
        this.predictor = predictor;
        block = predictor.block;
        loadings = predictor.loadings;
        p = predictor.parameters.beta().length;
        m = predictor.parameters.ancillary().length;
        total = predictor.start[predictor.levels];
        side = 1 + total;
        triangle = side * (side + 1) / 2;
        mixed = new double[m][0];
        ancillary = new double[m * (m + 1) / 2];
        gradient = new double[p + total];
        one = new double[side];
        one[0] = 1;
    }

    /** P. */
    int parameters() {
        return p + m + loadings.size();
    }

    /** Begins with another top-level group (all rows where there is no level). */
    void begin(int first, int end) {
        firstRow = first;
        rows = end - first;
        if (curvature.length < rows * triangle) {
            curvature = new double[rows * triangle];
        } else {
            java.util.Arrays.fill(curvature, 0, rows * triangle, 0);
        }
        for (int a = 0; a < m; a++) {
            if (mixed[a].length < rows * side) {
                mixed[a] = new double[rows * side];
            } else {
                java.util.Arrays.fill(mixed[a], 0, rows * side, 0);
            }
        }
        java.util.Arrays.fill(ancillary, 0);
    }

    /**
     * Adds rows at one node of the integration: their score (not weighted by {@code weight}) to {@code score}, and weight times
     * their second derivatives to the sums.
     *
     * @param from   first row; {@link Predictor#partials} holds this and the following n
     * @param v      standard normals at this node
     * @param weight posterior weight of the node
     */
    void add(int from, int n, double[] v, double weight, double[] score) {
        Partials d = predictor.partials;
        double[] x = block.x();
        double[] z = block.z();
        double[] w = block.weights();
        java.util.Arrays.fill(gradient, 0);
        System.arraycopy(v, 0, one, 1, total);
        for (int k = 0; k < n; k++) {
            int i = from + k;
            double wi = w == null ? 1 : w[i];
            double g = wi * d.d1[k];
            for (int j = 0, at = i * p; j < p; j++) {
                gradient[j] += g * x[at + j];
            }
            for (int j = 0, at = i * total; j < total; j++) {
                gradient[p + j] += g * z[at + j];
            }
            double h = weight * wi * d.d2[k];
            int at = (i - firstRow) * triangle;
            for (int c = 0; c < side; c++) {
                double hc = h * one[c];
                for (int e = 0; e <= c; e++) {
                    curvature[at++] += hc * one[e];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            score[j] += gradient[j];
        }
        for (int e = 0; e < loadings.size(); e++) {
            score[p + m + e] += gradient[p + loadings.row()[e]] * v[loadings.column()[e]];
        }
        for (int a = 0; a < m; a++) {
            addAncillary(a, from, n, weight, score);
        }
    }

    private void addAncillary(int a, int from, int n, double weight, double[] score) {
        Partials d = predictor.partials;
        double[] w = block.weights();
        double[] into = mixed[a];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double wi = w == null ? 1 : w[from + k];
            sum += wi * d.a[a][k];
            double h = weight * wi * d.ea[a][k];
            int at = (from + k - firstRow) * side;
            for (int c = 0; c < side; c++) {
                into[at + c] += h * one[c];
            }
            for (int b = 0, row = a * (a + 1) / 2; b <= a; b++) {
                ancillary[row + b] += weight * wi * d.aa[row + b][k];
            }
        }
        score[p + a] += sum;
    }

    /** Adds weight times the second derivatives of the group in hand to a packed Hessian. */
    void addHessian(double weight, double[] hessian) {
        double[] x = block.x();
        double[] z = block.z();
        int linear = p + loadings.size();
        double[] column = new double[linear];
        int[] normal = new int[linear];
        int[] place = new int[linear];
        for (int j = 0; j < linear; j++) {
            normal[j] = j < p ? 0 : 1 + loadings.column()[j - p];
            place[j] = j < p ? j : m + j;
        }
        for (int i = firstRow; i < firstRow + rows; i++) {
            for (int j = 0; j < linear; j++) {
                column[j] = j < p ? x[i * p + j] : z[i * total + loadings.row()[j - p]];
            }
            int at = (i - firstRow) * triangle;
            for (int j = 0; j < linear; j++) {
                double cj = weight * column[j];
                if (cj == 0) {
                    continue;
                }
                int row = place[j] * (place[j] + 1) / 2;
                for (int k = 0; k <= j; k++) {
                    int hi = Math.max(normal[j], normal[k]);
                    int lo = Math.min(normal[j], normal[k]);
                    hessian[row + place[k]] += cj * column[k] * curvature[at + hi * (hi + 1) / 2 + lo];
                }
            }
            for (int a = 0; a < m; a++) {
                int start = (i - firstRow) * side;
                for (int j = 0; j < linear; j++) {
                    double v = weight * column[j] * mixed[a][start + normal[j]];
                    int hi = Math.max(place[j], p + a);
                    int lo = Math.min(place[j], p + a);
                    hessian[hi * (hi + 1) / 2 + lo] += v;
                }
            }
        }
        for (int a = 0, at = 0; a < m; a++) {
            for (int b = 0; b <= a; b++) {
                hessian[(p + a) * (p + a + 1) / 2 + p + b] += weight * ancillary[at++];
            }
        }
    }
}
