package io.echelon.family;

import io.echelon.link.Normal;
import java.util.Arrays;

/**
 * Responses that say between which two cutpoints a normal variate with mean η and variance 1 lies: Pr = Φ(b − η) − Φ(a − η), at
 * either end with one cutpoint only. A logarithm is taken of products of probabilities. Derivatives come from the densities at the
 * ends while these are near; far out the family keeps the digits in its own way.
 */
final class NormalIntervalKernel implements PointKernel {
    /** Ends further out than this are far. */
    private static final double NEAR = 6;
    /** Products below this are taken the logarithm of. */
    private static final double SMALL = 1e-150;

    private final Family family;
    private final double[] ancillary;
    private final double[] cut;
    private final double[] outcomes;
    private final double[] eta = new double[1];
    private final Partials one;
    private double[] product = new double[0];

    /**
     * @param ancillary ancillary parameters of the family: the cutpoints, or none
     * @param cut       cutpoints
     * @param outcomes  values of the response, increasing; null where zero is below the one cutpoint and all others are above
     */
    NormalIntervalKernel(Family family, double[] ancillary, double[] cut, double[] outcomes) {
        this.family = family;
        this.ancillary = ancillary;
        this.cut = cut;
        this.outcomes = outcomes;
        one = new Partials(ancillary.length);
    }

    @Override
    public double exponent() {
        return 0;
    }

    private int category(double y) {
        return outcomes == null ? (y == 0 ? 0 : 1) : Arrays.binarySearch(outcomes, y);
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        if (product.length < points) {
            product = new double[points];
        }
        Arrays.fill(product, 0, points, 1);
        for (int i = from, k = 0; i < to; i++, k += points) {
            int j = category(r.y()[i]);
            double a = j > 0 ? cut[j - 1] : Double.NEGATIVE_INFINITY;
            double b = j < cut.length ? cut[j] : Double.POSITIVE_INFINITY;
            double w = weight == null ? 1 : weight[i];
            for (int point = 0; point < points; point++) {
                double p = probability(a - at.eta()[k + point], b - at.eta()[k + point]);
                if (!(p > SMALL)) {
                    sum[point] += w * far(r, i, at.eta()[k + point]);
                } else if (w != 1) {
                    sum[point] += w * Math.log(p);
                } else {
                    product[point] *= p;
                    if (product[point] < SMALL) {
                        sum[point] += Math.log(product[point]);
                        product[point] = 1;
                    }
                }
            }
        }
        for (int point = 0; point < points; point++) {
            sum[point] += Math.log(product[point]);
        }
    }

    private double far(Response r, int i, double at) {
        eta[0] = at;
        family.evaluate(r, i, i + 1, eta, ancillary, 0, one);
        return one.value[0];
    }

    /** Φ(b) − Φ(a) from the tail that keeps the digits. */
    private static double probability(double a, double b) {
        if (a + b > 0) {
            return Normal.upper(a) - (b == Double.POSITIVE_INFINITY ? 0 : Normal.upper(b));
        }
        return Normal.upper(-b) - (a == Double.NEGATIVE_INFINITY ? 0 : Normal.upper(-a));
    }

    @Override
    public void derivatives(Response r, int from, int to, LinearPredictors at, Partials out) {
        int points = at.points();
        for (int i = from, k = 0; i < to; i++, k += points) {
            int j = category(r.y()[i]);
            clear(out, k, points);
            for (int entry = k; entry < k + points; entry++) {
                double x = at.eta()[entry];
                double a = j > 0 ? cut[j - 1] - x : Double.NEGATIVE_INFINITY;
                double b = j < cut.length ? cut[j] - x : Double.POSITIVE_INFINITY;
                boolean near = (j == 0 || Math.abs(a) < NEAR) && (j == cut.length || Math.abs(b) < NEAR);
                if (near && a < b) {
                    near(j, a, b, entry, out);
                } else {
                    far(r, i, x, entry, out);
                }
            }
        }
    }

    private static void clear(Partials out, int from, int points) {
        for (int c = 0; c < out.a.length; c++) {
            Arrays.fill(out.a[c], from, from + points, 0);
            Arrays.fill(out.ea[c], from, from + points, 0);
        }
        for (double[] aa : out.aa) {
            Arrays.fill(aa, from, from + points, 0);
        }
    }

    /** With f = φ/Pr at the ends: ∂/∂η = f_a − f_b, ∂²/∂η² = a f_a − b f_b − (f_a − f_b)², and so on. */
    private void near(int j, double a, double b, int entry, Partials out) {
        double p = probability(a, b);
        double fa = j > 0 ? Normal.density(a) / p : 0;
        double fb = j < cut.length ? Normal.density(b) / p : 0;
        double xa = j > 0 ? a * fa : 0;
        double xb = j < cut.length ? b * fb : 0;
        double slope = fa - fb;
        out.d1[entry] = slope;
        out.d2[entry] = xa - xb - slope * slope;
        if (ancillary.length == 0) {
            return;
        }
        if (j > 0) {
            int c = j - 1;
            out.a[c][entry] = -fa;
            out.ea[c][entry] = fa * slope - xa;
            out.aa[c * (c + 3) / 2][entry] = xa - fa * fa;
        }
        if (j < cut.length) {
            out.a[j][entry] = fb;
            out.ea[j][entry] = xb - fb * slope;
            out.aa[j * (j + 3) / 2][entry] = -xb - fb * fb;
            if (j > 0) {
                out.aa[j * (j + 1) / 2 + j - 1][entry] = fa * fb;
            }
        }
    }

    private void far(Response r, int i, double at, int entry, Partials out) {
        eta[0] = at;
        family.evaluate(r, i, i + 1, eta, ancillary, 2, one);
        out.d1[entry] = one.d1[0];
        out.d2[entry] = one.d2[0];
        for (int c = 0; c < out.a.length; c++) {
            out.a[c][entry] = one.a[c][0];
            out.ea[c][entry] = one.ea[c][0];
        }
        for (int c = 0; c < out.aa.length; c++) {
            out.aa[c][entry] = one.aa[c][0];
        }
    }
}
