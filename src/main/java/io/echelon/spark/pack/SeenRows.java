package io.echelon.spark.pack;

import java.io.Serializable;
import java.util.List;

/**
 * What was seen of the rows of one partition, or of all, beside their values.
 *
 * @param texts of each level; null for levels that have numbers
 */
record SeenRows(TextKeys[] texts, Tally tally) implements Serializable {
    /** What a reader has seen. */
    static SeenRows of(RowReader reader) {
        return new SeenRows(reader.texts(), reader.tally());
    }

    /**
     * What was seen of all partitions.
     *
     * @throws io.echelon.error.EchelonException if no complete row is left, a value is infinite, or a level variable has
     *                                           fractions
     */
    static SeenRows together(List<SeenRows> parts, SampleColumns columns) {
        TextKeys[] texts = TextKeys.forLevels(columns);
        Tally tally = new Tally(columns.names().size());
        for (SeenRows part : parts) {
            TextKeys.mergeAll(texts, part.texts());
            tally.merge(part.tally());
        }
        tally.requireUsable(columns.names());
        return new SeenRows(texts, tally);
    }
}
