package io.echelon.likelihood.generalized;

import io.echelon.family.Family;
import io.echelon.group.GroupBlock;
import io.echelon.quadrature.Integration;

/**
 * Gauss-Hermite quadrature over any number of nested levels. The log integral of a node is a function of the normals of its
 * ancestors, placed anew (adapted) at each node of its parent's rule. Derivatives hold the nodes still (T. A. Louis, JRSS B 44, 1982):
 * with posterior weights π_k, complete-data scores s_k and Hessians H_k of a node, g = Σ π_k s_k and
 * H = Σ π_k (H_k + (s_k − g)(s_k − g)'), level by level.
 */
public record QuadratureLikelihood(Family family, Loadings loadings, Integration integration, Factorization factorization)
        implements IntegratedLikelihood {
    private static final long serialVersionUID = 1L;

    /** With modes found by Cholesky. */
    public QuadratureLikelihood(Family family, Loadings loadings, Integration integration) {
        this(family, loadings, integration, Factorization.CHOLESKY);
    }

    @Override
    public PosteriorMoments posterior(GroupBlock block, Parameters parameters) {
        return new QuadratureSweep(new Predictor(block, family, parameters, loadings), integration, factorization).posterior();
    }

    @Override
    public Contribution evaluate(GroupBlock block, Parameters parameters) {
        return new QuadratureSweep(new Predictor(block, family, parameters, loadings), integration, factorization).run();
    }

    /** The value sees the nodes move with the parameters, its derivatives do not. */
    @Override
    public double slack() {
        return integration.method() == Integration.Method.NONADAPTIVE ? 0 : 1e-6;
    }
}
