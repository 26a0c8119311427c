package io.echelon.spark;

import io.echelon.design.Binder;
import io.echelon.design.Design;
import io.echelon.design.Residuals;
import io.echelon.estimate.CrossedFit;
import io.echelon.estimate.MixedEstimator;
import io.echelon.estimate.MixedFit;
import io.echelon.fit.Iteration;
import io.echelon.group.BlockMoments;
import io.echelon.group.BlockScales;
import io.echelon.group.Standardization;
import io.echelon.group.WeightScaling;
import io.echelon.residual.ResidualModel;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.CrossedPacker;
import io.echelon.spark.pack.FactorSurvey;
import io.echelon.spark.pack.GroupBlockPacker;
import io.echelon.spark.pack.MomentsPacker;
import io.echelon.spark.pack.PackedCrossed;
import io.echelon.spark.pack.PackedMoments;
import io.echelon.spark.pack.PackedRows;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.ModelSpec;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code mixed}: from a data set to a fit. */
final class MixedCommand {
    private MixedCommand() {}

    static Fitted fit(Dataset<Row> data, ModelSpec spec, Map<String, double[][]> matrices, Consumer<Iteration> log) {
        Dataset<Row> rows = Rows.of(data, spec.sample());
        Design design = Binder.bind(spec, Schemas.of(data.schema()), new FactorSurvey(rows), matrices);
        if (design.crossed()) {
            PackedCrossed packed = CrossedPacker.pack(rows, design);
            CrossedFit fit = MixedEstimator.fit(packed.design(), packed.moments(), packed.standardization(), log);
            return new Fitted(fit.design(), fit.estimates(),
                    () -> RandomEffectsTable.of(data.sparkSession(), fit.randomEffects().get()));
        }
        boolean together = design.residuals().isPresent() || design.weighted() || design.robust();
        PackedMoments packed = together ? fromRows(rows, design) : MomentsPacker.pack(rows, design);
        MixedFit fit = MixedEstimator.fit(packed.design(), packed.parts(), packed.standardization(), log);
        return new Fitted(fit.design(), fit.estimates(),
                () -> RandomEffectsTable.of(data.sparkSession(), packed.parts(), fit.randomEffects()));
    }

    /** Cross-products that need the rows of a group together. */
    private static PackedMoments fromRows(Dataset<Row> rows, Design design) {
        PackedRows packed = GroupBlockPacker.pack(rows, design);
        Standardization standardization = BlockScales.of(design, packed.parts());
        WeightScaling scaling = new WeightScaling(design.frequencyWeights(), design.spec().linear().pwscale().orElse(null));
        boolean scores = design.robust();
        ResidualModel residuals = design.residuals().map(Residuals::model).orElse(null);
        return new PackedMoments(packed.design(), packed.parts().map(block ->
                BlockMoments.of(block, standardization, residuals, scaling, scores)), standardization);
    }
}
