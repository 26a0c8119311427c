package io.echelon.estimate.linear;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.likelihood.RootMoments;

/** Whether the groups of a linear mixed model can tell its variances apart at all. */
final class GroupCheck {
    private GroupCheck() {}

    /**
     * Refuses a variance between the groups of a level that has one group only, and a variance between groups that all
     * hold one observation where the residual is independent and so the same thing.
     */
    static void require(Design design, RootMoments root) {
        for (int l = 0; l < design.levels().size(); l++) {
            Level level = design.levels().get(l);
            boolean free = level.effects().stream().anyMatch(e -> e.covariance().parameters() > 0);
            if (!free || level.grouping().isEmpty()) {
                continue;
            }
            String name = String.join(">", level.grouping());
            if (root.groups()[l] == 1) {
                throw EchelonException.failure("the level " + name + " has one group only in the estimation sample, and a "
                        + "variance between groups needs at least two: leave the level out, or look at the values of " + name);
            }
            boolean intercept = level.columns().stream().anyMatch(Column::isConstant);
            if (l == 0 && root.groups()[l] == root.n() && intercept && design.spec().linear().residuals().isEmpty()) {
                throw EchelonException.failure("every group of " + name + " has one observation, so var(_cons[" + name
                        + "]) cannot be told from var(Residual): leave the level out, or name a level whose groups have "
                        + "several observations");
            }
        }
    }
}
