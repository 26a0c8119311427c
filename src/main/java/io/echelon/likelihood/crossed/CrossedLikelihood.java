package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.Derivatives;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.linalg.Cholesky;
import io.echelon.linalg.LargeSymmetric;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The (restricted) likelihood of a linear mixed model with crossed random effects; see {@link CrossedSystem} for the
 * algebra. The gradient is exact. The Hessian is the average information (Gilmour, Thompson and Cullis 1995, Biometrics
 * 51, 1440–1450) while the point is far from the maximum, and exact as soon as the gradient is small, so that the steep
 * part of the way is cheap and its end quadratic; the standard errors come from the exact one.
 */
public final class CrossedLikelihood implements MixedLikelihood {
    /** Scaled gradient g'H⁻¹g of −2ℓ below which the exact Hessian is worth its cost. */
    private static final double NEAR = 1e-2;

    private final CrossedMoments moments;
    private final CovarianceParameters parameters;
    private final boolean reml;
    private final LargeSymmetric algebra;
    private final CrossedSystem system;
    private final double responseVariance;
    private final double constant;
    private double[] here;

    /**
     * @param moments         cross-products, with the terms of the model as levels of their layout
     * @param parameters      covariance parameters
     * @param standardization of the cross-products
     * @param reml            restricted likelihood
     * @param algebra         of the dense system
     */
    public CrossedLikelihood(CrossedMoments moments, CovarianceParameters parameters, Standardization standardization,
                             boolean reml, LargeSymmetric algebra) {
        this.moments = moments;
        this.parameters = parameters;
        this.reml = reml;
        this.algebra = algebra;
        system = new CrossedSystem(moments, algebra);
        double scale = standardization.responseScale();
        responseVariance = scale * scale;
        constant = degrees() * (Math.log(2 * Math.PI) + 2 * Math.log(scale))
                + (reml ? 2 * standardization.logDeterminant() : 0);
    }

    private double degrees() {
        return reml ? moments.n() - moments.layout().fixed() : moments.n();
    }

    @Override
    public Optional<Evaluation> evaluate(double[] natural) {
        here = null;
        if (!parameters.feasible(natural) || !system.moveTo(parameters.relative(natural))) {
            return Optional.empty();
        }
        here = natural.clone();
        double s = natural[parameters.count()] / responseVariance;
        double deviance = constant + degrees() * Math.log(s) + system.logDeterminant() + system.quadratic() / s
                + (reml ? system.factor().logDeterminant() : 0);
        if (Double.isNaN(deviance) || Double.isInfinite(deviance)) {
            return Optional.empty();
        }
        return Optional.of(new Evaluation(here, -deviance / 2, system.beta(), system.factor(), system.quadratic()));
    }

    @Override
    public Derivatives derivatives(Evaluation evaluation) {
        return derivatives(evaluation, average -> near(average, evaluation.natural()));
    }

    /** The exact Hessian where {@code exact}, shown the derivatives with the average information, says so. */
    Derivatives derivatives(Evaluation evaluation, Predicate<Derivatives> exact) {
        if (here != evaluation.natural() && !system.moveTo(parameters.relative(evaluation.natural()))) {
            throw new IllegalArgumentException("no likelihood at these parameters");
        }
        here = null;
        int k = parameters.relativeCount();
        double s = evaluation.natural()[parameters.count()] / responseVariance;
        EffectColumns solved = system.invert();
        FirstDerivatives first = new FirstDerivatives(system, solved);
        double[] quadratic = first.quadratic(k);
        double[] log = first.logDeterminant(k);
        double[] logInformation = reml ? first.logInformation(k) : new double[k];
        double[] gradient = new double[k + 1];
        for (int i = 0; i < k; i++) {
            gradient[i] = log[i] + logInformation[i] + quadratic[i] / s;
        }
        gradient[k] = degrees() / s - system.quadratic() / (s * s);
        QuadraticCurvature curvature = new QuadraticCurvature(system, solved, k, reml);
        double[][] average = hessian(s, quadratic, (i, j) -> curvature.quadratic(i, j) / (2 * s));
        average[k][k] = system.quadratic() / (s * s * s);
        Derivatives derivatives = inUnitsOfResponse(gradient, average, evaluation.natural());
        if (!exact.test(derivatives)) {
            return derivatives;
        }
        double[][] trace = new TraceCurvature(system, k, algebra).second();
        double[][] hessian = hessian(s, quadratic, (i, j) -> trace[i][j] + curvature.quadratic(i, j) / s
                + (reml ? curvature.logInformation(i, j) : 0));
        hessian[k][k] = -degrees() / (s * s) + 2 * system.quadratic() / (s * s * s);
        return inUnitsOfResponse(gradient, hessian, evaluation.natural());
    }

    private interface Element {
        double at(int i, int j);
    }

    private static double[][] hessian(double s, double[] quadratic, Element relative) {
        int k = quadratic.length;
        double[][] hessian = new double[k + 1][k + 1];
        for (int i = 0; i < k; i++) {
            hessian[i][k] = -quadratic[i] / (s * s);
            hessian[k][i] = hessian[i][k];
            for (int j = 0; j <= i; j++) {
                hessian[i][j] = relative.at(i, j);
                hessian[j][i] = hessian[i][j];
            }
        }
        return hessian;
    }

    private Derivatives inUnitsOfResponse(double[] gradient, double[][] hessian, double[] natural) {
        int k = gradient.length - 1;
        double[] g = gradient.clone();
        g[k] /= responseVariance;
        for (int i = 0; i <= k; i++) {
            hessian[i][k] /= responseVariance;
            hessian[k][i] /= responseVariance;
        }
        return parameters.toNatural(new Derivatives(g, hessian), natural);
    }

    private boolean near(Derivatives natural, double[] at) {
        Derivatives d = parameters.toUnconstrained(natural, parameters.unconstrained(at));
        return Cholesky.of(d.hessian()).map(h -> {
            double[] half = h.solveLower(d.gradient());
            double scaled = 0;
            for (double v : half) {
                scaled += v * v;
            }
            return scaled < NEAR;
        }).orElse(false);
    }
}
