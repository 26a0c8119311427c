package io.echelon.estimate.fitted;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.estimate.effects.ParameterSteps;
import io.echelon.estimate.generalized.FamilyChoice;
import io.echelon.estimate.generalized.IntegrationChoice;
import io.echelon.estimate.generalized.ParameterSpace;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.LaplaceLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.likelihood.generalized.QuadratureLikelihood;
import io.echelon.quadrature.Integration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The estimates of a generalized model as its likelihood sees them, taken from the tables of a fit.
 *
 * @param space     the parameters of the design, all of them free
 * @param equations the random-effects equations
 * @param naturals  β, ancillary parameters (of a Gaussian model the residual variance) and natural covariance parameters
 */
record GeneralizedPoint(Design design, Family family, ParameterSpace space, List<EquationEstimates> equations,
                        double[] naturals) {
    /** Steps of differences, in standard errors of the parameter. */
    private static final double STEP = 0.02;

    static GeneralizedPoint of(Design design, Estimates estimates) {
        Family family = FamilyChoice.of(design, estimates);
        double[] beta = LinearPoint.beta(design, estimates);
        ParameterSpace space = new ParameterSpace(design, new boolean[beta.length], family, List.of());
        double[] ancillary = family instanceof Gaussian
                ? new double[] {2 * LinearPoint.ofResidual(estimates).get(0).estimate()}
                : estimates.coefficients().stream().filter(c -> c.term().startsWith("/"))
                        .mapToDouble(Coefficient::estimate).toArray();
        double[] naturals = space.natural(beta, ancillary, 1);
        List<EquationEstimates> equations = EquationEstimates.of(design, estimates);
        for (int e = 0; e < equations.size(); e++) {
            double[] theta = equations.get(e).theta();
            System.arraycopy(theta, 0, naturals, space.parameterOf(e), theta.length);
        }
        return new GeneralizedPoint(design, family, space, equations, naturals);
    }

    /** φ of the estimates. */
    double[] phi(String command) {
        return space.start(naturals).orElseThrow(() -> singular(command));
    }

    /** The estimates. */
    Parameters parameters(String command) {
        return space.parameters(phi(command)).orElseThrow(() -> singular(command));
    }

    /** What the likelihood sees a step away from the estimates, in natural parameters; empty where there is nothing. */
    Optional<Parameters> moved(double[] direction, double step) {
        double[] there = naturals.clone();
        for (int i = 0; i < there.length; i++) {
            there[i] += step * direction[i];
        }
        return space.start(there).flatMap(space::parameters);
    }

    /**
     * How the natural parameters move with each parameter of the estimation metric that is free.
     *
     * @param place     of the parameter in the covariance matrix of the fit
     * @param direction of the natural parameters
     */
    record Direction(int place, double[] direction) {}

    /** The directions of all parameters of the estimation metric, in the order of the covariance matrix of the fit. */
    List<Direction> directions() {
        List<Direction> all = new ArrayList<>();
        boolean gaussian = family instanceof Gaussian;
        int own = space.coefficients() + (gaussian ? 0 : space.ancillary());
        for (int i = 0; i < own; i++) {
            double[] unit = new double[naturals.length];
            unit[i] = 1;
            all.add(new Direction(i, unit));
        }
        Direction[] ofComponents = new Direction[equations.stream().mapToInt(e -> e.places().length).sum()];
        for (int e = 0; e < equations.size(); e++) {
            EquationEstimates equation = equations.get(e);
            for (int c = 0; c < equation.places().length; c++) {
                if (equation.free(c)) {
                    double[] direction = new double[naturals.length];
                    double[] slope = equation.slope(c);
                    System.arraycopy(slope, 0, direction, space.parameterOf(e), slope.length);
                    ofComponents[equation.places()[c]] = new Direction(own + equation.places()[c], direction);
                }
            }
        }
        for (Direction d : ofComponents) {
            if (d != null) {
                all.add(d);
            }
        }
        if (gaussian) {
            double[] direction = new double[naturals.length];
            direction[space.coefficients()] = 2 * naturals[space.coefficients()];
            all.add(new Direction(own + ofComponents.length, direction));
        }
        return all;
    }

    /** Places beside the estimates by which derivatives of predictions in all parameters are taken. */
    ParameterSteps steps(Estimates estimates) {
        double[][] v = estimates.vcov().matrix();
        // The residual variance of a Gaussian response moves no prediction of its mean.
        int fixed = space.coefficients() + (family instanceof Gaussian ? 0 : space.ancillary());
        List<ParameterSteps.Step> steps = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        Parameters here = parameters("predict, ci");
        for (Direction d : directions()) {
            double error = Math.sqrt(v[d.place()][d.place()]);
            double step = error > 0 && Double.isFinite(error) ? STEP * error : 0;
            Optional<Parameters> up = moved(d.direction(), step);
            Optional<Parameters> down = moved(d.direction(), -step);
            boolean moves = step > 0 && up.isPresent() && down.isPresent();
            // A coefficient without an error (held by a constraint) and a variance of zero do not move the predictions.
            if (moves || d.place() < fixed) {
                places.add(d.place());
                steps.add(moves ? new ParameterSteps.Step(up.get(), down.get(), 2 * step) : new ParameterSteps.Step(here, here, 1));
            }
        }
        double[][] covariance = new double[places.size()][places.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = v[places.get(i)][places.get(j)];
            }
        }
        return new ParameterSteps(here, steps, covariance, fixed);
    }

    /** The likelihood by the integration method of the fit. */
    IntegratedLikelihood likelihood() {
        Integration integration = IntegrationChoice.of(design);
        return integration.method() == Integration.Method.LAPLACE ? laplace()
                : new QuadratureLikelihood(family, space.loadings(), integration);
    }

    /** The approximation at the mode. */
    LaplaceLikelihood laplace() {
        return new LaplaceLikelihood(family, space.loadings());
    }

    static EchelonException singular(String command) {
        return EchelonException.misuse(command + ": a covariance matrix of the random effects is singular, and the log"
                + " likelihood has no derivatives there; leave an effect out of the model");
    }
}
