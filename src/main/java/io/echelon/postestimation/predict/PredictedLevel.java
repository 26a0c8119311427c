package io.echelon.postestimation.predict;

import java.util.List;

/**
 * A level whose predicted random effects a prediction needs.
 *
 * @param path     path of the level in the table of random effects
 * @param grouping variables that tell its groups apart; none for {@code _all}
 * @param terms    names of its q random effects in that table
 */
public record PredictedLevel(String path, List<String> grouping, List<String> terms) {}
