package io.echelon.residual;

import io.echelon.linalg.Jet;

/**
 * Coefficients of a {@link Piece}.
 *
 * @param components     f_c of each component
 * @param logDeterminant what the piece adds to log|R|
 */
public record Coefficients(Jet[] components, Jet logDeterminant) {}
