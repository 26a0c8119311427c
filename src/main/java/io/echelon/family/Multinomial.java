package io.echelon.family;

import io.echelon.link.Link;
import io.echelon.link.Logit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Unordered categories. Every outcome but the base has a linear predictor: Pr(y = e) = exp(η_e) / (1 + Σ exp(η_f)), the base being
 * the 1 (McFadden 1974). The log density is concave in η.
 *
 * @param outcomes the values of the response, increasing
 * @param base     place of the base outcome among them
 */
public record Multinomial(double[] outcomes, int base) implements Family {
    @Override
    public String text() {
        return "multinomial";
    }

    @Override
    public Link link() {
        return new Logit();
    }

    @Override
    public int predictors() {
        return outcomes.length - 1;
    }

    /** The number of a value among {@link #outcomes}, or a negative number. */
    public int number(double y) {
        return Arrays.binarySearch(outcomes, y);
    }

    /** The linear predictor of the k-th outcome; −1 of the base. */
    public int predictor(int outcome) {
        return outcome == base ? -1 : outcome < base ? outcome : outcome - 1;
    }

    @Override
    public Optional<String> check(Response r, int i) {
        return number(r.y()[i]) >= 0 ? Optional.empty()
                : Optional.of("the value " + Numbers.text(r.y()[i]) + ", which is none of its outcomes");
    }

    @Override
    public void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        int m = predictors();
        double[] p = new double[m];
        double[] q = new double[m];
        for (int i = from, k = 0; i < to; i++, k++) {
            int y = predictor(number(r.y()[i]));
            out.value[k] = value(eta, k * m, y);
            if (order > 0) {
                probabilities(eta, k * m, p, q);
                for (int e = 0; e < m; e++) {
                    out.d1[k * m + e] = e == y ? q[e] : -p[e];
                }
                second(p, q, out.d2, k * m * (m + 1) / 2);
            }
            if (order > 2) {
                third(p, q, out.d3, k * m * (m + 1) * (m + 2) / 6);
            }
        }
    }

    /** log Pr(y), from the largest term of the denominator. */
    private double value(double[] eta, int at, int y) {
        double most = 0;
        int largest = -1;
        for (int e = 0; e < predictors(); e++) {
            if (eta[at + e] > most) {
                most = eta[at + e];
                largest = e;
            }
        }
        double rest = largest < 0 ? 0 : Math.exp(-most);
        for (int e = 0; e < predictors(); e++) {
            rest += e == largest ? 0 : Math.exp(eta[at + e] - most);
        }
        return (y < 0 ? 0 : eta[at + y]) - most - Math.log1p(rest);
    }

    /**
     * The probabilities of the outcomes with predictors, and those of all others, each from sums without cancellation.
     *
     * @param eta from {@code at} on, one value a predictor
     */
    public void probabilities(double[] eta, int at, double[] p, double[] q) {
        int m = predictors();
        double most = 0;
        for (int e = 0; e < m; e++) {
            most = Math.max(most, eta[at + e]);
        }
        double base = Math.exp(-most);
        double sum = base;
        for (int e = 0; e < m; e++) {
            p[e] = Math.exp(eta[at + e] - most);
            sum += p[e];
        }
        for (int e = 0; e < m; e++) {
            double others = base;
            for (int f = 0; f < m; f++) {
                others += f == e ? 0 : p[f];
            }
            q[e] = others / sum;
        }
        for (int e = 0; e < m; e++) {
            p[e] /= sum;
        }
    }

    /** −p(1 − p) and p_e p_f. */
    private static void second(double[] p, double[] q, double[] out, int at) {
        for (int e = 0, t = at; e < p.length; e++) {
            for (int f = 0; f < e; f++) {
                out[t++] = p[e] * p[f];
            }
            out[t++] = -p[e] * q[e];
        }
    }

    /** −p(1 − p)(1 − 2p), p_e p_f (1 − 2p_e) for the one that comes twice, and −2 p_e p_f p_g. */
    private static void third(double[] p, double[] q, double[] out, int at) {
        for (int e = 0, t = at; e < p.length; e++) {
            for (int f = 0; f <= e; f++) {
                for (int g = 0; g <= f; g++) {
                    out[t++] = e == f && f == g ? -p[e] * q[e] * (q[e] - p[e])
                            : e == f ? p[e] * p[g] * (q[e] - p[e])
                            : f == g ? p[e] * p[f] * (q[f] - p[f]) : -2 * p[e] * p[f] * p[g];
                }
            }
        }
    }

    @Override
    public Optional<PointKernel> kernel(double[] a) {
        return Optional.of(new MultinomialKernel(this));
    }

    /** The constants that give the observed shares. */
    @Override
    public Start start(ResponseSummary s) {
        double[] constants = new double[predictors()];
        double[] shares = new double[outcomes.length];
        for (int k = 0; k < s.outcomes().length; k++) {
            shares[number(s.outcomes()[k])] = s.shares()[k];
        }
        for (int k = 0; k < outcomes.length; k++) {
            if (k != base) {
                constants[predictor(k)] = Math.log(Math.max(shares[k], 1e-6) / Math.max(shares[base], 1e-6));
            }
        }
        return new Start(constants, new double[0]);
    }
}
