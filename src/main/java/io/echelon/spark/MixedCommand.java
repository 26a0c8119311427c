package io.echelon.spark;

import io.echelon.design.Binder;
import io.echelon.design.Design;
import io.echelon.design.Residuals;
import io.echelon.error.EchelonException;
import io.echelon.estimate.CrossedFit;
import io.echelon.estimate.MixedEstimator;
import io.echelon.estimate.MixedFit;
import io.echelon.fit.Iteration;
import io.echelon.group.BlockMoments;
import io.echelon.group.BlockScales;
import io.echelon.group.Standardization;
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
        refuseWhatIsMissing(spec);
        Dataset<Row> rows = Rows.of(data, spec.sample());
        Design design = Binder.bind(spec, Schemas.of(data.schema()), new FactorSurvey(rows), matrices);
        if (design.crossed()) {
            PackedCrossed packed = CrossedPacker.pack(rows, design);
            CrossedFit fit = MixedEstimator.fit(packed.design(), packed.moments(), packed.standardization(), log);
            return new Fitted(fit.design(), fit.estimates(),
                    () -> RandomEffectsTable.of(data.sparkSession(), fit.randomEffects().get()));
        }
        PackedMoments packed = design.residuals().isPresent() ? fromRows(rows, design) : MomentsPacker.pack(rows, design);
        MixedFit fit = MixedEstimator.fit(packed.design(), packed.parts(), packed.standardization(), log);
        return new Fitted(fit.design(), fit.estimates(),
                () -> RandomEffectsTable.of(data.sparkSession(), packed.parts(), fit.randomEffects()));
    }

    /** Cross-products that need the rows of a group together. */
    private static PackedMoments fromRows(Dataset<Row> rows, Design design) {
        PackedRows packed = GroupBlockPacker.pack(rows, design);
        Standardization standardization = BlockScales.of(design, packed.parts());
        ResidualModel residuals = design.residuals().map(Residuals::model).orElse(null);
        return new PackedMoments(packed.design(), packed.parts().map(block ->
                BlockMoments.of(block, standardization, residuals, false, false)), standardization);
    }

    private static void refuseWhatIsMissing(ModelSpec spec) {
        refuse(spec.sample().weight().isPresent() || spec.random().stream().anyMatch(r -> r.weight().isPresent()), "weights");
        refuse(spec.vce().filter(v -> !(v instanceof io.echelon.spec.Vce.Oim)).isPresent(), "vce(robust) and vce(cluster)");
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw EchelonException.misuse("mixed: " + what + " not available yet; leave it out");
        }
    }
}
