package io.echelon;

import io.echelon.postestimation.Answer;
import io.echelon.report.AnswerReport;

/** What a command on the results of an estimation found: its values as records, as text and as JSON. */
public final class Answered implements Result {
    private final io.echelon.spark.Answered answered;

    Answered(io.echelon.spark.Answered answered) {
        this.answered = answered;
    }

    /** The command as typed. */
    public String command() {
        return answered.command();
    }

    /** The values. */
    public Answer answer() {
        return answered.answer();
    }

    @Override
    public String toJson() {
        return AnswerReport.json(answered.command(), answer());
    }

    /** The report, in the layout of the manual. */
    @Override
    public String toString() {
        return AnswerReport.text(answer());
    }
}
