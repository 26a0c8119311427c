package io.echelon.fit;

import java.util.List;

/** Covariance matrix of named parameters, k×k, row by row. */
public record ParameterCovariance(List<String> names, double[][] matrix) {
    public ParameterCovariance {
        names = List.copyOf(names);
    }
}
