package io.echelon.family;

import io.echelon.linalg.ElementaryFunctions;

/**
 * Successes in trials (one where there are no denominators) with the logit link, observation by observation. With
 * t = log(1 + e^−|η|), s successes and f failures, log f(y|η) = s min(η, 0) − f max(η, 0) − (s + f)t, in which nothing cancels.
 */
final class LogisticRun {
    private LogisticRun() {}

    /** See {@link Family#evaluate}; the successes and the trials of all observations, null where each is one trial. */
    static void evaluate(double[] ys, double[] denominators, int from, int n, double[] eta, int order, Partials out) {
        double[] e = out.d3;
        double[] t = out.value;
        for (int k = 0; k < n; k++) {
            e[k] = -Math.abs(eta[k]);
        }
        ElementaryFunctions.fastest().exp(e, n);
        System.arraycopy(e, 0, t, 0, n);
        ElementaryFunctions.fastest().log1p(t, n);
        for (int i = from, k = 0; k < n; i++, k++) {
            double y = ys[i];
            double trials = denominators == null ? 1 : denominators[i];
            double successes = denominators == null && y != 0 ? 1 : y;
            double failures = trials - successes;
            double x = eta[k];
            out.value[k] = successes * Math.min(x, 0) - failures * Math.max(x, 0) - trials * t[k];
            if (order > 0) {
                double near = 1 / (1 + e[k]);
                double far = e[k] * near;
                double p = x > 0 ? near : far;
                double q = x > 0 ? far : near;
                double curve = trials * p * q;
                out.d1[k] = successes * q - failures * p;
                out.d2[k] = -curve;
                out.d3[k] = -curve * (q - p);
            }
        }
    }
}
