package io.echelon.family;

/**
 * Positive responses with mean eᶯ: −k(η + y e⁻ᶯ).
 *
 * @param shape k
 */
record GammaKernel(double shape) implements PointKernel {
    @Override
    public double exponent() {
        return -1;
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        double[] eta = at.eta();
        double[] e = at.exponential();
        for (int i = from, k = 0; i < to; i++, k += points) {
            double w = weight == null ? shape : shape * weight[i];
            double y = r.y()[i];
            for (int j = 0; j < points; j++) {
                sum[j] -= w * (eta[k + j] + y * e[k + j]);
            }
        }
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        double[] eta = at.eta();
        double[] e = at.exponential();
        for (int i = from, k = 0; i < to; i++, k += points) {
            double scaled = shape * r.y()[i];
            for (int j = k; j < k + points; j++) {
                double t = scaled * e[j];
                double value = -shape * eta[j] - t;
                out.d1[j] = t - shape;
                out.d2[j] = -t;
                out.a[0][j] = -value;
                out.ea[0][j] = shape - t;
                out.aa[0][j] = value;
            }
        }
    }
}
