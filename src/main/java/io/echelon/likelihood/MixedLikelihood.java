package io.echelon.likelihood;

import io.echelon.linalg.Cholesky;
import java.util.Optional;

/**
 * The (restricted) likelihood of a linear mixed model with independent residuals as a function of the natural covariance
 * parameters of {@link CovarianceParameters}; the fixed effects are profiled out.
 */
public interface MixedLikelihood {
    /**
     * The likelihood at given covariance parameters, with what was found on the way.
     *
     * @param natural  natural covariance parameters, σ² last
     * @param value    ℓ
     * @param beta     generalised least squares estimate in standardised coordinates, p
     * @param factor   of A = X'(V/σ²)⁻¹X in standardised coordinates
     * @param distance Q, the minimum over β of (y − Xβ)'(V/σ²)⁻¹(y − Xβ), in standardised coordinates
     */
    record Evaluation(double[] natural, double value, double[] beta, Cholesky factor, double distance) {}

    /** Evaluates the likelihood; empty where covariance parameters are infeasible or A is not positive definite. */
    Optional<Evaluation> evaluate(double[] natural);

    /**
     * Derivatives of −2ℓ with respect to the natural parameters, σ² last. The gradient is exact; the Hessian of a
     * {@link #costly} likelihood is an approximation that serves to find the maximum.
     */
    Derivatives derivatives(Evaluation evaluation);

    /** The derivatives with the exact Hessian. */
    default Derivatives exactDerivatives(Evaluation evaluation) {
        return derivatives(evaluation);
    }

    /** Whether an evaluation costs so much that EM iterations and exact Hessians on the way are not worth making. */
    default boolean costly() {
        return false;
    }

    /** X'V⁻¹X with its derivatives, for small-sample inference about the fixed effects of restricted likelihood. */
    FixedInformation fixedInformation(Evaluation evaluation);

    /** Scores of the clusters at the maximum of the likelihood, for robust standard errors. */
    GroupScores scores(Evaluation evaluation);
}
