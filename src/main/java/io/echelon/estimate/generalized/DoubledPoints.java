package io.echelon.estimate.generalized;

import io.echelon.design.Design;
import io.echelon.estimate.ObservedInformation;
import io.echelon.family.Family;
import io.echelon.fit.QuadratureChange;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.Contribution;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.likelihood.generalized.QuadratureLikelihood;
import io.echelon.optimize.NewtonStep;
import io.echelon.optimize.Objective;
import io.echelon.quadrature.Integration;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The likelihood at the end of a fit with twice the integration points, for what it says of the fit's own: ℓ₂(φ̂) − ℓ₁(φ̂), and
 * the Newton step −H₂⁻¹(g₂ − g₁) to where the estimates would move. Data that would make this a notable part of the fit are looked
 * at in a share of their groups, the same ones however the rows lie.
 *
 * @param value  change of the log likelihood
 * @param step   change of the free parameters; empty where −H₂ is not positive definite
 * @param groups top-level groups looked at
 */
record DoubledPoints(double value, Optional<double[]> step, long groups) {
    /** Share of the work of the fit that the check may take. */
    private static final double SHARE = 0.05;
    /** Work, in evaluations of the density of an observation, that is never too much. */
    private static final double SMALL = 1e5;
    /** Fewer groups say nothing of the others. */
    private static final int FEWEST = 30;

    /**
     * Looks at the end of a fit; empty where its points doubled would not fit into memory, or so few groups could be looked at
     * that they would say nothing.
     *
     * @param evaluations evaluations of the likelihood the fit took
     * @param scan        of the rows of the parts
     */
    static Optional<DoubledPoints> at(Objective.Point end, Design design, Family family, ParameterSpace space,
                                      Integration integration, PartStore<GroupBlock> parts, ResponseScan scan,
                                      int evaluations) {
        Integration twice = new Integration(integration.method(),
                Arrays.stream(integration.points()).map(p -> 2 * p).toArray());
        double once = scan.rows() * points(design, integration);
        double doubled = scan.rows() * points(design, twice);
        double share = Math.min(1, Math.max(SMALL, SHARE * evaluations * once) / (once + doubled));
        if (share < 1 && share * scan.nodes(0) < FEWEST || !IntegrationChoice.fits(twice, design, parts)) {
            return Optional.empty();
        }
        Parameters parameters = space.parameters(end.parameters()).orElseThrow();
        QuadratureLikelihood other = new QuadratureLikelihood(family, space.loadings(), twice);
        if (share == 1) {
            Contribution all = parts.aggregate(block -> other.evaluate(block, parameters), Contribution::merge);
            return of(end, all.value() - end.value(), new Derivatives(all, space, end.parameters()),
                    new Derivatives(end.gradient(), end.hessian()), 1, scan.nodes(0));
        }
        QuadratureLikelihood fitted = new QuadratureLikelihood(family, space.loadings(), integration);
        Pair pair = parts.aggregate(block -> {
            GroupBlock some = sampled(block, share);
            return new Pair(fitted.evaluate(some, parameters), other.evaluate(some, parameters), some.nodes(0));
        }, Pair::merge);
        return of(end, pair.doubled.value() - pair.fitted.value(), new Derivatives(pair.doubled, space, end.parameters()),
                new Derivatives(pair.fitted, space, end.parameters()), (double) scan.nodes(0) / pair.groups, pair.groups);
    }

    private static Optional<DoubledPoints> of(Objective.Point end, double value, Derivatives doubled, Derivatives fitted,
                                              double factor, long groups) {
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        int k = fitted.gradient.length;
        double[] gradient = new double[k];
        double[][] hessian = new double[k][k];
        for (int i = 0; i < k; i++) {
            gradient[i] = factor * (doubled.gradient[i] - fitted.gradient[i]);
            for (int j = 0; j < k; j++) {
                hessian[i][j] = end.hessian()[i][j] + factor * (doubled.hessian[i][j] - fitted.hessian[i][j]);
            }
        }
        NewtonStep step = NewtonStep.at(new Doubled(end, gradient, hessian), false);
        return Optional.of(new DoubledPoints(factor * value, Optional.of(step.direction()).filter(d -> step.concave()),
                groups));
    }

    /**
     * The changes of the estimates of a fit.
     *
     * @param integration of the fit
     * @param terms       names of the estimates
     * @param gradients   of the estimates in the free parameters
     * @param information of the fit
     */
    QuadratureChange change(Integration integration, List<String> terms, List<double[]> gradients,
                            ObservedInformation information) {
        List<QuadratureChange.Estimate> changes = new ArrayList<>();
        for (int k = 0; k < terms.size() && step.isPresent(); k++) {
            double se = information.standardError(gradients.get(k));
            double change = 0;
            for (int f = 0; f < step.get().length; f++) {
                change += gradients.get(k)[f] * step.get()[f];
            }
            if (se > 0) {
                changes.add(new QuadratureChange.Estimate(terms.get(k), change / se));
            }
        }
        return new QuadratureChange(Arrays.stream(integration.points()).boxed().toList(), groups, value, changes);
    }

    /** Points of the product rules for one observation. */
    static double points(Design design, Integration integration) {
        double product = 1;
        for (int l = 0; l < integration.points().length; l++) {
            product *= Math.pow(integration.points()[l], design.levels().get(l).columns().size());
        }
        return product;
    }

    /** A share of the top-level groups, chosen by their keys. */
    private static GroupBlock sampled(GroupBlock block, double share) {
        boolean[] chosen = new boolean[block.rows()];
        for (int g = 0; g < block.nodes(0); g++) {
            int hash = block.keys(0).label(g).hashCode() * 0x9E3779B9;
            hash = (hash ^ hash >>> 15) * 0x85EBCA6B;
            if ((hash >>> 1) < share * Integer.MAX_VALUE) {
                Arrays.fill(chosen, block.firstRow(0, g), block.firstRow(0, g + 1), true);
            }
        }
        return block.where(row -> chosen[row]);
    }

    /** Both likelihoods of the same groups. */
    private record Pair(Contribution fitted, Contribution doubled, long groups) implements Serializable {
        Pair merge(Pair other) {
            return new Pair(fitted.merge(other.fitted), doubled.merge(other.doubled), groups + other.groups);
        }
    }

    /** In the free parameters. */
    private record Derivatives(double[] gradient, double[][] hessian) {
        Derivatives(Contribution c, ParameterSpace space, double[] phi) {
            this(space.gradient(phi, c.gradient()), space.hessian(phi, c));
        }
    }

    /** The end of a fit with the derivatives that its likelihood would have there with more points. */
    private record Doubled(Objective.Point end, double[] gradient, double[][] hessian) implements Objective.Point {
        @Override
        public double[] parameters() {
            return end.parameters();
        }

        @Override
        public double[] sizes() {
            return end.sizes();
        }

        @Override
        public double value() {
            return end.value();
        }
    }
}
