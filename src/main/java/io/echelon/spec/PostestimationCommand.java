package io.echelon.spec;

import java.io.Serializable;

/**
 * A command that works on the results of an estimation, as read: names only, nothing looked up. Each has a record of its
 * own, a reader in {@code io.echelon.command}, its computation in {@code io.echelon.postestimation}, and its text in
 * {@code io.echelon.report}.
 */
public sealed interface PostestimationCommand extends Serializable
        permits Lrtest, WaldTest, Testparm, Lincom, Nlcom,
        Contrast, Pwcompare,
        Estat, EstimatesTable, EstimatesStats,
        Predict, Margins, Replay, EstimatesDirectory, EstimatesReplay {
    /** Full name: {@code lrtest}, {@code estat icc}. */
    String name();
}
