package io.echelon.spark.pack;

import io.echelon.group.Moments;
import java.io.Serializable;

/** What one partition sends to another. */
sealed interface Block extends Serializable {
    /** Rows, one after the other: the sources, then the bits of the level values. */
    record Rows(double[] values) implements Block {}

    /** Sums of rows. */
    record Sums(Moments moments) implements Block {}

    /** What a sending partition saw: texts of level values, and its tally. */
    record Seen(TextKeys[] texts, Tally tally) implements Block {}
}
