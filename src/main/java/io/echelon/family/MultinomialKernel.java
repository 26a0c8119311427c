package io.echelon.family;

import java.util.Arrays;

/**
 * Unordered categories: η_y − log(1 + Σ eᶯ). A logarithm is taken of products of as many sums 1 + Σ eᶯ as do not overflow.
 */
final class MultinomialKernel implements PointKernel {
    private final Multinomial family;
    private final int predictors;
    private final int factors;
    private double[] product = new double[0];
    private double[] sums = new double[0];

    MultinomialKernel(Multinomial family) {
        this.family = family;
        predictors = family.predictors();
        // So many sums of at most 1 + M e^BOUND stay below the largest number.
        factors = (int) (709 / (LinearPredictors.BOUND + Math.log1p(predictors)));
    }

    @Override
    public double exponent() {
        return 1;
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        room(points);
        double[] eta = at.eta();
        Arrays.fill(product, 0, points, 1);
        int held = 0;
        for (int i = from, k = 0; i < to; i++, k += predictors * points) {
            double w = weight == null ? 1 : weight[i];
            int y = family.predictor(family.number(r.y()[i]));
            for (int j = 0, own = k + y * points; y >= 0 && j < points; j++) {
                sum[j] += w * eta[own + j];
            }
            addUp(at.exponential(), k, points);
            if (weight != null) {
                for (int j = 0; j < points; j++) {
                    sum[j] -= w * Math.log(sums[j]);
                }
                continue;
            }
            for (int j = 0; j < points; j++) {
                product[j] *= sums[j];
            }
            if (++held == factors) {
                takeLogs(points, sum);
                held = 0;
            }
        }
        takeLogs(points, sum);
    }

    private void room(int points) {
        if (product.length < points) {
            product = new double[points];
            sums = new double[points];
        }
    }

    /** 1 + Σ eᶯ at each point. */
    private void addUp(double[] e, int at, int points) {
        for (int j = 0; j < points; j++) {
            sums[j] = 1 + e[at + j];
        }
        for (int f = 1; f < predictors; f++) {
            for (int j = 0, k = at + f * points; j < points; j++) {
                sums[j] += e[k + j];
            }
        }
    }

    private void takeLogs(int points, double[] sum) {
        for (int j = 0; j < points; j++) {
            sum[j] -= Math.log(product[j]);
            product[j] = 1;
        }
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        room(points);
        double[] exponential = at.exponential();
        int pairs = predictors * (predictors + 1) / 2;
        for (int i = from, k = 0; i < to; i++, k++) {
            int y = family.predictor(family.number(r.y()[i]));
            int own = k * predictors * points;
            addUp(exponential, own, points);
            for (int e = 0; e < predictors; e++) {
                first(exponential, own, e, e == y, points, out.d1);
            }
            for (int e = 0, t = k * pairs * points; e < predictors; e++) {
                for (int f = 0; f <= e; f++, t += points) {
                    second(exponential, own, e, f, points, out.d2, t);
                }
            }
        }
    }

    private void first(double[] exponential, int own, int e, boolean occurred, int points, double[] out) {
        for (int j = 0, at = own + e * points; j < points; j++) {
            out[at + j] = occurred ? others(exponential, own, e, points, j) / sums[j] : -exponential[at + j] / sums[j];
        }
    }

    private void second(double[] exponential, int own, int e, int f, int points, double[] out, int to) {
        for (int j = 0, at = own + e * points; j < points; j++) {
            double p = exponential[at + j] / sums[j];
            out[to + j] = e == f ? -p * (others(exponential, own, e, points, j) / sums[j])
                    : p * (exponential[own + f * points + j] / sums[j]);
        }
    }

    /** 1 + Σ eᶯ without one of the predictors, which subtraction would not tell in the tails. */
    private double others(double[] exponential, int own, int e, int points, int j) {
        double sum = 1;
        for (int f = 0; f < predictors; f++) {
            sum += f == e ? 0 : exponential[own + f * points + j];
        }
        return sum;
    }
}
