package io.echelon.report.html;

import io.echelon.design.Design;
import io.echelon.fit.Estimates;
import io.echelon.picture.Picture;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Results;
import java.util.List;

/** What one command of a job gave. */
public sealed interface Entry {
    /** The command as typed. */
    String command();

    /**
     * A fitted model.
     *
     * @param pictures what is drawn of it without being asked for
     * @param remarks  why some of these are missing
     */
    record Fitted(String command, Results results, List<Picture> pictures, List<String> remarks) implements Entry {
        public Fitted {
            pictures = List.copyOf(pictures);
            remarks = List.copyOf(remarks);
        }

        /** The values of the fit. */
        Estimates estimates() {
            return results.estimates();
        }

        /** The model as it was bound to the data. */
        Design design() {
            return results.design();
        }
    }

    /** The answer of a command on results. */
    record Answered(String command, Answer answer) implements Entry {}

    /** A picture that was asked for. */
    record Drawn(String command, Picture picture) implements Entry {}
}
