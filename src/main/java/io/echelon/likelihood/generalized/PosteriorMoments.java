package io.echelon.likelihood.generalized;

/**
 * Means and covariances of the standard normals v, given the responses: for a node those of its path, that is of the nodes it
 * lies in, outermost level first, and its own. Of crossed terms a path is the node alone.
 *
 * @param outer      for each level the number of normals of the levels above on a path
 * @param mean       for each level: s values a node, s the normals on its path
 * @param covariance for each level: s×s values a node
 */
public record PosteriorMoments(int[] outer, double[][] mean, double[][] covariance) {
    /** Zero for every node of the block of a predictor. */
    static PosteriorMoments zero(Predictor predictor) {
        double[][] mean = new double[predictor.levels][];
        double[][] covariance = new double[predictor.levels][];
        int[] outer = new int[predictor.levels];
        for (int l = 0; l < mean.length; l++) {
            outer[l] = predictor.start[l];
            int s = predictor.start[l + 1];
            mean[l] = new double[predictor.block.nodes(l) * s];
            covariance[l] = new double[predictor.block.nodes(l) * s * s];
        }
        return new PosteriorMoments(outer, mean, covariance);
    }

    /** Adds a point, s values of {@code v}, with its weight to the first and second moments of a node. */
    void add(int level, int node, int s, double[] v, double weight) {
        for (int i = 0; i < s; i++) {
            mean[level][node * s + i] += weight * v[i];
            for (int j = 0; j < s; j++) {
                covariance[level][(node * s + i) * s + j] += weight * v[i] * v[j];
            }
        }
    }

    /** Turns second moments into covariances. */
    PosteriorMoments centred(int[] start) {
        for (int l = 0; l < mean.length; l++) {
            int s = start[l + 1];
            for (int node = 0; node < mean[l].length / s; node++) {
                for (int i = 0; i < s; i++) {
                    for (int j = 0; j < s; j++) {
                        covariance[l][(node * s + i) * s + j] -= mean[l][node * s + i] * mean[l][node * s + j];
                    }
                }
            }
        }
        return this;
    }
}
