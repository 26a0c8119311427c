package io.echelon.spark.pack;

import java.io.Serializable;
import java.util.List;

/**
 * What was seen of the rows of one partition, or of all, beside their values.
 *
 * @param texts of each level; null for levels that have numbers
 */
record SeenRows(TextKeys[] texts, Tally tally) implements Serializable {
    /** Nothing yet. */
    static SeenRows none(SampleColumns columns) {
        return new SeenRows(TextKeys.forLevels(columns), new Tally(columns.names().size()));
    }

    /** What a reader has seen. */
    static SeenRows of(RowReader reader) {
        return new SeenRows(reader.texts(), reader.tally());
    }

    /** What was seen of all partitions, of which there is at least one. */
    static SeenRows together(List<SeenRows> parts, SampleColumns columns) {
        return parts.stream().reduce(SeenRows::merge).orElseThrow().usable(columns);
    }

    /** Takes over what was seen of other rows, and returns this. */
    SeenRows merge(SeenRows other) {
        TextKeys.mergeAll(texts, other.texts);
        tally.merge(other.tally);
        return this;
    }

    /**
     * The same, if the rows can be used.
     *
     * @throws io.echelon.error.EchelonException if no complete row is left, a value is infinite, or a level variable has
     *                                           fractions
     */
    SeenRows usable(SampleColumns columns) {
        tally.requireUsable(columns.names());
        return this;
    }
}
