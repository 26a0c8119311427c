package io.echelon.estimate.linear;

import io.echelon.error.EchelonException;
import io.echelon.fit.Iteration;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.CovarianceParameters.Block;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.optimize.Convergence;
import io.echelon.optimize.Maximizer;
import io.echelon.optimize.NewtonStep;
import io.echelon.optimize.Objective;
import io.echelon.spec.MaximizeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Maximisation of the likelihood of a linear mixed model: EM, then gradient-based iterations, then a look at whether
 * variances ended at zero.
 */
final class LinearMaximization {
    /** Relative change of a root by a Newton step up to which EM gives way to Newton-Raphson before its iterations are used up. */
    private static final double NEAR = 0.8;
    /** Influence of a root on ℓ below which it is tried whether it is zero. */
    private static final double SMALL_ROOT = 1e-3;
    /** Loss of ℓ, relative to 1 + |ℓ|, that setting a root to zero may cost. */
    private static final double NO_LOSS = 1e-10;

    private final MixedLikelihood likelihood;
    /** Reordered for the neighbourhood that EM arrives at. */
    private CovarianceParameters parameters;
    private final MaximizeOptions options;
    private final long[] groups;
    private final long n;
    private final Consumer<Iteration> log;
    private final List<Iteration> iterations = new ArrayList<>();

    /**
     * @param groups groups of each level
     * @param n      observations
     */
    LinearMaximization(MixedLikelihood likelihood, CovarianceParameters parameters, MaximizeOptions options,
                       long[] groups, long n, Consumer<Iteration> log) {
        this.likelihood = likelihood;
        this.parameters = parameters;
        this.options = options;
        this.groups = groups;
        this.n = n;
        this.log = log;
    }

    /**
     * Where it ended.
     *
     * @param point       estimates
     * @param limit       the likelihood at them, where residual variances of categories of {@code by()} are zero
     * @param parameters  covariance parameters with the unconstrained ones that were used
     * @param free        unconstrained parameters that are not held at a boundary
     * @param convergence how it ended
     * @param definite    whether the negative Hessian of the free parameters is positive definite
     * @param interior    whether −ℓ is convex in all parameters, roots held at zero included
     */
    record Outcome(LinearObjective.At point, Optional<ResidualBoundary.Limit> limit, CovarianceParameters parameters,
                   int[] free, Convergence convergence, boolean definite, boolean interior, List<Iteration> iterations) {
        /** ℓ. */
        double value() {
            return limit.map(ResidualBoundary.Limit::value).orElse(point.value());
        }

        /** The same with another log of the iterations. */
        Outcome after(List<Iteration> made) {
            return new Outcome(point, limit, parameters, free, convergence, definite, interior, made);
        }
    }

    /** Maximises from natural parameters at which the likelihood is defined. */
    Outcome from(double[] start) {
        LinearObjective.At point = objective().evaluateAll(parameters.unconstrained(start)).orElseThrow(
                () -> EchelonException.failure("the likelihood cannot be evaluated at the starting values; give others"
                        + " with from()"));
        if (options.emOnly()) {
            return expectationMaximization(objective(), point);
        }
        if (!options.from().isPresent() && !likelihood.costly()) {
            point = expectationMaximization(objective(), point).point();
        }
        parameters = parameters.ordered(point.evaluation().natural());
        LinearObjective all = objective();
        point = all.reached(point);
        Maximizer.Result result = new Maximizer(all, options, this::gradientIteration).maximize(point);
        LinearObjective.At end = (LinearObjective.At) result.point();
        if (ResidualBoundary.of(parameters).map(r -> r.rising(end)).orElse(false)) {
            all = new LinearObjective(likelihood, parameters, ResidualBoundary.LEAST);
            result = new Maximizer(all, options, (i, v, note) -> { }).maximize(all.reached(end));
        }
        if (options.iterate() == 0) {
            return outcome((LinearObjective.At) result.point(), Optional.empty(), all.free(), result.convergence(), true);
        }
        Outcome outcome = atBoundary(all, result);
        if (!outcome.interior()) {
            // A variance that went to zero from afar although the likelihood rises from there: begin again near zero.
            double[] again = outcome.point().all().clone();
            for (int i = 0; i < again.length; i++) {
                again[i] = again[i] == 0 ? 0.1 * parameters.unconstrained(start)[i] : again[i];
            }
            Optional<LinearObjective.At> restart = all.evaluateAll(again);
            if (restart.isPresent()) {
                result = new Maximizer(all, options, (i, v, note) -> { }).maximize(restart.get());
                outcome = atBoundary(all, result);
            }
        }
        return outcome;
    }

    private LinearObjective objective() {
        return new LinearObjective(likelihood, parameters, ResidualBoundary.FIRST);
    }

    private void gradientIteration(int iteration, double value, String note) {
        tell(new Iteration("gradient", iteration, value, note));
    }

    private void tell(Iteration iteration) {
        iterations.add(iteration);
        log.accept(iteration);
    }

