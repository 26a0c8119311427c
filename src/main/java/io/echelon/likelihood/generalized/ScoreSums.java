package io.echelon.likelihood.generalized;

import io.echelon.family.Partials;
import io.echelon.group.GroupBlock;
import java.util.stream.IntStream;

/**
 * Sums of derivatives over the rows of the top-level group in hand. A parameter of the linear part multiplies a column of x, or a
 * column of z times a standard normal: with m = (1, v), the derivative of η_i is col_i·m_c. The weights of a row's second
 * derivatives are therefore first added up over the integration points, in Σ_k π_k f_ηη m m', and X'diag(·)X is formed once
 * at the end. With several linear predictors an observation there is such a sum for each pair of them.
 */
final class ScoreSums {
    private final Predictor predictor;
    private final GroupBlock block;
    private final Loadings loadings;
    /** Columns of x, and coefficients: as many for each linear predictor. */
    private final int fixed;
    private final int p;
    private final int m;
    private final int total;
    /** 1 + Q, and its triangle. */
    private final int side;
    private final int triangle;
    private final int predictors;
    /** Pairs of linear predictors. */
    private final int pairs;
    /** For each linear predictor the columns of z that enter it, and for each column the predictors it enters. */
    private final int[][] entering;
    private final int[][] entered;
    /** For each pair of linear predictors the places of the triangle that derivatives use, and those used by any pair. */
    private final int[][] used;
    private final boolean[] usedByAny;
    /** Rows of the group × pairs × triangle: Σ π f_ηη m m'. */
    private double[] curvature = new double[0];
    /** m × (rows of the group × side): Σ π f_ηa m. */
    private final double[][] mixed;
    /** Triangle of m: Σ π f_aa. */
    private final double[] ancillary;
    /** (1, v) of one point. */
    private final double[] one;
    /** One row's score in η at each point; Q × points: Σ f_η z; triangle × points: weight × π m m'. */
    private double[] slope = new double[0];
    private double[] effects;
    private double[] products;
    private int firstRow;
    private int rows;

    ScoreSums(Predictor predictor) {
        this.predictor = predictor;
        block = predictor.block;
        loadings = predictor.loadings;
        fixed = block.layout().fixed();
        p = predictor.parameters.beta().length;
        m = predictor.parameters.ancillary().length;
        total = predictor.start[predictor.levels];
        side = 1 + total;
        triangle = side * (side + 1) / 2;
        predictors = predictor.predictors;
        pairs = predictors * (predictors + 1) / 2;
        entering = IntStream.range(0, predictors).mapToObj(e -> IntStream.range(0, total)
                .filter(c -> loadings.enters(c, e)).toArray()).toArray(int[][]::new);
        entered = IntStream.range(0, total).mapToObj(c -> IntStream.range(0, predictors)
                .filter(e -> loadings.enters(c, e)).toArray()).toArray(int[][]::new);
        usedByAny = new boolean[triangle];
        used = IntStream.range(0, predictors).boxed().flatMap(e -> IntStream.rangeClosed(0, e).mapToObj(f -> used(e, f)))
                .toArray(int[][]::new);
        mixed = new double[m][0];
        ancillary = new double[m * (m + 1) / 2];
        one = new double[side];
        one[0] = 1;
    }

    /** Places of pairs of a normal in one linear predictor (or its constant) and one in another. */
    private int[] used(int e, int f) {
        boolean[] first = normals(e);
        boolean[] second = normals(f);
        int[] places = IntStream.range(0, side).boxed().flatMap(c -> IntStream.rangeClosed(0, c)
                .filter(d -> first[c] && second[d] || first[d] && second[c]).mapToObj(d -> c * (c + 1) / 2 + d))
                .mapToInt(Integer::intValue).toArray();
        for (int t : places) {
            usedByAny[t] = true;
        }
        // With ancillary parameters the sums of the constant with each normal are wanted as well.
        for (int c = 0; c < side && m > 0; c++) {
            usedByAny[c * (c + 1) / 2] = true;
        }
        return places;
    }

    /** Which of (1, v) a linear predictor has. */
    private boolean[] normals(int e) {
        boolean[] has = new boolean[side];
        has[0] = true;
        for (int k = 0; k < loadings.size(); k++) {
            has[1 + loadings.column()[k]] |= loadings.enters(loadings.row()[k], e);
        }
        return has;
    }

    /** P. */
    int parameters() {
        return p + m + loadings.size();
    }

