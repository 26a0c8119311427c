package io.echelon.likelihood.generalized;

/**
 * Means and covariances of the standard normals v of every node, given the responses.
 *
 * @param mean       for each level: q values a node
 * @param covariance for each level: q×q values a node
 */
public record PosteriorMoments(double[][] mean, double[][] covariance) {
    /** Zero for every node of the block of a predictor. */
    static PosteriorMoments zero(Predictor predictor) {
        double[][] mean = new double[predictor.levels][];
        double[][] covariance = new double[predictor.levels][];
        for (int l = 0; l < mean.length; l++) {
            int q = predictor.q[l];
            mean[l] = new double[predictor.block.nodes(l) * q];
            covariance[l] = new double[predictor.block.nodes(l) * q * q];
        }
        return new PosteriorMoments(mean, covariance);
    }

    /** Adds a point, from {@code v[at]}, with its weight to the first and second moments of a node. */
    void add(int level, int node, int q, double[] v, int at, double weight) {
        for (int i = 0; i < q; i++) {
            mean[level][node * q + i] += weight * v[at + i];
            for (int j = 0; j < q; j++) {
                covariance[level][(node * q + i) * q + j] += weight * v[at + i] * v[at + j];
            }
        }
    }

    /** Turns second moments into covariances. */
    PosteriorMoments centred(int[] q) {
        for (int l = 0; l < mean.length; l++) {
            for (int node = 0; node < mean[l].length / q[l]; node++) {
                for (int i = 0; i < q[l]; i++) {
                    for (int j = 0; j < q[l]; j++) {
                        covariance[l][(node * q[l] + i) * q[l] + j] -= mean[l][node * q[l] + i] * mean[l][node * q[l] + j];
                    }
                }
            }
        }
        return this;
    }
}
