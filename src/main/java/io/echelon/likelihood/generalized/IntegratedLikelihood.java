package io.echelon.likelihood.generalized;

import io.echelon.group.GroupBlock;

/** A likelihood with random effects, which it can predict. */
public interface IntegratedLikelihood extends GroupLikelihood {
    /**
     * The random effects of the groups of a block: means and covariances by quadrature, mode and curvature by the Laplace
     * approximation.
     */
    PosteriorMoments posterior(GroupBlock block, Parameters parameters);
}