    /** Begins with another top-level group (all rows where there is no level). */
    void begin(int first, int end) {
        firstRow = first;
        rows = end - first;
        int size = rows * pairs * triangle;
        if (curvature.length < size) {
            curvature = new double[size];
        } else {
            java.util.Arrays.fill(curvature, 0, size, 0);
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
     * Adds rows at the points of an integral: their score at each point (not weighted by {@code weight}) to {@code score}, and
     * their second derivatives, weighted by {@code weight} and the posterior weight of the point, to the sums.
     *
     * @param from      first row
     * @param n         number of rows
     * @param d         derivatives of row from + k at point j in entry {@code k * points + j} (with several linear predictors a
     *                  run of entries for each); those of points without weight are cleared
     * @param v         points × Q: the standard normals at each point
     * @param posterior weights of the points
     * @param score     P × points
     */
    void add(int from, int n, Partials d, double[] v, double[] posterior, double weight, double[] score) {
        int points = posterior.length;
        room(points);
        for (int j = 0; j < points; j++) {
            if (posterior[j] < QuadratureSweep.NO_WEIGHT) {
                clear(d, n, j, points);
            }
        }
        fillProducts(v, posterior, weight, points);
        java.util.Arrays.fill(effects, 0, total * points, 0);
        double[] x = block.x();
        double[] z = block.z();
        for (int k = 0, first = 0, second = 0; k < n; k++) {
            int i = from + k;
            double w = block.weight(i);
            for (int e = 0; e < predictors; e++, first += points) {
                for (int j = 0; j < points; j++) {
                    slope[j] = w * d.d1[first + j];
                }
                for (int c = 0; c < fixed; c++) {
                    addScaled(x[i * fixed + c], slope, score, (e * fixed + c) * points, points);
                }
                for (int c : entering[e]) {
                    addScaled(z[i * total + c], slope, effects, c * points, points);
                }
            }
            for (int pair = 0, to = (i - firstRow) * pairs * triangle; pair < pairs; pair++, to += triangle, second += points) {
                for (int t : used[pair]) {
                    curvature[to + t] += w * product(d.d2, second, products, t * points, points);
                }
            }
            for (int a = 0; a < m; a++) {
                addAncillary(a, i, w, d, k * points, points, score);
            }
        }
        for (int e = 0; e < loadings.size(); e++) {
            int normal = loadings.column()[e];
            for (int j = 0, row = loadings.row()[e] * points, to = (p + m + e) * points; j < points; j++) {
                score[to + j] += effects[row + j] * v[j * total + normal];
            }
        }
    }

    private void room(int points) {
        if (slope.length != points) {
            slope = new double[points];
            effects = new double[total * points];
            products = new double[triangle * points];
        }
    }

    private void clear(Partials d, int n, int point, int points) {
        for (int k = point; k < n * predictors * points; k += points) {
            d.d1[k] = 0;
        }
        for (int k = point; k < n * pairs * points; k += points) {
            d.d2[k] = 0;
        }
        for (int k = point; k < n * points; k += points) {
            for (int a = 0; a < d.a.length; a++) {
                d.a[a][k] = 0;
                d.ea[a][k] = 0;
            }
            for (double[] aa : d.aa) {
                aa[k] = 0;
            }
        }
    }

    /** weight × π m m' of each point. */
    private void fillProducts(double[] v, double[] posterior, double weight, int points) {
        for (int j = 0; j < points; j++) {
            System.arraycopy(v, j * total, one, 1, total);
            double w = weight * posterior[j];
            for (int c = 0, t = 0; c < side; c++) {
                for (int e = 0; e <= c; e++, t++) {
                    if (usedByAny[t]) {
                        products[t * points + j] = w * one[c] * one[e];
                    }
                }
            }
        }
    }

    private static void addScaled(double factor, double[] from, double[] to, int at, int points) {
        if (factor != 0) {
            for (int j = 0; j < points; j++) {
                to[at + j] += factor * from[j];
            }
        }
    }

    private static double product(double[] a, int atA, double[] b, int atB, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += a[atA + j] * b[atB + j];
        }
        return sum;
    }

    private void addAncillary(int a, int i, double w, Partials d, int at, int points, double[] score) {
        for (int j = 0, to = (p + a) * points; j < points; j++) {
            score[to + j] += w * d.a[a][at + j];
        }
        int to = (i - firstRow) * side;
        for (int c = 0; c < side; c++) {
            mixed[a][to + c] += w * product(d.ea[a], at, products, c * (c + 1) / 2 * points, points);
        }
        for (int b = 0, row = a * (a + 1) / 2; b <= a; b++) {
            ancillary[row + b] += w * product(d.aa[row + b], at, products, 0, points);
        }
    }

    /** Adds weight times the second derivatives of the group in hand to a packed Hessian. */
    void addHessian(double weight, double[] hessian) {
        double[] z = block.z();
        for (int i = firstRow; i < firstRow + rows; i++) {
            for (int e = 0, at = (i - firstRow) * pairs * triangle; e < predictors; e++) {
                for (int f = 0; f < e; f++, at += triangle) {
                    addProducts(i, e, f, weight * curvature[at], hessian);
                }
                addSquares(i, e, weight * curvature[at], hessian);
                at += triangle;
            }
            for (int e = 0; e < loadings.size(); e++) {
                double ze = weight * z[i * total + loadings.row()[e]];
                if (ze != 0) {
                    addLoading(e, i, ze, hessian);
                }
            }
            for (int a = 0; a < m; a++) {
                addMixed(a, i, weight, hessian);
            }
        }
        for (int a = 0, at = 0; a < m; a++) {
            for (int b = 0; b <= a; b++) {
                hessian[(p + a) * (p + a + 1) / 2 + p + b] += weight * ancillary[at++];
            }
        }
    }

    /** h x x' of row i for the coefficients of one linear predictor. */
    private void addSquares(int i, int predictor, double h, double[] hessian) {
        double[] x = block.x();
        int own = predictor * fixed;
        for (int j = 0, xi = i * fixed; j < fixed; j++) {
            double hj = h * x[xi + j];
            int row = (own + j) * (own + j + 1) / 2 + own;
            for (int k = 0; k <= j; k++) {
                hessian[row + k] += hj * x[xi + k];
            }
        }
    }

    /** h x x' of row i for the coefficients of a linear predictor and of an earlier one. */
    private void addProducts(int i, int predictor, int earlier, double h, double[] hessian) {
        double[] x = block.x();
        int own = predictor * fixed;
        for (int j = 0, xi = i * fixed; j < fixed; j++) {
            double hj = h * x[xi + j];
            int row = (own + j) * (own + j + 1) / 2 + earlier * fixed;
            for (int k = 0; k < fixed; k++) {
                hessian[row + k] += hj * x[xi + k];
            }
        }
    }

    /** Where the sum of row i for two linear predictors starts. */
    private int curvatureAt(int i, int e, int f) {
        int hi = Math.max(e, f);
        return ((i - firstRow) * pairs + hi * (hi + 1) / 2 + Math.min(e, f)) * triangle;
    }

    /** Second derivatives of row i in a loading and in β, and in it and the loadings up to it. */
    private void addLoading(int e, int i, double ze, double[] hessian) {
        int normal = 1 + loadings.column()[e];
        int place = p + m + e;
        int row = place * (place + 1) / 2;
        double[] x = block.x();
        for (int linear : entered[loadings.row()[e]]) {
            for (int other = 0; other < predictors; other++) {
                double h = ze * curvature[curvatureAt(i, linear, other) + normal * (normal + 1) / 2];
                for (int k = 0, xi = i * fixed; k < fixed; k++) {
                    hessian[row + other * fixed + k] += h * x[xi + k];
                }
            }
            for (int f = 0; f <= e; f++) {
                double zf = ze * block.z()[i * total + loadings.row()[f]];
                int normalOfOther = 1 + loadings.column()[f];
                int hi = Math.max(normal, normalOfOther);
                int pair = hi * (hi + 1) / 2 + Math.min(normal, normalOfOther);
                for (int other : entered[loadings.row()[f]]) {
                    hessian[row + p + m + f] += zf * curvature[curvatureAt(i, linear, other) + pair];
                }
            }
        }
    }

    /** Second derivatives of row i in an ancillary parameter and in β or a loading. */
    private void addMixed(int a, int i, double weight, double[] hessian) {
        int start = (i - firstRow) * side;
        int row = (p + a) * (p + a + 1) / 2;
        double h = weight * mixed[a][start];
        for (int k = 0, xi = i * p; k < p; k++) {
            hessian[row + k] += h * block.x()[xi + k];
        }
        for (int e = 0; e < loadings.size(); e++) {
            int place = p + m + e;
            hessian[place * (place + 1) / 2 + p + a] += weight * block.z()[i * total + loadings.row()[e]]
                    * mixed[a][start + 1 + loadings.column()[e]];
        }
    }
}
