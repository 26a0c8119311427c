package io.echelon.estimate.linear;

import io.echelon.error.EchelonException;
import io.echelon.group.CrossedMoments;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.RootMoments;
import io.echelon.likelihood.crossed.CrossedLikelihood;
import io.echelon.likelihood.crossed.QuadraticUnbiased;
import io.echelon.linalg.LargeSymmetric;
import java.util.Arrays;
import java.util.Optional;

/** Cross-products of crossed groups. */
record CrossedData(CrossedMoments moments) implements MixedData {
    /** Square arrays that the observed information needs at once, beside one for each parameter of the leaf. */
    private static final int SQUARES = 4;

    @Override
    public RootMoments root() {
        int[][] rows = moments.rows();
        return new RootMoments(moments.layout().fixed(), moments.n(), moments.fixed(),
                Arrays.stream(rows).mapToLong(r -> r.length).toArray(),
                Arrays.stream(rows).mapToInt(r -> Arrays.stream(r).min().orElse(0)).toArray(),
                Arrays.stream(rows).mapToInt(r -> Arrays.stream(r).max().orElse(0)).toArray());
    }

    @Override
    public CrossedData withFixed(int[] kept) {
        return kept.length == moments.layout().fixed() ? this : new CrossedData(moments.withFixed(kept));
    }

    @Override
    public MixedLikelihood likelihood(CovarianceParameters parameters, Standardization standardization, boolean reml) {
        requireRoom();
        return new CrossedLikelihood(moments, parameters, standardization, reml, LargeSymmetric.fastest());
    }

    private void requireRoom() {
        long m = moments.rootColumns();
        int leafParameters = moments.layout().effects()[moments.leafTerm()];
        RootRoom.require(m, 8 * m * m * (SQUARES + leafParameters * (leafParameters + 1) / 2));
    }

    @Override
    public boolean[][] constantWithin(int[] constants) {
        throw EchelonException.misuse("dfmethod(repeated) and dfmethod(anova) are for nested random effects;"
                + " with crossed ones use dfmethod(residual)");
    }

    @Override
    public Optional<double[]> startingVariances() {
        return QuadraticUnbiased.estimate(moments);
    }
}
