package io.echelon.spark;

import io.echelon.error.EchelonException;
import io.echelon.postestimation.LikelihoodRatioTest;
import io.echelon.spec.Lrtest;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Statement;

/** Runs the commands that work on the results of an estimation. */
final class Postestimation {
    private Postestimation() {}

    static Outcome run(Statement.Postestimation statement, StoredFits fits) {
        PostestimationCommand command = statement.command();
        if (command instanceof PostestimationCommand.Unavailable) {
            throw EchelonException.misuse(command.name() + " is not available yet");
        }
        if (command instanceof Lrtest c) {
            return new Answered(statement.text(), LikelihoodRatioTest.of(c, fits.find(c.first()).results(),
                    fits.find(c.second()).results()));
        }
        throw new IllegalStateException("no computation of " + command.name());
    }
}
