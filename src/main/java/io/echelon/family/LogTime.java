package io.echelon.family;

import io.echelon.link.ProbabilityLink;

/**
 * Densities of survival times whose logarithm has, up to location and scale, a standard distribution G:
 * S(t) = 1 − G(w), w = p log t + (location), where p = eᵇ, b the ancillary parameter or 0 (m = 0). In the accelerated form
 * w = p(log t − η); in the proportional one w = p log t + η. With g(w) the log density or log survivor function, all
 * derivatives of g(w(η, b)) follow from g', g'', g''' and those of w:
 * accelerated w_η = −p, w_b = w, w_bb = w, w_ηb = −p; proportional w_η = 1, w_b = w_bb = p log t, w_ηb = 0.
 *
 * @param sign +1 where the ancillary parameter is b itself, −1 where it is the log scale −b
 */
record LogTime(ProbabilityLink standard, boolean accelerated, double sign) {

    void evaluate(Response r, int from, int to, double[] eta, double[] a, int order, Partials out) {
        double p = a.length == 0 ? 1 : Math.exp(sign * a[0]);
        double[] g = new double[4];
        for (int i = from, k = 0; i < to; i++, k++) {
            boolean failed = r.event() == null || r.event()[i] != 0;
            double log = Math.log(r.y()[i]);
            double entry = r.entry() == null ? 0 : r.entry()[i];
            double w = argument(p, log, eta[k]);
            double w0 = entry > 0 ? argument(p, Math.log(entry), eta[k]) : Double.NEGATIVE_INFINITY;
            if (order == 0) {
                standard.logSurvival(w, g);
                double value = g[0];
                if (failed) {
                    standard.logDensity(w, g);
                    value = g[0] + Math.log(p) - log;
                }
                out.value[k] = value - (entry > 0 ? standard.logSurvival(w0) : 0);
                continue;
            }
            clear(out, k, a.length);
            if (failed) {
                standard.logDensity(w, g);
                g[0] += Math.log(p) - log;
                if (a.length > 0) {
                    out.a[0][k] = sign;
                }
            } else {
                standard.logSurvival(w, g);
            }
            add(1, g, w, p, w - eta[k], a.length > 0, out, k);
            if (entry > 0) {
                standard.logSurvival(w0, g);
                add(-1, g, w0, p, w0 - eta[k], a.length > 0, out, k);
            }
        }
    }

    private double argument(double p, double logTime, double eta) {
        return accelerated ? p * (logTime - eta) : p * logTime + eta;
    }

    private static void clear(Partials out, int k, int m) {
        out.value[k] = 0;
        out.d1[k] = 0;
        out.d2[k] = 0;
        out.d3[k] = 0;
        if (m > 0) {
            out.a[0][k] = 0;
            out.ea[0][k] = 0;
            out.eea[0][k] = 0;
            out.aa[0][k] = 0;
        }
    }

    /** Adds factor × g(w) and its derivatives; {@code shape} is p log t, needed in the proportional form. */
    private void add(double factor, double[] g, double w, double p, double shape, boolean ancillary, Partials out, int k) {
        double we = accelerated ? -p : 1;
        out.value[k] += factor * g[0];
        out.d1[k] += factor * g[1] * we;
        out.d2[k] += factor * g[2] * we * we;
        out.d3[k] += factor * g[3] * we * we * we;
        if (ancillary) {
            double wb = accelerated ? w : shape;
            double web = accelerated ? -p : 0;
            out.a[0][k] += factor * sign * g[1] * wb;
            out.ea[0][k] += factor * sign * (g[2] * we * wb + g[1] * web);
            out.aa[0][k] += factor * (g[2] * wb * wb + g[1] * wb);
            out.eea[0][k] += factor * sign * (g[3] * we * we * wb + 2 * g[2] * we * web);
        }
    }
}
