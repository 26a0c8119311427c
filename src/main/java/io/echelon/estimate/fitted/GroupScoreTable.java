package io.echelon.estimate.fitted;

import java.io.Serializable;
import java.util.List;

/**
 * Scores of top-level groups.
 *
 * @param groups label of each group
 * @param scores for each group the derivatives of its part of the log likelihood
 */
public record GroupScoreTable(List<String> groups, List<double[]> scores) implements Serializable {}
