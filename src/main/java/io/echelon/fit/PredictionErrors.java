package io.echelon.fit;

import java.io.Serializable;
import java.util.List;

/**
 * What the errors of predictions for the groups of one level are made of. For a group with s effects of its own and of the
 * groups it lies in, outermost level first, and p fixed effects:
 *
 * @param level     path of the level
 * @param keys      labels of each group, from the outermost level variable to this one
 * @param variance  for each group Var(û − u), s×s row by row
 * @param withFixed for each group Cov(û − u, β̂ − β), s×p row by row
 */
public record PredictionErrors(String level, List<String[]> keys, double[][] variance, double[][] withFixed)
        implements Serializable {}
