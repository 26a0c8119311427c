package io.echelon.postestimation.predict;

import io.echelon.error.EchelonException;
import io.echelon.estimate.fitted.ParameterScores;
import io.echelon.postestimation.Results;
import io.echelon.spec.Predict;
import io.echelon.spec.Statistic;
import java.util.List;

/**
 * A command {@code predict, scores} made out for a fitted model.
 *
 * @param names  the new variables, one for each parameter
 * @param scores how their values are found
 */
public record ScoresPlan(List<String> names, ParameterScores scores) {
    /**
     * The plan of a command.
     *
     * @throws EchelonException if the model has no scores, the new variables are too few or too many, or there are options
     *                          that scores do not take
     */
    public static ScoresPlan of(Predict command, Results results) {
        if (command.random().isPresent() || command.nooffset() || command.outcome().isPresent()
                || command.relevel().isPresent() || !command.errors().isEmpty() || command.interval().isPresent()) {
            throw EchelonException.misuse("predict, scores takes no further options");
        }
        ParameterScores scores = new ParameterScores(results.design(), results.estimates());
        return new ScoresPlan(PredictionPlan.names(command.names(), scores.names().size(), "scores of "
                + String.join(", ", scores.names()) + ": "), scores);
    }

    /** What the new variables hold, in words. */
    public String title() {
        return Statistic.SCORES.title() + " for " + String.join(", ", scores.names());
    }
}
