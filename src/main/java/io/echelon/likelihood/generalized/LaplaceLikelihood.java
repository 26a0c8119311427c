package io.echelon.likelihood.generalized;

import io.echelon.family.Family;
import io.echelon.group.GroupBlock;

/**
 * Laplace approximation at the joint mode of all levels or crossed terms, log f(y|v̂) − v̂'v̂/2 − ½ log|H|, with its exact
 * gradient. Its Hessian would take fourth derivatives; the estimator takes differences of the gradient instead.
 * Crossed terms are factored by Cholesky always.
 */
public record LaplaceLikelihood(Family family, Loadings loadings, Factorization factorization)
        implements IntegratedLikelihood {
    private static final long serialVersionUID = 1L;

    /** By Cholesky. */
    public LaplaceLikelihood(Family family, Loadings loadings) {
        this(family, loadings, Factorization.CHOLESKY);
    }

    @Override
    public PosteriorMoments posterior(GroupBlock block, Parameters parameters) {
        Predictor predictor = new Predictor(block, family, parameters, loadings);
        return block.crossing() == null ? new LaplaceSweep(predictor, factorization).posterior() : crossed(predictor).posterior();
    }

    @Override
    public Contribution evaluate(GroupBlock block, Parameters parameters) {
        Predictor predictor = new Predictor(block, family, parameters, loadings);
        return block.crossing() == null ? new LaplaceSweep(predictor, factorization).run() : crossed(predictor).run();
    }

    /** Of crossed terms: the joint mode of their normals, node by node. */
    public double[][] crossedModes(GroupBlock block, Parameters parameters) {
        return crossed(new Predictor(block, family, parameters, loadings)).modes();
    }

    /** Of crossed terms: the joint mode, and the inverse of the negative Hessian there for any groups. */
    public CrossedPosterior crossedPosterior(GroupBlock block, Parameters parameters) {
        return crossed(new Predictor(block, family, parameters, loadings)).joint();
    }

    private static CrossedLaplace crossed(Predictor predictor) {
        return new CrossedLaplace(predictor, new CrossedCells(predictor.block));
    }

    @Override
    public boolean hasHessian() {
        return false;
    }
}
