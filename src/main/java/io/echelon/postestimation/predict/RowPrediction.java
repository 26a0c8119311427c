package io.echelon.postestimation.predict;

import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.io.Serializable;
import java.util.List;

/**
 * A predicted quantity of a row. Predictions of a response may be asked for at another linear predictor, some standard
 * errors away: that is how limits are found.
 */
sealed interface RowPrediction extends Serializable {
    /** The value; NaN where it does not exist. */
    double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch);

    /** Whether it is a limit, which needs the errors of the groups. */
    default boolean limit() {
        return false;
    }

    /** Space that is used for one row after the other. */
    final class Scratch {
        private PredictorErrors errors;
        private ResponseQuantity quantity;
        private OutcomePrediction outcomes;

        private PredictorErrors errors(FittedModel model) {
            if (errors == null) {
                errors = new PredictorErrors(model);
            }
            return errors;
        }

        private OutcomePrediction outcomes(FittedModel model) {
            if (outcomes == null) {
                outcomes = new OutcomePrediction(model, model.multinomial().orElseThrow());
            }
            return outcomes;
        }

        private ResponseQuantity quantity(FittedModel model, Statistic statistic, int outcome) {
            if (quantity == null) {
                quantity = new ResponseQuantity(model.family().orElseThrow(), statistic, outcome);
            }
            return quantity;
        }
    }

    /** In place of the number of a linear predictor: that of a base outcome, which is zero. */
    int BASE = -1;

    /** xβ of a linear predictor with the offset, unless it is left out. */
    record Linear(boolean offset, int predictor) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return predictor == BASE ? 0 : model.linearOf(row, predictor) + (offset ? model.offset(row) : 0);
        }
    }

    /** √(x'Var(β̂)x) of a linear predictor. */
    record LinearError(int predictor) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return Math.sqrt(Math.max(0, scratch.errors(model).of(row, null).covariance(predictor, predictor)));
        }
    }

    /** A random effect of the group of a row, or its standard error. */
    record Effect(int level, int effect, boolean error) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return error ? groups.errors[level][effect] : groups.effects[level][effect];
        }
    }

    /** xβ + offset + Σ z_ℓ u_ℓ of a linear predictor over the first levels. */
    record Predictor(boolean offset, int levels, int predictor) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            if (predictor == BASE) {
                return 0;
            }
            double eta = model.linearOf(row, predictor) + (offset ? model.offset(row) : 0);
            for (int l = 0; l < levels; l++) {
                eta += model.levels().get(l).combine(row, groups.effects[l], predictor);
            }
            return eta;
        }
    }

    /**
     * The probability of an outcome of a multinomial model.
     *
     * @param predictors the linear predictors; none where the probability is marginal
     */
    record Probability(int outcome, List<RowPrediction> predictors, boolean offset) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            if (predictors.isEmpty()) {
                return scratch.outcomes(model).marginal(outcome, row, offset);
            }
            double[] eta = new double[predictors.size()];
            for (int e = 0; e < eta.length; e++) {
                eta[e] = predictors.get(e).value(model, row, groups, scratch);
            }
            return scratch.outcomes(model).at(outcome, eta);
        }
    }

    /** (y − fitted)/scale. */
    record Residual(RowPrediction fitted, double scale) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return (row[model.response()] - fitted.value(model, row, groups, scratch)) / scale;
        }
    }

    /** A residual over the standard deviation of its category. */
    record Standardized(RowPrediction residual) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return residual.value(model, row, groups, scratch) / model.standardized().orElseThrow().deviation(row);
        }
    }

    /** The Pearson residual of an outcome, (1[y = k] − p)/√(p(1 − p)): the share of that outcome less its probability. */
    record OutcomeResidual(Probability probability) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            double p = probability.value(model, row, groups, scratch);
            boolean occurred = model.multinomial().orElseThrow().number(row[model.response()]) == probability.outcome;
            return ((occurred ? 1 : 0) - p) / Math.sqrt(p * (1 - p));
        }
    }

    /**
     * A limit of a prediction: the prediction at a linear predictor so many standard errors away.
     *
     * @param equation  number of the linear predictor
     * @param quantiles standard errors to add to the predictor, negative for a lower limit
     * @param response  what is predicted at the predictor; null for the predictor itself
     * @param groups    whether the random effects are predicted ones
     */
    record Limit(RowPrediction predictor, int equation, Response response, double quantiles, boolean groups)
            implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects effects, Scratch scratch) {
            double eta = predictor.value(model, row, effects, scratch);
            double variance = scratch.errors(model).of(row, groups ? effects : null).covariance(equation, equation);
            double limit = eta + quantiles * Math.sqrt(Math.max(0, variance));
            return response == null ? limit : response.at(model, row, limit, model.ancillary(), scratch);
        }

        @Override
        public boolean limit() {
            return true;
        }
    }

    /**
     * A limit of a quantity that depends on ancillary parameters too: the probability of an ordinal outcome at a logit, a survival
     * time at a logarithm so many standard errors away, by the delta method from the errors of the linear predictor and of these
     * parameters.
     *
     * @param groups whether the random effects are predicted ones
     */
    record DeltaLimit(Response response, double quantiles, boolean groups) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects effects, Scratch scratch) {
            double eta = response.predictor.value(model, row, effects, scratch);
            double[] a = model.ancillary().clone();
            double value = response.at(model, row, eta, a, scratch);
            PredictorErrors errors = scratch.errors(model).of(row, groups ? effects : null);
            double[] slopes = new double[1 + a.length];
            for (int k = 0; k < slopes.length; k++) {
                slopes[k] = slope(model, row, eta, a, k - 1, scratch);
            }
            double variance = slopes[0] * slopes[0] * errors.covariance(0, 0);
            for (int k = 0; k < a.length; k++) {
                variance += 2 * slopes[0] * slopes[1 + k] * errors.withAncillary(k);
                for (int m = 0; m < a.length; m++) {
                    variance += slopes[1 + k] * slopes[1 + m]
                            * model.covariance()[model.ancillaryPlace(k)][model.ancillaryPlace(m)];
                }
            }
            double width = quantiles * Math.sqrt(Math.max(0, variance));
            if (response.statistic != Statistic.PR) {
                return value * Math.exp(width / value);
            }
            return ofProbability(value, width);
        }

        /** In an ancillary parameter, or where its number is negative in the linear predictor. */
        private double slope(FittedModel model, double[] row, double eta, double[] a, int parameter, Scratch scratch) {
            double[] value = new double[1];
            double[] slope = new double[1];
            double at = parameter < 0 ? eta : a[parameter];
            Differences.slopes(t -> {
                if (parameter >= 0) {
                    a[parameter] = t;
                }
                value[0] = response.at(model, row, parameter < 0 ? t : eta, a, scratch);
                return value;
            }, at, slope);
            if (parameter >= 0) {
                a[parameter] = at;
            }
            return slope[0];
        }

        @Override
        public boolean limit() {
            return true;
        }
    }

    /** A limit of a probability with an error of this width, taken at its logit so that it stays between 0 and 1. */
    private static double ofProbability(double p, double width) {
        double odds = p / (1 - p) * Math.exp(width / (p * (1 - p)));
        return p > 0 && p < 1 ? Double.isInfinite(odds) ? 1 : odds / (1 + odds) : p;
    }

    /**
     * A limit of the probability of an outcome of a multinomial model: its logit so many standard errors away, these by the delta
     * method from the errors of all linear predictors. Given the random effects that is {@link Limit} where there are two outcomes.
     *
     * @param groups whether the random effects are predicted ones
     */
    record ProbabilityLimit(Probability probability, double quantiles, boolean groups) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects effects, Scratch scratch) {
            double p = probability.value(model, row, effects, scratch);
            double[] slopes = scratch.outcomes(model).slopes();
            PredictorErrors errors = scratch.errors(model).of(row, groups ? effects : null);
            double variance = 0;
            for (int e = 0; e < slopes.length; e++) {
                for (int f = 0; f < slopes.length; f++) {
                    variance += slopes[e] * errors.covariance(e, f) * slopes[f];
                }
            }
            return ofProbability(p, quantiles * Math.sqrt(Math.max(0, variance)));
        }

        @Override
        public boolean limit() {
            return true;
        }
    }

    /** A quantity of the distribution of the response. */
    record Response(Statistic statistic, int outcome, RowPrediction predictor, RandomPart random)
            implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return at(model, row, predictor.value(model, row, groups, scratch), model.ancillary(), scratch);
        }

        private double at(FittedModel model, double[] row, double eta, double[] a, Scratch scratch) {
            ResponseQuantity quantity = scratch.quantity(model, statistic, outcome);
            double y = row[model.response()];
            double trials = model.trials(row);
            return random == RandomPart.MARGINAL
                    ? NormalMean.of(e -> quantity.at(e, a, y, trials), eta, Math.sqrt(model.randomVariance(row)))
                    : quantity.at(eta, a, y, trials);
        }
    }
}
