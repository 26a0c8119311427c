package io.echelon.likelihood.crossed;

import io.echelon.error.EchelonException;
import io.echelon.group.CrossedMoments;
import io.echelon.group.Standardization;
import io.echelon.likelihood.BestPredictor;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.Derivatives;
import io.echelon.likelihood.FixedInformation;
import io.echelon.likelihood.GroupScores;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.RootSums;
import io.echelon.linalg.LargeSymmetric;
import java.util.Optional;

/**
 * The (restricted) likelihood of a linear mixed model with crossed random effects; see {@link CrossedSystem} for the
 * algebra. Where the root is wide, the Hessian on the way to the maximum is the average information (Gilmour, Thompson and
 * Cullis 1995, Biometrics 51, 1440–1450), which takes no products of large matrices.
 */
public final class CrossedLikelihood implements MixedLikelihood {
    /** Columns of the root up to which the exact Hessian costs nothing worth saving. */
    private static final int NARROW = 200;

    private final CrossedMoments moments;
    private final CovarianceParameters parameters;
    private final boolean reml;
    private final LargeSymmetric algebra;
    private final CrossedSystem system;
    private final double responseVariance;
    private final double constant;
    private double[] here;
    private Slope slope;

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
        slope = null;
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
    public boolean costly() {
        return moments.rootColumns() > NARROW;
    }

    @Override
    public Derivatives derivatives(Evaluation evaluation) {
        return costly() ? averageInformation(evaluation) : exactDerivatives(evaluation);
    }

    /** The derivatives with the average information in place of the Hessian. */
    Derivatives averageInformation(Evaluation evaluation) {
        Slope at = slope(evaluation);
        double s = at.residual;
        double[][] hessian = hessian(at, (i, j) -> at.curvature.quadratic(i, j) / (2 * s));
        int k = parameters.relativeCount();
        hessian[k][k] = system.quadratic() / (s * s * s);
        return inUnitsOfResponse(at, hessian);
    }

    @Override
    public Derivatives exactDerivatives(Evaluation evaluation) {
        Slope at = slope(evaluation);
        double s = at.residual;
        int k = parameters.relativeCount();
        double[][] trace = new TraceCurvature(system, k, algebra).second();
        double[][] hessian = hessian(at, (i, j) -> trace[i][j] + at.curvature.quadratic(i, j) / s
                + (reml ? at.curvature.logInformation(i, j) : 0));
        hessian[k][k] = -degrees() / (s * s) + 2 * system.quadratic() / (s * s * s);
        return inUnitsOfResponse(at, hessian);
    }

    /** What the derivatives at a point are made of; σ² is in standardised units. */
    private record Slope(double[] natural, double residual, double[] quadratic, double[] logDeterminant,
                         double[] gradient, QuadraticCurvature curvature) {}

    private Slope slope(Evaluation evaluation) {
        if (slope != null && slope.natural == evaluation.natural()) {
            return slope;
        }
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
        slope = new Slope(evaluation.natural(), s, quadratic, log, gradient,
                new QuadraticCurvature(system, solved, k, reml));
        return slope;
    }

    /**
     * Best linear unbiased predictors û = ΨZ'H⁻¹(y − Xβ̂) of the effects of every term, and the variances of their errors
     * σ²Ψ_y + U Var(β̂) U', where Ψ_y is the relative covariance matrix given the data and U = ΨZ'H⁻¹X; in standardised
     * coordinates.
     *
     * @param betaVariance Var(β̂), or null to treat β as known
     */
    public BestPredictor.Predictions[] predict(Evaluation evaluation, double[][] betaVariance) {
        system.moveTo(parameters.relative(evaluation.natural()));
        double s = evaluation.natural()[parameters.count()] / responseVariance;
        return new CrossedPredictor(system, system.invert(), s, betaVariance).predict();
    }

    /**
     * The errors of these predictors together with the fixed effects, in standardised coordinates.
     *
     * @param fixedVariance Var(β̂)
     */
    public CrossedErrors errors(double[] natural, double[][] fixedVariance) {
        system.moveTo(parameters.relative(natural));
        return new CrossedErrors(system, system.invert(), natural[parameters.count()] / responseVariance, fixedVariance);
    }

    private interface Element {
        double at(int i, int j);
    }

    private static double[][] hessian(Slope at, Element relative) {
        int k = at.quadratic.length;
        double[][] hessian = new double[k + 1][k + 1];
        for (int i = 0; i < k; i++) {
            hessian[i][k] = -at.quadratic[i] / (at.residual * at.residual);
            hessian[k][i] = hessian[i][k];
            for (int j = 0; j <= i; j++) {
                hessian[i][j] = relative.at(i, j);
                hessian[j][i] = hessian[i][j];
            }
        }
        return hessian;
    }

    private Derivatives inUnitsOfResponse(Slope at, double[][] hessian) {
        int k = at.quadratic.length;
        double[] gradient = at.gradient.clone();
        gradient[k] /= responseVariance;
        for (int i = 0; i <= k; i++) {
            hessian[i][k] /= responseVariance;
            hessian[k][i] /= responseVariance;
        }
        return parameters.toNatural(new Derivatives(gradient, hessian), at.natural);
    }

    @Override
    public FixedInformation fixedInformation(Evaluation evaluation) {
        Slope at = slope(evaluation);
        int k = parameters.relativeCount();
        int p = moments.layout().fixed();
        RootSums places = new RootSums(p, k, true, true);
        double[] sums = new double[places.derivativeLength()];
        double[][] lowerInverse = new double[p][p];
        for (int c = 0; c < p; c++) {
            double[] unit = new double[p];
            unit[c] = 1;
            double[] column = evaluation.factor().solveLower(unit);
            for (int r = 0; r < p; r++) {
                lowerInverse[r][c] = column[r];
            }
        }
        double[][] trace = new TraceCurvature(system, k, algebra).second();
        for (int i = 0; i < k; i++) {
            sums[places.logDeterminant(i)] = at.logDeterminant[i];
            pack(lowerInverse, at.curvature.first(i), sums, places.xx(i));
            for (int j = 0; j <= i; j++) {
                sums[places.logDeterminant(i, j)] = trace[i][j];
                pack(lowerInverse, at.curvature.second(i, j), sums, places.xx(i, j));
            }
        }
        return FixedInformation.of(sums, places, parameters, evaluation, lowerInverse, responseVariance, degrees(),
                Optional.empty());
    }

    /** Packed lower triangle of L⁻¹ M L⁻¹'. */
    private static void pack(double[][] lowerInverse, double[][] m, double[] packed, int start) {
        int at = start;
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j <= i; j++) {
                double v = 0;
                for (int a = 0; a <= i; a++) {
                    for (int b = 0; b <= j; b++) {
                        v += lowerInverse[i][a] * m[a][b] * lowerInverse[j][b];
                    }
                }
                packed[at++] = v;
            }
        }
    }

    @Override
    public GroupScores scores(Evaluation evaluation) {
        throw EchelonException.misuse("robust standard errors need groups that are independent of each other, which crossed"
                + " effects leave none of; use vce(oim)");
    }
}
