package io.echelon.family;

/**
 * A response with a mean μ(η) and a variance function V(μ): what residuals are made of. {@code trials} is the binomial
 * denominator of the observation, which other families do not read; dispersions of the gamma and Gaussian families are left
 * out of V.
 */
public sealed interface MeanFamily extends Family
        permits Gaussian, Bernoulli, Binomial, Poisson, NegativeBinomialMean, NegativeBinomialConstant, Gamma {

    /** The response as a number on the scale of the mean. */
    default double outcome(double y) {
        return y;
    }

    /** μ(η). */
    double mean(double eta, double trials);

    /** V(μ). */
    double variance(double mu, double trials, double[] a);

    /** The deviance of one observation, 2 ∫ from μ to y of (y − t)/V(t) dt (McCullagh and Nelder 1989, section 9.2.2). */
    double deviance(double y, double mu, double trials, double[] a);

    /**
     * A(y) = ∫ from 0 to y of V(t)^(−1/3) dt, which makes the response nearly normal (McCullagh and Nelder 1989, section
     * 2.4.2; Hardin and Hilbe 2012, section 4.5).
     */
    double anscombe(double y, double trials, double[] a);

    /** Pr(Y ≤ y | η). */
    double distribution(double y, double eta, double trials, double[] a);

    /** The Pearson residual (y − μ)/√V(μ). */
    default double pearsonResidual(double y, double mu, double trials, double[] a) {
        return (outcome(y) - mu) / Math.sqrt(variance(mu, trials, a));
    }

    /** The deviance residual: the root of the deviance with the sign of y − μ. */
    default double devianceResidual(double y, double mu, double trials, double[] a) {
        double e = outcome(y) - mu;
        return Math.copySign(Math.sqrt(Math.max(0, deviance(outcome(y), mu, trials, a))), e);
    }

    /** The Anscombe residual (A(y) − A(μ))/V(μ)^(1/6). */
    default double anscombeResidual(double y, double mu, double trials, double[] a) {
        return (anscombe(outcome(y), trials, a) - anscombe(mu, trials, a))
                / Math.pow(variance(mu, trials, a), 1.0 / 6);
    }
}
