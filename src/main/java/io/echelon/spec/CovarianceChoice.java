package io.echelon.spec;

import java.io.Serializable;

/** The {@code covariance()} option of a random-effects equation, by name. */
public sealed interface CovarianceChoice extends Serializable {
    record Independent() implements CovarianceChoice {}

    record Identity() implements CovarianceChoice {}

    record Exchangeable() implements CovarianceChoice {}

    record Unstructured() implements CovarianceChoice {}

    /** {@code fixed(matrix)}: elements that are not missing are held at the given value. */
    record Fixed(String matrix) implements CovarianceChoice {}

    /** {@code pattern(matrix)}: elements with the same number are equal; missing elements are zero. */
    record Pattern(String matrix) implements CovarianceChoice {}
}
