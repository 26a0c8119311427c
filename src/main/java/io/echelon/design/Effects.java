package io.echelon.design;

import io.echelon.covariance.Covariance;
import java.io.Serializable;
import java.util.List;

/**
 * The random effects of one equation: q columns with one covariance matrix.
 *
 * @param columns    random coefficients in the order typed, the constant last
 * @param covariance structure of their q×q covariance matrix
 */
public record Effects(List<Column> columns, Covariance covariance) implements Serializable {
    public Effects {
        columns = List.copyOf(columns);
    }
}
