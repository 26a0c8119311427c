package io.echelon.family;

import io.echelon.linalg.ElementaryFunctions;
import java.util.Arrays;

/**
 * Successes in trials (one where there are no denominators) with the logit link: yη − n log(1 + eᶯ). A logarithm is taken of
 * products of as many factors 1 + eᶯ as do not overflow.
 */
final class LogisticKernel implements PointKernel {
    /** So many factors of at most 1 + e^BOUND stay below the largest number. */
    private static final int FACTORS = (int) (709 / (LinearPredictors.BOUND + 1));

    /** So many multiplications take no longer than a logarithm. */
    private static final int FEW = 8;

    private double[] product = new double[0];

    @Override
    public double exponent() {
        return 1;
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        if (product.length < points) {
            product = new double[ElementaryFunctions.room(points)];
        }
        boolean plain = weight == null && r.trials() == null;
        double[] eta = at.eta();
        double[] e = at.exponential();
        double[] y = r.y();
        Arrays.fill(product, 1);
        int held = 0;
        for (int i = from, k = 0; i < to; i++, k += points) {
            double w = weight == null ? 1 : weight[i];
            double successes = plain ? (y[i] != 0 ? 1 : 0) : w * (r.trials() == null && y[i] != 0 ? 1 : y[i]);
            if (successes != 0) {
                addScaled(successes, eta, k, points, sum);
            }
            double n = w * (r.trials() == null ? 1 : r.trials()[i]);
            boolean few = n <= FEW && n == Math.rint(n) && n >= 0;
            if (held > 0 && (!few || held + n > FACTORS)) {
                takeLogs(1, points, sum);
                held = 0;
            }
            if (few) {
                for (int factor = 0; factor < n; factor++) {
                    multiply(e, k, points, product);
                }
                held += (int) n;
            } else {
                multiply(e, k, points, product);
                takeLogs(n, points, sum);
            }
        }
        if (held > 0) {
            takeLogs(1, points, sum);
        }
    }

    private static void addScaled(double factor, double[] eta, int at, int points, double[] sum) {
        for (int j = 0; j < points; j++) {
            sum[j] += factor * eta[at + j];
        }
    }

    private static void multiply(double[] e, int at, int points, double[] product) {
        for (int j = 0; j < points; j++) {
            product[j] *= 1 + e[at + j];
        }
    }

    /** Subtracts {@code factor} times the logarithms of the products, and begins new ones. */
    private void takeLogs(double factor, int points, double[] sum) {
        ElementaryFunctions.fastest().log(product, points);
        for (int j = 0; j < points; j++) {
            sum[j] -= factor * product[j];
        }
        Arrays.fill(product, 1);
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        double[] e = at.exponential();
        double[] first = out.d1;
        double[] second = out.d2;
        for (int i = from, k = 0; i < to; i++, k += points) {
            double y = r.y()[i];
            double n = r.trials() == null ? 1 : r.trials()[i];
            double successes = r.trials() == null && y != 0 ? 1 : y;
            double failures = n - successes;
            for (int j = k; j < k + points; j++) {
                double q = 1 / (1 + e[j]);
                double p = e[j] * q;
                first[j] = successes * q - failures * p;
                second[j] = -n * (p * q);
            }
        }
    }
}
