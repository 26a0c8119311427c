package io.echelon.estimate.linear;

import io.echelon.fit.Iteration;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.spec.MaximizeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Maximisation of a likelihood that may have several maxima: with and without variance between groups where the regressions
 * between and within them differ (G. S. Maddala, Econometrica 39, 1971), or under restricted correlations of the residuals.
 * Further starting points are tried where that costs little, or where variances ended at zero, and the highest maximum counts.
 */
final class SeveralStarts {
    /** Rows and parameters up to which the further maximisations cost little. */
    private static final long FEW_ROWS = 20_000;
    private static final int FEW_PARAMETERS = 15;
    /** Gain in ℓ relative to 1 + |ℓ| that makes another maximum higher. */
    private static final double HIGHER = 1e-8;
    /** Iterations from each further point; who asks for fewer with iterate() gets those of the first alone. */
    private static final int ITERATIONS = 50;

    private final MixedLikelihood likelihood;
    private final CovarianceParameters parameters;
    private final MaximizeOptions options;
    private final long[] groups;
    private final long n;
    private final Consumer<Iteration> log;

    /** As for {@link LinearMaximization}. */
    SeveralStarts(MixedLikelihood likelihood, CovarianceParameters parameters, MaximizeOptions options, long[] groups, long n,
                  Consumer<Iteration> log) {
        this.likelihood = likelihood;
        this.parameters = parameters;
        this.options = options;
        this.groups = groups;
        this.n = n;
        this.log = log;
    }

    /**
     * The highest maximum found.
     *
     * @param start  natural parameters at which the likelihood is defined
     * @param others further ones; those at which it is not defined are left out
     */
    LinearMaximization.Outcome from(double[] start, List<double[]> others) {
        LinearMaximization.Outcome best = maximization(options, log).from(start);
        if (options.from().isPresent() || options.emOnly() || options.iterate() < ITERATIONS || !worthwhile(best)) {
            return best;
        }
        List<Iteration> iterations = new ArrayList<>(best.iterations());
        for (double[] other : others) {
            if (likelihood.evaluate(other).isEmpty()) {
                continue;
            }
            LinearMaximization.Outcome outcome = maximization(options.withIterations(ITERATIONS), i -> { }).from(other);
            if (higher(outcome, best)) {
                best = outcome;
                int next = iterations.get(iterations.size() - 1).iteration() + 1;
                Iteration line = new Iteration("gradient", next, best.value(), "(other starting values)");
                iterations.add(line);
                log.accept(line);
            }
        }
        return best.after(iterations);
    }

    private boolean worthwhile(LinearMaximization.Outcome outcome) {
        boolean atBoundary = outcome.free().length <= parameters.count();
        boolean cheap = n <= FEW_ROWS && parameters.count() <= FEW_PARAMETERS;
        return !likelihood.costly() && (cheap || atBoundary || !outcome.convergence().converged());
    }

    private static boolean higher(LinearMaximization.Outcome outcome, LinearMaximization.Outcome best) {
        double gain = outcome.value() - best.value();
        return outcome.convergence().converged() && outcome.definite()
                && (gain > HIGHER * (1 + Math.abs(best.value())) || !best.convergence().converged());
    }

    private LinearMaximization maximization(MaximizeOptions limited, Consumer<Iteration> hears) {
        return new LinearMaximization(likelihood, parameters, limited, groups, n, hears);
    }
}
