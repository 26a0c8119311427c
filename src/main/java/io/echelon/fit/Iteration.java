package io.echelon.fit;

/**
 * One line of the iteration log.
 *
 * @param phase  {@code em}, {@code gradient}, {@code fixed}, {@code grid}, {@code full}
 * @param note   {@code (not concave)}, {@code (backed up)}, or empty
 */
public record Iteration(String phase, int iteration, double logLikelihood, String note) {}
