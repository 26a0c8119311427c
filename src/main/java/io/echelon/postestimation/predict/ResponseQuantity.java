package io.echelon.postestimation.predict;

import io.echelon.family.Family;
import io.echelon.family.MeanFamily;
import io.echelon.family.Ordinal;
import io.echelon.family.Survival;
import io.echelon.spec.Statistic;

/**
 * A quantity of the distribution of a response as a function of the linear predictor. For use by one thread.
 */
final class ResponseQuantity {
    private final Family family;
    private final Statistic statistic;
    private final int outcome;
    private final Observation observation;

    /**
     * @param statistic one of those that depend on η and the row only
     * @param outcome   for probabilities of an ordinal response: the number of the value, from 0
     */
    ResponseQuantity(Family family, Statistic statistic, int outcome) {
        this.family = family;
        this.statistic = statistic;
        this.outcome = outcome;
        observation = new Observation(family);
    }

    /**
     * Its value.
     *
     * @param ancillary parameters of the family
     * @param y         response of the row; NaN where the quantity does not depend on it
     * @param trials    binomial denominator of the row
     */
    double at(double eta, double[] ancillary, double y, double trials) {
        if (statistic == Statistic.ETA) {
            return eta;
        }
        if (statistic == Statistic.DENSITY) {
            return Math.exp(observation.logDensity(y, trials, eta, ancillary));
        }
        if (family instanceof Ordinal ordinal) {
            return statistic == Statistic.DISTRIBUTION ? ordinal.distribution(ordinal.number(y), eta, ancillary)
                    : ordinal.probability(outcome, eta, ancillary);
        }
        return family instanceof Survival survival ? ofTime(survival, eta, ancillary, y)
                : ofMean((MeanFamily) family, eta, ancillary, y, trials);
    }

    private double ofTime(Survival family, double eta, double[] ancillary, double t) {
        return switch (statistic) {
            case MEDIAN -> family.median(eta, ancillary);
            case SURV -> Math.exp(observation.logSurvivor(t, eta, ancillary));
            case DISTRIBUTION -> -Math.expm1(observation.logSurvivor(t, eta, ancillary));
            case HAZARD -> Math.exp(observation.logDensity(t, 1, eta, ancillary) - observation.logSurvivor(t, eta, ancillary));
            default -> family.mean(eta, ancillary);
        };
    }

    private static final double ONE_TRIAL = 1;

    private double ofMean(MeanFamily family, double eta, double[] ancillary, double y, double trials) {
        double mu = family.mean(eta, trials);
        return switch (statistic) {
            case PR -> family.mean(eta, ONE_TRIAL);
            case DISTRIBUTION -> family.distribution(y, eta, trials, ancillary);
            case RESIDUALS -> y - mu;
            case PEARSON -> family.pearsonResidual(y, mu, trials, ancillary);
            case DEVIANCE -> family.devianceResidual(y, mu, trials, ancillary);
            case ANSCOMBE -> family.anscombeResidual(y, mu, trials, ancillary);
            default -> mu;
        };
    }
}
