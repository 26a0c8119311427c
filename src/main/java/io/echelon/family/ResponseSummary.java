package io.echelon.family;

import java.io.Serializable;

/**
 * What starting values need to know of a response.
 *
 * @param mean     weighted mean; of proportions (weighted by the trials) where there are binomial denominators
 * @param variance weighted variance
 * @param events   share of failures; 1 where nothing is censored
 * @param outcomes distinct values in increasing order, as far as they were counted
 * @param shares   share of the observations with each of them
 */
public record ResponseSummary(double mean, double variance, double events, double[] outcomes, double[] shares)
        implements Serializable {}
