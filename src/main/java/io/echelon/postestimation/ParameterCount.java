package io.echelon.postestimation;

import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.fit.Coefficient;
import io.echelon.spec.CommandName;
import java.util.function.ToIntFunction;

/** Counts the parameters of a model. */
final class ParameterCount {
    private ParameterCount() {}

    /** All that were estimated: coefficients, ancillary parameters and those of the random effects and residuals, without those constraints take away. */
    static int of(Results results) {
        Design design = results.design();
        long ancillary = results.estimates().coefficients().stream().map(Coefficient::term).filter(t -> t.startsWith("/"))
                .count();
        return design.estimated().size() + (int) ancillary + sum(design, e -> e.covariance().parameters()) + residual(results)
                - design.spec().generalized().constraints().size();
    }

    /** Variances of random effects, or as many pivots of their covariance matrices. */
    static int variances(Design design) {
        return sum(design, e -> e.covariance().roots());
    }

    private static int residual(Results results) {
        if (results.design().spec().command() == CommandName.MIXED) {
            return 1 + results.design().residuals().map(r -> r.model().parameters()).orElse(0);
        }
        return results.estimates().varianceComponents().stream().anyMatch(c -> c.level().equals("Residual")) ? 1 : 0;
    }

    private static int sum(Design design, ToIntFunction<Effects> count) {
        int n = 0;
        for (Level level : design.levels()) {
            n += level.effects().stream().mapToInt(count).sum();
        }
        return n;
    }
}
