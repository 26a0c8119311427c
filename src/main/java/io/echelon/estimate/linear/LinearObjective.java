package io.echelon.estimate.linear;

import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.Derivatives;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.optimize.Objective;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The log likelihood of a linear mixed model as a function of unconstrained covariance parameters, some of which may be
 * held (at the boundary).
 */
final class LinearObjective implements Objective {
    private final MixedLikelihood likelihood;
    private final CovarianceParameters parameters;
    private final int[] free;
    private final double[] held;
    private final double least;

    /**
     * @param free positions of the parameters that vary
     * @param held values of all parameters, of which those that do not vary are used
     * @param least share of the largest residual variance of a category that no other goes below
     */
    LinearObjective(MixedLikelihood likelihood, CovarianceParameters parameters, int[] free, double[] held, double least) {
        this.likelihood = likelihood;
        this.parameters = parameters;
        this.free = free;
        this.held = held;
        this.least = least;
    }

    /** All parameters vary. */
    LinearObjective(MixedLikelihood likelihood, CovarianceParameters parameters, double least) {
        this(likelihood, parameters, IntStream.rangeClosed(0, parameters.count()).toArray(), new double[parameters.count() + 1],
                least);
    }

    /** A point with the evaluation behind it. */
    final class At implements Point {
        private final double[] varying;
        private final double[] all;
        private final MixedLikelihood.Evaluation evaluation;
        private Derivatives natural;
        private Derivatives derivatives;

        private At(double[] varying, double[] all, MixedLikelihood.Evaluation evaluation) {
            this.varying = varying;
            this.all = all;
            this.evaluation = evaluation;
        }

        MixedLikelihood.Evaluation evaluation() {
            return evaluation;
        }

        /** All unconstrained parameters. */
        double[] all() {
            return all;
        }

        /** Derivatives of −2ℓ with respect to the natural parameters. */
        Derivatives natural() {
            if (natural == null) {
                natural = likelihood.derivatives(evaluation);
            }
            return natural;
        }

        /** The same point with the exact Hessian. */
        At exact() {
            if (!likelihood.costly()) {
                return this;
            }
            At exact = new At(varying, all, evaluation);
            exact.natural = likelihood.exactDerivatives(evaluation);
            return exact;
        }

        /** Derivatives of ℓ with respect to the free unconstrained parameters. */
        private Derivatives derivatives() {
            if (derivatives == null) {
                Derivatives d = parameters.toUnconstrained(natural(), all);
                int k = free.length;
                double[] g = new double[k];
                double[][] h = new double[k][k];
                for (int i = 0; i < k; i++) {
                    g[i] = -d.gradient()[free[i]] / 2;
                    for (int j = 0; j < k; j++) {
                        h[i][j] = -d.hessian()[free[i]][free[j]] / 2;
                    }
                }
                derivatives = new Derivatives(g, h);
            }
            return derivatives;
        }

        @Override
        public double[] parameters() {
            return varying;
        }

        @Override
        public double[] sizes() {
            double[] sizes = new double[free.length];
            for (int i = 0; i < sizes.length; i++) {
                boolean covariance = free[i] < parameters.firstResidual();
                sizes[i] = Math.max(covariance ? 0 : 1, Math.abs(varying[i]));
            }
            return sizes;
        }

        @Override
        public double value() {
            return evaluation.value();
        }

        @Override
        public double[] gradient() {
            return derivatives().gradient();
        }

        @Override
        public double[][] hessian() {
            return derivatives().hessian();
        }
    }

    @Override
    public Optional<Point> at(double[] varying) {
        return evaluate(varying).map(Point.class::cast);
    }

    /** As {@link #at}, with the evaluation. */
    Optional<At> evaluate(double[] varying) {
        double[] all = held.clone();
        for (int i = 0; i < free.length; i++) {
            all[free[i]] = varying[i];
        }
        if (parameters.residual().map(r -> r.spread(parameters.ofResidual(all)) > -Math.log(least) / 2).orElse(false)) {
            return Optional.empty();
        }
        return likelihood.evaluate(parameters.natural(all)).map(e -> new At(varying, all, e));
    }

    /** The same at a point given by all parameters, those held being left out. */
    Optional<At> evaluateAll(double[] all) {
        double[] varying = new double[free.length];
        for (int i = 0; i < free.length; i++) {
            varying[i] = all[free[i]];
        }
        return evaluate(varying);
    }

    /** A point reached with other unconstrained parameters, when none is held. */
    At reached(At other) {
        double[] all = parameters.unconstrained(other.evaluation.natural());
        At same = new At(all, all, other.evaluation);
        same.natural = other.natural;
        return same;
    }

    /** Positions of the parameters that vary. */
    int[] free() {
        return free;
    }
}
