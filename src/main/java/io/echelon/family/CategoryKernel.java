package io.echelon.family;

import io.echelon.link.Normal;
import io.echelon.link.Probit;
import java.util.Arrays;

/**
 * Binary and ordered responses: the log densities of all categories are tabulated. Derivatives come, with normal distributions, from the
 * densities at the two cutpoints a and b of a category, Pr = Φ(b − η) − Φ(a − η), while these are near; else from the family.
 */
final class CategoryKernel implements PointKernel {
    /** Cutpoints further from η than this are far. */
    private static final double NEAR = 6;

    private final Family family;
    private final double[] ancillary;
    private final double[] cut;
    private final double[] outcomes;
    private final boolean normal;
    private final DensityTable table;
    private final double[] eta = new double[1];
    private final Partials one;

    /**
     * @param ancillary ancillary parameters of the family: the cutpoints, or none
     * @param cut       cutpoints
     * @param outcomes  values of the response, increasing; of two where there are no ancillary parameters the first is zero and the
     *                  second stands for all others
     */
    CategoryKernel(Family family, double[] ancillary, double[] cut, double[] outcomes) {
        this.family = family;
        this.ancillary = ancillary;
        this.cut = cut;
        this.outcomes = outcomes;
        normal = family.link() instanceof Probit;
        table = new DensityTable(family, ancillary, outcomes);
        one = new Partials(ancillary.length);
    }

    @Override
    public double exponent() {
        return 0;
    }

    private int category(double y) {
        return ancillary.length == 0 ? (y == 0 ? 0 : 1) : Arrays.binarySearch(outcomes, y);
    }

    @Override
    public void addSums(Response r, int from, int to, LinearPredictors at, double[] weight, double[] sum) {
        int points = at.points();
        for (int i = from, k = 0; i < to; i++, k += points) {
            table.add(category(r.y()[i]), at.eta(), k, points, weight == null ? 1 : weight[i], sum);
        }
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
                boolean near = normal && (j == 0 || Math.abs(a) < NEAR) && (j == cut.length || Math.abs(b) < NEAR);
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
