package io.echelon.estimate.generalized;

import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.Contribution;
import io.echelon.likelihood.generalized.GroupLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.optimize.Objective;
import io.echelon.optimize.SecantHessian;
import java.util.Optional;

/** The log likelihood of a generalized model as a function of its free parameters. */
final class GeneralizedObjective implements Objective {
    /** Step of differences of the gradient, relative to a parameter of size one. */
    private static final double STEP = 1e-4;

    private final PartStore<GroupBlock> parts;
    private final GroupLikelihood likelihood;
    private final ParameterSpace space;
    /** Hessians of a likelihood that has none of its own, from point to point. */
    private final SecantHessian secant = new SecantHessian();
    private int evaluations;

    GeneralizedObjective(PartStore<GroupBlock> parts, GroupLikelihood likelihood, ParameterSpace space) {
        this.parts = parts;
        this.likelihood = likelihood;
        this.space = space;
    }

    @Override
    public Optional<Point> at(double[] phi) {
        return evaluate(phi).map(c -> new Evaluated(phi.clone(), c));
    }

    private Optional<Contribution> evaluate(double[] phi) {
        return space.parameters(phi).map(this::sum).filter(c -> Double.isFinite(c.value()));
    }

    /** How often the rows were gone through. */
    int evaluations() {
        return evaluations;
    }

    private Contribution sum(Parameters parameters) {
        evaluations++;
        GroupLikelihood f = likelihood;
        return parts.aggregate(block -> f.evaluate(block, parameters), Contribution::merge);
    }

    /** A point with all its derivatives, made in one pass over the rows. */
    final class Evaluated implements Point {
        private final double[] phi;
        private final Contribution contribution;
        private double[][] hessian;
        private boolean carried;

        private Evaluated(double[] phi, Contribution contribution) {
            this.phi = phi;
            this.contribution = contribution;
        }

        @Override
        public double[] parameters() {
            return phi;
        }

        @Override
        public double[] sizes() {
            int[] free = space.reduction().free();
            double[] sizes = new double[phi.length];
            for (int i = 0; i < sizes.length; i++) {
                boolean covariance = free[i] >= space.coefficients() + space.ancillary();
                sizes[i] = Math.max(covariance ? 0 : 1, Math.abs(phi[i]));
            }
            return sizes;
        }

        @Override
        public boolean[] roots() {
            return space.roots();
        }

        @Override
        public double value() {
            return contribution.value();
        }

        /** The adapted nodes move with the parameters, the gradient holds them still: near the maximum they disagree by this much. */
        @Override
        public double slack() {
            return likelihood.slack() * (1 + Math.abs(value()));
        }

        @Override
        public double[] gradient() {
            return space.gradient(phi, contribution.gradient());
        }

        @Override
        public double[][] hessian() {
            if (hessian == null) {
                hessian = likelihood.hasHessian() ? space.hessian(phi, contribution) : carriedOver();
            }
            return hessian;
        }

        private double[][] carriedOver() {
            Optional<double[][]> known = secant.at(phi, gradient());
            carried = known.isPresent();
            double[][] h = known.orElseGet(this::differences);
            secant.remember(phi, gradient(), h);
            return h;
        }

        @Override
        public boolean carried() {
            hessian();
            return carried;
        }

        @Override
        public Evaluated withOwnHessian() {
            if (!carried()) {
                return this;
            }
            Evaluated same = new Evaluated(phi, contribution);
            same.hessian = differences();
            secant.remember(phi, gradient(), same.hessian);
            return same;
        }

        @Override
        public Optional<double[][]> scoreProducts() {
            return Optional.of(Quadratic.sandwich(space.jacobianInFree(phi), contribution.scores()));
        }

        /** Number of clusters that the variable of {@code vce(cluster)} tells apart. */
        int clusters() {
            return contribution.clusters();
        }

        /** V(Σ ss')V, s the scores of the top-level groups in the free parameters. */
        double[][] sandwich(double[][] v) {
            double[][] k = space.jacobianInFree(phi);
            double[][] kv = new double[k.length][phi.length];
            for (int i = 0; i < k.length; i++) {
                for (int f = 0; f < phi.length; f++) {
                    for (int g = 0; g < phi.length; g++) {
                        kv[i][g] += k[i][f] * v[f][g];
                    }
                }
            }
            return Quadratic.sandwich(kv, contribution.scores());
        }

        /** Central differences of the gradient. */
        private double[][] differences() {
            int n = phi.length;
            double[][] h = new double[n][n];
            for (int i = 0; i < n; i++) {
                double step = STEP * Math.max(0.1, Math.abs(phi[i]));
                double[] up = phi.clone();
                double[] down = phi.clone();
                up[i] += step;
                down[i] -= step;
                Optional<Contribution> right = evaluate(up);
                Optional<Contribution> left = evaluate(down);
                double[] high = right.map(c -> space.gradient(up, c.gradient())).orElseGet(this::gradient);
                double[] low = left.map(c -> space.gradient(down, c.gradient())).orElseGet(this::gradient);
                double width = step * ((right.isPresent() ? 1 : 0) + (left.isPresent() ? 1 : 0));
                for (int j = 0; j < n && width > 0; j++) {
                    h[i][j] = (high[j] - low[j]) / width;
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double mean = (h[i][j] + h[j][i]) / 2;
                    h[i][j] = mean;
                    h[j][i] = mean;
                }
            }
            return h;
        }
    }
}
