package io.echelon.link;

/** A link between η and a mean μ. */
public sealed interface MeanLink extends Link permits Identity, Log {

    /** μ(η). */
    double mean(double eta);

    /** μ and its first three derivatives in η, into {@code d[0..3]}. */
    void mean(double eta, double[] d);
}
