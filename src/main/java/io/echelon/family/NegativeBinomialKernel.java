package io.echelon.family;

import io.echelon.linalg.ElementaryFunctions;

/**
 * Counts with mean eᶯ and variance μ(1 + αμ): yη − (y + 1/α) log(1 + αeᶯ).
 */
final class NegativeBinomialKernel implements PointKernel {
    private final double alpha;
    private double[] log = new double[0];

    /**
     * @param alpha α
     */
    NegativeBinomialKernel(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public double exponent() {
        return 1;
    }

    /** log(1 + αeᶯ) of n entries. */
    private double[] logs(double[] e, int n) {
        if (log.length < n) {
            log = new double[ElementaryFunctions.room(Math.max(n, 2 * log.length))];
        }
        for (int k = 0; k < n; k++) {
            log[k] = alpha * e[k];
        }
        ElementaryFunctions.fastest().log1p(log, n);
        return log;
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        double[] eta = at.eta();
        double[] e = at.exponential();
        double[] log = logs(e, (to - from) * points);
        for (int i = from, k = 0; i < to; i++, k += points) {
            double w = weight == null ? 1 : weight[i];
            double y = r.y()[i];
            double size = y + 1 / alpha;
            for (int j = 0; j < points; j++) {
                sum[j] += w * (y * eta[k + j] - size * log[k + j]);
            }
        }
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        double[] e = at.exponential();
        double[] logs = logs(e, (to - from) * points);
        double m = 1 / alpha;
        for (int i = from, k = 0; i < to; i++, k += points) {
            double y = r.y()[i];
            for (int j = k; j < k + points; j++) {
                double t = alpha * e[j];
                double q = 1 / (1 + t);
                double p = t * q;
                double log = logs[j];
                double slope = (y + m) * p;
                double curve = slope * q;
                out.d1[j] = y - slope;
                out.d2[j] = -curve;
                out.a[0][j] = m * log - slope;
                out.ea[0][j] = m * p - curve;
                out.aa[0][j] = m * (2 * p - log) - curve;
            }
        }
    }
}
