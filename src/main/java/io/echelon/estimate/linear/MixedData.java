package io.echelon.estimate.linear;

import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.ResidualProducts;
import io.echelon.likelihood.RootMoments;
import java.util.Optional;

/** The cross-products a mixed model is fitted to: of nested groups, or of crossed ones. */
interface MixedData {
    /** What is known of all rows together. */
    RootMoments root();

    /** The same data with only the fixed-effects columns {@code kept}, given by their positions in order. */
    MixedData withFixed(int[] kept);

    /** The likelihood of a model with random effects. */
    MixedLikelihood likelihood(CovarianceParameters parameters, Standardization standardization, boolean reml);

    /**
     * For each level and regressor, whether it is constant within every group.
     *
     * @param constants for each level the position of the constant among its random effects, or −1
     */
    boolean[][] constantWithin(int[] constants);

    /** Sums of products of the residuals around coefficients, where the residual structure can start from them. */
    default Optional<ResidualProducts> residualProducts(double[] beta) {
        return Optional.empty();
    }

    /**
     * Variances to start from, if the data offer better ones than the usual: of the standardised columns of each level,
     * then σ², all over the square of the response's scale.
     */
    default Optional<double[]> startingVariances() {
        return Optional.empty();
    }
}
