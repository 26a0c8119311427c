package io.echelon.estimate.linear;

import io.echelon.error.EchelonException;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Residual variances of the categories of {@code by()} that tend to zero. Where the random effects can fit the rows of a
 * category, one to a group say, the likelihood has its supremum at a variance of zero. There the variance is held at
 * {@link #NOTHING} times the largest one, for cross-products weighted by 1/v lose digits, and the supremum is reached along the
 * slope of ℓ in v. Where fixed and random effects fit the rows however small their variance, the likelihood
 * rises without bound.
 */
final class ResidualBoundary {
    /** Share of the largest variance at which a variance that tends to zero is held. */
    private static final double NOTHING = 1e-7;
    /** Share of the largest variance to which maximisation goes first. */
    static final double FIRST = 1e-6;
    /** Share of the largest variance to which it goes where the likelihood goes on rising notably. */
    static final double LEAST = 1e-10;
    /** Share of the largest variance from which ℓ is extended to zero: at {@link #NOTHING} it has fewer digits. */
    private static final double NEAR = 1e-5;
    /** Second derivative of ℓ in the logarithm of a standard deviation below which it may be on its way to zero. */
    private static final double NO_INFLUENCE = 0.05;
    /** Loss of ℓ, relative to 1 + |ℓ|, that going to zero may cost. */
    private static final double NO_LOSS = 3e-8;
    /** Derivative of ℓ in ln σ_c near zero from which it is unbounded: minus the number of rows fitted exactly. */
    private static final double UNBOUNDED = -0.25;

    private final CovarianceParameters parameters;
    private final ResidualModel model;

    private ResidualBoundary(CovarianceParameters parameters, ResidualModel model) {
        this.parameters = parameters;
        this.model = model;
    }

    /** For a model whose residuals differ between categories. */
    static Optional<ResidualBoundary> of(CovarianceParameters parameters) {
        return parameters.residual().filter(m -> m.structures().size() > 1).map(m -> new ResidualBoundary(parameters, m));
    }

    /** Position among all unconstrained parameters of the one that is held when a category's variance is. */
    int position(int category) {
        return category == 0 ? parameters.count() : parameters.firstResidual() + model.ratio(category);
    }

    /** The categories whose variance ended at zero, the likelihood being no larger anywhere nearby. */
    List<Integer> vanishing(LinearObjective all, LinearObjective.At point) {
        List<Integer> vanishing = new ArrayList<>();
        double loss = NO_LOSS * (1 + Math.abs(point.value()));
        for (int c = 0; c < model.structures().size(); c++) {
            double[] direction = direction(c);
            if (rising(c, point, 10 * LEAST)) {
                throw unbounded(c);
            }
            if (Math.abs(curvature(direction, point.hessian())) < NO_INFLUENCE
                    && limit(all, point.all(), List.of(c)).filter(l -> l.value() >= point.value() - loss).isPresent()) {
                vanishing.add(c);
            }
        }
        return vanishing.size() < model.structures().size() ? vanishing : List.of();
    }

    /** Unconstrained parameters with the variances of these categories at zero. */
    double[] atZero(double[] all, List<Integer> categories) {
        return at(all, categories, NOTHING);
    }

    /**
     * The likelihood where variances are zero.
     *
     * @param value  ℓ
     * @param slopes dℓ/dv of each category at zero
     */
    record Limit(double value, Map<Integer, Double> slopes) {}

    /** The limit at a point as the variances of categories go to zero. */
    Optional<Limit> limit(LinearObjective all, double[] point, List<Integer> categories) {
        double[] near = at(point, categories, NEAR);
        return all.evaluateAll(near).map(p -> {
            double value = p.value();
            Map<Integer, Double> slopes = new TreeMap<>();
            for (int c : categories) {
                double logSlope = along(direction(c), p.gradient());
                double variance = Math.exp(2 * (near[parameters.count()] + logs(near)[c]));
                slopes.put(c, logSlope / (2 * variance));
                value -= logSlope / 2;
            }
            return new Limit(value, slopes);
        });
    }

    /** Whether the likelihood rises as if without bound at the smallest variances that were allowed first. */
    boolean rising(LinearObjective.At point) {
        return IntStream.range(0, model.structures().size()).anyMatch(c -> rising(c, point, 10 * FIRST));
    }

    private boolean rising(int category, LinearObjective.At point, double share) {
        double[] ln = logs(point.all());
        return ln[category] < largest(ln) + Math.log(share) / 2
                && along(direction(category), point.gradient()) < UNBOUNDED;
    }

    private EchelonException unbounded(int category) {
        return EchelonException.failure("the likelihood has no maximum: it rises without bound as the residual variance of "
                + model.by().variable() + " = " + model.by().categories().get(category) + " goes to zero, for the fixed and"
                + " random effects fit rows of this category exactly. Bring it together with another category of by(), or leave"
                + " out the effects that are there for it alone");
    }

    /** Moves ln σ_c alone: that of the first category is the base of the others. */
    private double[] direction(int category) {
        double[] direction = new double[parameters.count() + 1];
        direction[position(category)] = 1;
        for (int c = 1; c < model.structures().size() && category == 0; c++) {
            direction[position(c)] = -1;
        }
        return direction;
    }

    private double[] at(double[] all, List<Integer> categories, double share) {
        double[] to = all.clone();
        double[] ln = logs(all);
        double least = largest(ln) + Math.log(share) / 2;
        for (int category : categories) {
            double change = least - ln[category];
            double[] direction = direction(category);
            for (int i = 0; i < to.length; i++) {
                to[i] += direction[i] * change;
            }
        }
        return to;
    }

    private double[] logs(double[] all) {
        return model.logDeviations(parameters.ofResidual(all));
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double along(double[] direction, double[] gradient) {
        double slope = 0;
        for (int i = 0; i < direction.length; i++) {
            slope += direction[i] * gradient[i];
        }
        return slope;
    }

    private static double curvature(double[] direction, double[][] hessian) {
        double sum = 0;
        for (int i = 0; i < direction.length; i++) {
            sum += direction[i] * along(direction, hessian[i]);
        }
        return sum;
    }
}
