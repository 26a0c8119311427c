package io.echelon.family;

import io.echelon.link.ProbabilityLink;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ordered categories 0 … m: Pr(y ≤ j) = F(κ_{j+1} − η). The ancillary parameters are the m cutpoints κ; a density is zero where
 * they do not increase.
 *
 * @param outcomes the m+1 values of the response, increasing
 */
public record Ordinal(ProbabilityLink link, double[] outcomes) implements Family {
    @Override
    public String text() {
        return "ordinal";
    }

    @Override
    public List<String> ancillary() {
        return IntStream.range(1, outcomes.length).mapToObj(j -> "/cut" + j).toList();
    }

    @Override
    public boolean hasConstant() {
        return false;
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return Arrays.binarySearch(outcomes, r.y()[i]) >= 0 ? Optional.empty()
                : Optional.of("an outcome of " + Numbers.text(r.y()[i]) + ", which is not one of the categories");
    }

    private int category(double y) {
        int guess = (int) (y - outcomes[0]);
        return guess < outcomes.length && outcomes[guess] == y ? guess : Arrays.binarySearch(outcomes, y);
    }

    /**
     * An interval has a near end n and a far end f: with g the log of the tail that holds less of it (1 − F in the upper
     * half, F in the lower), log Pr = g_n + log(1 − e^(g_f − g_n)), in which nothing cancels. Categories at either end have no
     * far end.
     */
    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] cut, int order, Partials out) {
        int m = cut.length;
        Interval interval = new Interval();
        for (int i = from, k = 0; i < to; i++, k++) {
            int j = category(r.y()[i]);
            double a = j > 0 ? cut[j - 1] - eta[k] : Double.NEGATIVE_INFINITY;
            double b = j < m ? cut[j] - eta[k] : Double.POSITIVE_INFINITY;
            if (order == 0) {
                out.value[k] = j == 0 ? link.logCdf(b) : j == m ? link.logSurvival(a) : link.logInterval(a, b);
                continue;
            }
            boolean upper = j == m || j > 0 && a + b > 0;
            if (upper) {
                link.logSurvival(a, interval.near);
                if (j < m) {
                    link.logSurvival(b, interval.far);
                }
            } else {
                link.logCdf(b, interval.near);
                if (j > 0) {
                    link.logCdf(a, interval.far);
                }
            }
            boolean twoEnds = j > 0 && j < m;
            if (twoEnds && !(a < b)) {
                interval.far[0] = Double.NaN;
            }
            interval.derivatives(twoEnds);
            interval.store(upper ? j - 1 : j, twoEnds ? (upper ? j : j - 1) : -1, out, k);
        }
    }

    /** log Pr of an interval and its derivatives in the places of its near and its far end. */
    private static final class Interval {
        private final double[] near = new double[4];
        private final double[] far = new double[4];
        private double value;
        private double n;
        private double f;
        private double nn;
        private double nf;
        private double ff;
        private double nnn;
        private double nnf;
        private double nff;
        private double fff;

        /** With c = e^(g_f − g_n)/(1 − e^(g_f − g_n)): ∂c/∂n = −c(1+c)g_n', ∂c/∂f = c(1+c)g_f'. */
        private void derivatives(boolean twoEnds) {
            double gap = far[0] - near[0];
            double c = twoEnds ? Math.exp(gap) / -Math.expm1(gap) : 0;
            double k = c * (1 + c);
            double t = k * (1 + 2 * c);
            double g = near[1];
            double h = twoEnds ? far[1] : 0;
            value = twoEnds ? near[0] - Math.log1p(c) : near[0];
            n = (1 + c) * g;
            nn = (1 + c) * near[2] - k * g * g;
            nnn = (1 + c) * near[3] - 3 * k * g * near[2] + t * g * g * g;
            f = -c * h;
            nf = k * g * h;
            nnf = k * h * near[2] - t * h * g * g;
            double h2 = twoEnds ? far[2] : 0;
            ff = -c * h2 - k * h * h;
            nff = k * g * h2 + t * g * h * h;
            fff = twoEnds ? -c * far[3] - 3 * k * h * h2 - t * h * h * h : 0;
        }

        /** The ends are cutpoint − η; {@code farCut} is −1 where there is no far end. */
        private void store(int nearCut, int farCut, Partials out, int k) {
            out.value[k] = value;
            out.d1[k] = -(n + f);
            out.d2[k] = nn + 2 * nf + ff;
            out.d3[k] = -(nnn + 3 * nnf + 3 * nff + fff);
            for (int c = 0; c < out.a.length; c++) {
                out.a[c][k] = 0;
                out.ea[c][k] = 0;
                out.eea[c][k] = 0;
            }
            for (double[] row : out.aa) {
                row[k] = 0;
            }
            out.a[nearCut][k] = n;
            out.ea[nearCut][k] = -(nn + nf);
            out.eea[nearCut][k] = nnn + 2 * nnf + nff;
            out.aa[nearCut * (nearCut + 1) / 2 + nearCut][k] = nn;
            if (farCut >= 0) {
                out.a[farCut][k] = f;
                out.ea[farCut][k] = -(nf + ff);
                out.eea[farCut][k] = nnf + 2 * nff + fff;
                out.aa[farCut * (farCut + 1) / 2 + farCut][k] = ff;
                int high = Math.max(nearCut, farCut);
                out.aa[high * (high + 1) / 2 + Math.min(nearCut, farCut)][k] = nf;
            }
        }
    }

    /** Pr(y = the k-th value, from 0). */
    public double probability(int k, double eta, double[] cut) {
        int m = cut.length;
        return Math.exp(k == 0 ? link.logCdf(cut[0] - eta) : k == m ? link.logSurvival(cut[m - 1] - eta)
                : link.logInterval(cut[k - 1] - eta, cut[k] - eta));
    }

    /** Pr(y ≤ the k-th value, from 0). */
    public double distribution(int k, double eta, double[] cut) {
        return k == cut.length ? 1 : Math.exp(link.logCdf(cut[k] - eta));
    }

    /** The number of a value among {@link #outcomes}, or a negative number. */
    public int number(double y) {
        return Arrays.binarySearch(outcomes, y);
    }

    /** A value of the response as text, without the ".0" of whole numbers. */
    public static String text(double outcome) {
        return Numbers.text(outcome);
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return Optional.of(new CategoryKernel(this, a, a, outcomes));
    }

    /** Cutpoints that give the observed shares at η = 0. */
    @Override
    public Start start(ResponseSummary s) {
        double[] cut = new double[outcomes.length - 1];
        double below = 0;
        for (int j = 0; j < cut.length; j++) {
            below += s.shares()[j];
            cut[j] = Proportions.startingConstant(link, below);
        }
        return new Start(0, cut);
    }
}
