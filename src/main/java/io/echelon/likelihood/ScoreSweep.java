package io.echelon.likelihood;

import io.echelon.group.Moments;
import io.echelon.group.PartStore;

/**
 * Finds the scores of the clusters of a part at given parameters. Can be sent to executors.
 *
 * @param covariances relative covariance matrices of the levels
 * @param residual    parameters of the residual structure
 * @param places      of what a sweep sums up
 * @param coordinates with β in standardised coordinates
 * @param variance    σ² in standardised coordinates
 */
public record ScoreSweep(LevelCovariance[] covariances, double[] residual, RootSums places, RootCoordinates coordinates,
                         double variance) implements PartStore.Kernel<Moments, GroupScores> {
    private static final long serialVersionUID = 1L;

    /**
     * The sweep at these parameters.
     *
     * @param natural          natural covariance parameters, σ² last
     * @param beta             coefficients in standardised coordinates, p
     * @param responseVariance square of the scale of the response
     */
    public static ScoreSweep at(CovarianceParameters parameters, double[] natural, double[] beta, double responseVariance) {
        return new ScoreSweep(parameters.relative(natural), parameters.ofResidual(natural),
                new RootSums(beta.length, parameters.relativeCount(), false, false), new RootCoordinates(beta, null),
                natural[parameters.count()] / responseVariance);
    }

    @Override
    public GroupScores apply(Moments moments) {
        return GroupScores.of(moments, this);
    }
}
