package io.echelon.postestimation;

import io.echelon.design.Column;
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

    /** Space that is used for one row after the other. */
    final class Scratch {
        private final double[] x;
        private ResponseQuantity quantity;
        private OutcomePrediction outcomes;

        Scratch(FittedModel model) {
            x = new double[model.columns().length];
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
            model.fill(row, scratch.x);
            for (int j = 0; j < scratch.x.length; j++) {
                scratch.x[j] = model.predictorOf(j) == predictor ? scratch.x[j] : 0;
            }
            return Math.sqrt(Math.max(0, model.linearVariance(scratch.x)));
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

    /**
     * A limit of a prediction: the prediction at a linear predictor so many standard errors away. With the groups known the
     * error is that of β̂ and û together, x'Var(β̂)x + 2 z'Cov(û − u, β̂)x + z'Var(û − u)z (Henderson, Biometrics 31, 1975), and
     * z'Σz for a group that was not seen.
     *
     * @param quantiles standard errors to add to the predictor, negative for a lower limit
     * @param response  what is predicted at the predictor; null for the predictor itself
     * @param groups    whether the random effects are predicted ones
     */
    record Limit(RowPrediction predictor, Response response, double quantiles, boolean groups) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects effects, Scratch scratch) {
            double eta = predictor.value(model, row, effects, scratch);
            model.fill(row, scratch.x);
            double variance = model.linearVariance(scratch.x) + (groups ? randomVariance(model, row, effects, scratch.x) : 0);
            double limit = eta + quantiles * Math.sqrt(Math.max(0, variance));
            return response == null ? limit : response.at(model, row, limit, scratch);
        }

        private static double randomVariance(FittedModel model, double[] row, GroupEffects effects, double[] x) {
            if (effects.all != null) {
                return quadratic(model, row, effects.seen.length - 1, effects.all, x);
            }
            int last = -1;
            for (int l = 0; l < effects.seen.length && effects.seen[l]; l++) {
                last = l;
            }
            double variance = 0;
            for (int l = last + 1; l < effects.seen.length; l++) {
                variance += model.levels().get(l).variance(row);
            }
            if (last < 0) {
                return variance;
            }
            PredictionError error = effects.joint[last];
            if (error == null) {
                for (int l = 0; l <= last; l++) {
                    double z = model.levels().get(l).columns().get(0).value(row);
                    variance += z * z * effects.errors[l][0] * effects.errors[l][0];
                }
                return variance;
            }
            return variance + quadratic(model, row, last, error, x);
        }

        /** z'Var(û − u)z + 2 z'Cov(û − u, β̂)x over the levels to the given one. */
        private static double quadratic(FittedModel model, double[] row, int last, PredictionError error, double[] x) {
            double[] z = new double[(int) Math.round(Math.sqrt(error.variance().length))];
            int at = 0;
            for (int l = 0; l <= last; l++) {
                for (Column c : model.levels().get(l).columns()) {
                    z[at++] = c.value(row);
                }
            }
            double variance = 0;
            for (int i = 0; i < z.length; i++) {
                for (int j = 0; j < z.length; j++) {
                    variance += z[i] * error.variance()[i * z.length + j] * z[j];
                }
                for (int j = 0; j < x.length; j++) {
                    variance += 2 * z[i] * error.withFixed()[i * x.length + j] * x[j];
                }
            }
            return variance;
        }
    }

    /** A quantity of the distribution of the response. */
    record Response(Statistic statistic, int outcome, RowPrediction predictor, RandomPart random)
            implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return at(model, row, predictor.value(model, row, groups, scratch), scratch);
        }

        private double at(FittedModel model, double[] row, double eta, Scratch scratch) {
            ResponseQuantity quantity = scratch.quantity(model, statistic, outcome);
            double y = row[model.response()];
            double trials = model.trials(row);
            double[] a = model.ancillary();
            return random == RandomPart.MARGINAL
                    ? NormalMean.of(e -> quantity.at(e, a, y, trials), eta, Math.sqrt(model.randomVariance(row)))
                    : quantity.at(eta, a, y, trials);
        }
    }
}
