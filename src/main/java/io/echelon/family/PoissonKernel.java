package io.echelon.family;

/** Counts with mean eᶯ: yη − eᶯ. */
final class PoissonKernel implements PointKernel {
    @Override
    public double exponent() {
        return 1;
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        double[] eta = at.eta();
        double[] e = at.exponential();
        for (int i = from, k = 0; i < to; i++, k += points) {
            double w = weight == null ? 1 : weight[i];
            double y = r.y()[i];
            for (int j = 0; j < points; j++) {
                sum[j] += w * (y * eta[k + j] - e[k + j]);
            }
        }
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        double[] e = at.exponential();
        for (int i = from, k = 0; i < to; i++, k += points) {
            double y = r.y()[i];
            for (int j = k; j < k + points; j++) {
                out.d1[j] = y - e[j];
                out.d2[j] = -e[j];
            }
        }
    }
}