    private Outcome expectationMaximization(LinearObjective all, LinearObjective.At start) {
        LinearObjective.At point = start;
        tell(new Iteration("em", 0, point.value(), ""));
        Convergence convergence = new Convergence.IterationLimit(options.emIterate());
        for (int i = 1; i <= options.emIterate(); i++) {
            NewtonStep newton = NewtonStep.at(point, false);
            if (!options.emOnly() && near(point, newton)) {
                break;
            }
            double[] next = parameters.emStep(point.evaluation().natural(), point.natural().gradient(), groups, n);
            Optional<LinearObjective.At> moved = all.evaluateAll(parameters.unconstrained(next));
            if (moved.isEmpty() || moved.get().value() < point.value()) {
                break;
            }
            double change = (moved.get().value() - point.value()) / Math.max(1, Math.abs(point.value()));
            point = moved.get();
            tell(new Iteration("em", i, point.value(), ""));
            if (change <= options.emTolerance()) {
                convergence = new Convergence.ExpectationMaximization(change);
                break;
            }
        }
        LinearObjective.At exact = point.exact();
        return new Outcome(exact, Optional.empty(), parameters, all.free(), convergence, NewtonStep.at(exact, false).concave(), true,
                iterations);
    }

    /** Whether the Newton step from a point is one to be trusted: towards a maximum, and no leap. */
    private boolean near(LinearObjective.At point, NewtonStep newton) {
        boolean near = newton.concave() && Math.abs(newton.direction()[parameters.count()]) < NEAR;
        for (Block b : parameters.blocks()) {
            for (int i = b.first(); i < b.first() + b.covariance().roots(); i++) {
                near &= Math.abs(newton.direction()[i]) < NEAR * Math.abs(point.all()[i]);
            }
        }
        return near;
    }

    /** Holds at zero the roots and residual variances that ended there, and maximises over the rest. */
    private Outcome atBoundary(LinearObjective all, Maximizer.Result result) {
        LinearObjective.At point = (LinearObjective.At) result.point();
        Optional<ResidualBoundary> residuals = ResidualBoundary.of(parameters);
        List<Integer> vanishing = residuals.map(r -> r.vanishing(all, point)).orElse(List.of());
        double[] roots = withoutVanishing(all, point);
        if (Arrays.equals(roots, point.all()) && vanishing.isEmpty()) {
            return outcome(point, Optional.empty(), all.free(), result.convergence(), NewtonStep.at(point, false).concave());
        }
        double[] reduced = residuals.map(r -> r.atZero(roots, vanishing)).orElse(roots);
        double[][] jacobian = parameters.jacobian(reduced);
        List<Integer> held = vanishing.stream().map(c -> residuals.orElseThrow().position(c)).toList();
        int[] present = IntStream.rangeClosed(0, parameters.count()).filter(i -> !held.contains(i)).toArray();
        int[] free = Arrays.stream(present).filter(i -> Arrays.stream(jacobian).anyMatch(row -> row[i] != 0)).toArray();
        LinearObjective rest = new LinearObjective(likelihood, parameters, free, reduced, ResidualBoundary.LEAST);
        LinearObjective.At start = rest.evaluateAll(reduced).orElse(point);
        Maximizer.Result settled = new Maximizer(rest, options, (i, v, note) -> { }).maximize(start);
        LinearObjective.At end = (LinearObjective.At) settled.point();
        boolean interior = new LinearObjective(likelihood, parameters, present, end.all(), ResidualBoundary.LEAST).evaluateAll(end.all())
                .map(p -> NewtonStep.at(p, false).concave()).orElse(false);
        Optional<ResidualBoundary.Limit> limit = vanishing.isEmpty() ? Optional.empty()
                : residuals.flatMap(r -> r.limit(all, end.all(), vanishing));
        return outcome(end, limit, free, settled.convergence(), interior);
    }

    private Outcome outcome(LinearObjective.At point, Optional<ResidualBoundary.Limit> limit, int[] free,
                            Convergence convergence, boolean interior) {
        LinearObjective.At exact = point.exact();
        boolean definite = NewtonStep.at(exact, false).concave() && !(convergence instanceof Convergence.Flat);
        return new Outcome(exact, limit, parameters, free, convergence, definite, interior, iterations);
    }

    /** The parameters with every root set to zero that makes no difference to the likelihood. */
    private double[] withoutVanishing(LinearObjective all, LinearObjective.At point) {
        double[] a = point.all().clone();
        double loss = NO_LOSS * (1 + Math.abs(point.value()));
        for (Block b : parameters.blocks()) {
            for (int i = b.first(); i < b.first() + b.covariance().roots(); i++) {
                double influence = Math.abs(point.hessian()[i][i]) * a[i] * a[i] / 2;
                if (influence < SMALL_ROOT) {
                    double[] trial = a.clone();
                    trial[i] = 0;
                    double[] canonical = parameters.unconstrained(parameters.natural(trial));
                    Optional<? extends Objective.Point> there = all.evaluateAll(canonical);
                    if (there.isPresent() && there.get().value() >= point.value() - loss) {
                        a = canonical;
                    }
                }
            }
        }
        return a;
    }
}
