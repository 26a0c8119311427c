package io.echelon.postestimation.margins;

import io.echelon.postestimation.predict.FittedModel;
import io.echelon.spec.Margins;
import java.io.Serializable;
import java.util.Optional;

/**
 * One margin: a mean over rows of the prediction in a scenario, of the difference of two scenarios, or of a derivative.
 *
 * @param scenario   what is set
 * @param base       the scenario that is subtracted; empty where none is
 * @param source     the variable of a derivative, or −1
 * @param derivative of y or ln y, with respect to x or ln x; for differences: of y, or of ln y
 * @param outcome    number of the value of a categorical response
 */
record MarginCell(Scenario scenario, Optional<Scenario> base, int source, Margins.Derivative derivative, int outcome) {

    /** The same of another outcome. */
    MarginCell with(int other) {
        return new MarginCell(scenario, base, source, derivative, other);
    }

    /** Ready to be evaluated row by row. */
    Bound bind(FittedModel model) {
        return new Bound(new Side(model, scenario), base.map(b -> new Side(model, b)).orElse(null), source, derivative,
                outcome, scenario.values().getOrDefault(source, Double.NaN),
                scenario.means().containsKey(source) ? scenario.means().get(source).mean() : Double.NaN, scenario.place(source));
    }

    /** The columns of a scenario: those with coefficients, those of each level, and those left out of estimation. */
    static final class Side implements Serializable {
        private static final long serialVersionUID = 1L;
        final ScenarioColumns fixed;
        final ScenarioColumns[] random;
        final ScenarioColumns omitted;

        Side(FittedModel model, Scenario scenario) {
            fixed = new ScenarioColumns(java.util.List.of(model.columns()), scenario);
            random = model.levels().stream().map(l -> new ScenarioColumns(l.columns(), scenario)).toArray(ScenarioColumns[]::new);
            omitted = new ScenarioColumns(model.omitted(), scenario);
        }
    }

    /**
     * A cell that can be sent to executors.
     *
     * @param value of the variable of a derivative where the scenario sets it
     * @param mean  the same where it sets it to its mean
     * @param place where else a row has it
     */
    record Bound(Side side, Side base, int source, Margins.Derivative derivative, int outcome, double value, double mean,
                 int place)
            implements Serializable {
        /** The value of the variable of a derivative. */
        double at(double[] row) {
            return !Double.isNaN(value) ? value : !Double.isNaN(mean) ? mean : row[place];
        }
    }
}
