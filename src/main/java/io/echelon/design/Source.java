package io.echelon.design;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One column of the data set that a model reads, as a number per row.
 *
 * @param name   column name in the data set
 * @param labels for a string column: its distinct values in sorted order, the k-th of which is read as the number k+1
 *               (what {@code encode} does); empty for a numeric column
 */
public record Source(String name, Optional<List<String>> labels) implements Serializable {
    public Source {
        labels = labels.map(List::copyOf);
    }
}
