package io.echelon.postestimation;

import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.io.Serializable;

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

        Scratch(FittedModel model) {
            x = new double[model.columns().length];
        }

        private ResponseQuantity quantity(FittedModel model, Statistic statistic, int outcome) {
            if (quantity == null) {
                quantity = new ResponseQuantity(model.family().orElseThrow(), statistic, outcome);
            }
            return quantity;
        }
    }

    /** xβ with the offset, unless it is left out. */
    record Linear(boolean offset) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return model.linear(row) + (offset ? model.offset(row) : 0);
        }
    }

    /** √(x'Var(β̂)x). */
    record LinearError() implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            model.fill(row, scratch.x);
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

    /** xβ + offset + Σ z_ℓ u_ℓ over the first levels. */
    record Predictor(boolean offset, int levels) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            double eta = model.linear(row) + (offset ? model.offset(row) : 0);
            for (int l = 0; l < levels; l++) {
                eta += model.levels().get(l).combine(row, groups.effects[l]);
            }
            return eta;
        }
    }

    /** (y − fitted)/scale. */
    record Residual(RowPrediction fitted, double scale) implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            return (row[model.response()] - fitted.value(model, row, groups, scratch)) / scale;
        }
    }

    /** A quantity of the distribution of the response. */
    record Response(Statistic statistic, int outcome, RowPrediction predictor, RandomPart random)
            implements RowPrediction {
        @Override
        public double value(FittedModel model, double[] row, GroupEffects groups, Scratch scratch) {
            double eta = predictor.value(model, row, groups, scratch);
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
