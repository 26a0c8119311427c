package io.echelon.design;

import io.echelon.covariance.Covariance;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The random effects of one equation: q columns with one covariance matrix.
 *
 * @param columns    random coefficients in the order typed, the constant last
 * @param covariance structure of their q×q covariance matrix
 * @param factor     the variable of an equation {@code R.variable}; its columns are then the indicators of the variable,
 *                   or the constant where the groups of the level are the values of the variable themselves
 */
public record Effects(List<Column> columns, Covariance covariance, Optional<String> factor) implements Serializable {
    public Effects {
        columns = List.copyOf(columns);
    }

    /** The effects of an equation that lists its columns. */
    public Effects(List<Column> columns, Covariance covariance) {
        this(columns, covariance, Optional.empty());
    }

    /** What the columns are called in the names of parameters: {@code R.variable}, or each by its own name. */
    public List<String> names() {
        return factor.map(f -> List.of("R." + f)).orElseGet(() -> columns.stream().map(Column::name).toList());
    }

    /** The same equation with only the columns at these positions, in order. */
    public Effects of(int[] kept) {
        return new Effects(Arrays.stream(kept).mapToObj(columns::get).toList(), covariance.of(kept), factor);
    }
}
