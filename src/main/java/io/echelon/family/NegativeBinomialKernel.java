package io.echelon.family;

/**
 * Counts with mean eᶯ and variance μ(1 + αμ): yη − (y + 1/α) log(1 + αeᶯ).
 *
 * @param alpha α
 */
record NegativeBinomialKernel(double alpha) implements PointKernel {
    @Override
    public double exponent() {
        return 1;
    }

    /** log(1 + t), t ≥ 0, to full relative precision (Kahan's correction of log for arguments near one). */
    private static double log1p(double t) {
        double u = 1 + t;
        return u == 1 ? t : Math.log(u) * t / (u - 1);
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        double[] eta = at.eta();
        double[] e = at.exponential();
        for (int i = from, k = 0; i < to; i++, k += points) {
            double w = weight == null ? 1 : weight[i];
            double y = r.y()[i];
            double size = y + 1 / alpha;
            for (int j = 0; j < points; j++) {
                sum[j] += w * (y * eta[k + j] - size * log1p(alpha * e[k + j]));
            }
        }
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        double[] e = at.exponential();
        double m = 1 / alpha;
        for (int i = from, k = 0; i < to; i++, k += points) {
            double y = r.y()[i];
            for (int j = k; j < k + points; j++) {
                double t = alpha * e[j];
                double q = 1 / (1 + t);
                double p = t * q;
                double log = log1p(t);
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
