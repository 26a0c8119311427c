package io.echelon.estimate.linear;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.SelectedColumns;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.LinearLikelihood;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.ResidualProducts;
import io.echelon.likelihood.RootMoments;
import java.util.Optional;

/** Cross-products of whole top-level groups. */
record NestedData(PartStore<Moments> parts, MomentLayout layout, RootMoments root) implements MixedData {
    static NestedData of(PartStore<Moments> parts, MomentLayout layout) {
        return new NestedData(parts, layout, RootMoments.of(parts, layout));
    }

    @Override
    public NestedData withFixed(int[] kept) {
        return kept.length == root.p() ? this : new NestedData(new SelectedColumns(parts, kept),
                new MomentLayout(layout.effects(), kept.length), root.withFixed(kept));
    }

    @Override
    public MixedLikelihood likelihood(CovarianceParameters parameters, Standardization standardization, boolean reml) {
        return new LinearLikelihood(parts, root, parameters, standardization, reml, true);
    }

    @Override
    public Optional<ResidualProducts> residualProducts(double[] beta) {
        return Optional.of(parts.aggregate(part -> ResidualProducts.of(part, beta), ResidualProducts::merge));
    }

    @Override
    public boolean[][] constantWithin(int[] constants) {
        return WithinGroups.constant(parts, layout, constants, root.products());
    }
}
