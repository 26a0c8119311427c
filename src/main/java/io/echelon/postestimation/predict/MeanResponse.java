package io.echelon.postestimation.predict;

import io.echelon.family.Family;
import io.echelon.family.MeanFamily;
import io.echelon.spec.Statistic;
import java.util.Arrays;

/**
 * A prediction F(η, v; a) of a row with its derivatives, where v is the variance of random effects averaged over (0 for
 * predictions given random effects of zero) and a are the ancillary parameters. Where F does not depend on the response, it is
 * expanded from the nearest of some places (η₀, v₀), each integrated over once: as ∂F/∂v = ½ ∂²F/∂η²,
 *
 * <p>F⁽ʲ⁾(η₀ + d, v₀ + w) = Σ_k Σ_m F⁽ʲ⁺ᵏ⁺²ᵐ⁾(η₀, v₀) dᵏ/k! (w/2)ᵐ/m!.
 *
 * <p>For use by one thread.
 */
public final class MeanResponse {
    /** Derivatives in η, from F itself to the fourth. */
    static final int DERIVATIVES = 5;

    /** Highest derivative at a place, and highest of those moved to another variance. */
    private static final int ORDER = 16;
    private static final int MOVED = 12;
    private static final double ETA_STEP = 0.25;
    private static final double LEAST_VARIANCE = 0.02;
    private static final double VARIANCE_RATIO = Math.log(1.05);
    private static final int KEPT_BITS = 14;

    private final ResponseQuantity[] quantities;
    private final boolean response;
    private final boolean ancillaryMatters;
    private final double[] ancillary;
    private final double[] values;
    private final double[] moved = new double[MOVED + 1];
    private final double[][] arguments = new double[1 << KEPT_BITS][];
    private final double[][] places = new double[1 << KEPT_BITS][];

    /** @param outcomes number of values of an ordinal response, else 1 */
    public MeanResponse(Family family, double[] parameters, Statistic statistic, int outcomes) {
        quantities = new ResponseQuantity[outcomes];
        for (int k = 0; k < outcomes; k++) {
            quantities[k] = new ResponseQuantity(family, statistic, k);
        }
        response = Statistics.needsResponse(statistic);
        ancillaryMatters = !(family instanceof MeanFamily && (statistic == Statistic.MU || statistic == Statistic.PR));
        ancillary = parameters.clone();
        values = new double[DERIVATIVES * (1 + ancillary.length)];
    }

    /** Place in {@link #of} of the derivative of F⁽ᵏ⁾ in an ancillary parameter. */
    public static int place(int parameter, int k) {
        return DERIVATIVES * (1 + parameter) + k;
    }

    /**
     * F and its first four derivatives in η, then for each ancillary parameter the derivatives of all these in it; valid until
     * the next call.
     *
     * @param variance averaged over, v
     * @param y        response of the row, where F depends on it
     * @param trials   binomial denominator of the row
     */
    public double[] of(int outcome, double eta, double variance, double y, double trials) {
        if (response) {
            double s = Math.sqrt(variance);
            with(d -> NormalMean.derivatives(e -> quantities[outcome].at(e, ancillary, y, trials), eta, s, d), values,
                    DERIVATIVES);
            return values;
        }
        double at = Math.rint(eta / ETA_STEP);
        double ratio = variance > LEAST_VARIANCE ? Math.rint(Math.log(variance / LEAST_VARIANCE) / VARIANCE_RATIO) : 0;
        double known = LEAST_VARIANCE * Math.exp(VARIANCE_RATIO * ratio);
        double[] jets = jets(outcome, trials, at, known);
        for (int k = 0; k * DERIVATIVES < values.length; k++) {
            expand(jets, k * (ORDER + 1), eta - ETA_STEP * at, (variance - known) / 2, k * DERIVATIVES);
        }
        return values;
    }

    /** Something that writes F and derivatives with the ancillary parameters as they are. */
    private interface Jet {
        void write(double[] d);
    }

    /** Writes a jet of n values, then its derivatives in each ancillary parameter. */
    private void with(Jet jet, double[] to, int n) {
        double[] d = new double[n];
        jet.write(d);
        System.arraycopy(d, 0, to, 0, n);
        for (int a = 0; a < ancillary.length && ancillaryMatters; a++) {
            int parameter = a;
            double at = ancillary[a];
            double[] slopes = new double[n];
            Differences.slopes(t -> {
                ancillary[parameter] = t;
                jet.write(d);
                return d;
            }, at, slopes);
            ancillary[a] = at;
            System.arraycopy(slopes, 0, to, n * (1 + a), n);
        }
    }

    /** F and its derivatives up to {@link #ORDER} at a place, then those in the ancillary parameters. */
    private double[] jets(int outcome, double trials, double at, double variance) {
        double[] wanted = {outcome, trials, at, variance};
        int place = (int) (Arrays.hashCode(wanted) * 0x9E3779B97F4A7C15L >>> 64 - KEPT_BITS);
        if (Arrays.equals(arguments[place], wanted)) {
            return places[place];
        }
        double[] jets = new double[(ORDER + 1) * (1 + ancillary.length)];
        ResponseQuantity q = quantities[outcome];
        with(d -> NormalMean.jet(e -> q.at(e, ancillary, Double.NaN, trials), ETA_STEP * at, Math.sqrt(variance), ORDER, d),
                jets, ORDER + 1);
        arguments[place] = wanted;
        places[place] = jets;
        return jets;
    }

    /** Moves a jet by d in η and 2h in v. */
    private void expand(double[] jets, int from, double d, double h, int to) {
        for (int i = 0; i <= MOVED; i++) {
            double sum = 0;
            for (int m = (ORDER - i) / 2; m > 0; m--) {
                sum = (sum + jets[from + i + 2 * m]) * h / m;
            }
            moved[i] = sum + jets[from + i];
        }
        for (int j = 0; j < DERIVATIVES; j++) {
            double sum = 0;
            for (int k = MOVED - j; k > 0; k--) {
                sum = (sum + moved[j + k]) * d / k;
            }
            values[to + j] = sum + moved[j];
        }
    }
}
