package io.echelon.family;

import java.io.Serializable;

/**
 * The columns of the response, one value an observation. Columns a family does not read are {@code null}.
 *
 * @param y      response: the outcome, the count, or the time at which observation of the subject ends
 * @param trials binomial denominators
 * @param entry  times at which observation begins (0 where from the start)
 * @param event  1 where {@code y} is the time of a failure, 0 where it is censored
 */
public record Response(double[] y, double[] trials, double[] entry, double[] event) implements Serializable {
    /** A response of one column. */
    public static Response of(double[] y) {
        return new Response(y, null, null, null);
    }

    /** Number of observations. */
    public int size() {
        return y.length;
    }
}
