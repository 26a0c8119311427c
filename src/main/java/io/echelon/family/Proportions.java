package io.echelon.family;

import io.echelon.link.ProbabilityLink;
import org.hipparchus.analysis.solvers.BrentSolver;

/** Inverts probability links. */
final class Proportions {
    private Proportions() {}

    /** The η at which F(η) is the proportion, kept away from 0 and 1. */
    static double startingConstant(ProbabilityLink link, double proportion) {
        double target = Math.log(Math.min(Math.max(proportion, 1e-6), 1 - 1e-6));
        return new BrentSolver(1e-10).solve(200, x -> link.logCdf(x) - target, -40, 10);
    }
}
