package io.echelon.spark;

import io.echelon.design.Binder;
import io.echelon.design.Binding;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.RecordedSurvey;
import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.estimate.FromValues;
import io.echelon.estimate.generalized.RandomCollinearity;
import io.echelon.estimate.linear.CrossedFit;
import io.echelon.estimate.linear.MixedEstimator;
import io.echelon.estimate.linear.MixedFit;
import io.echelon.fit.Iteration;
import io.echelon.group.BlockMoments;
import io.echelon.group.BlockScales;
import io.echelon.group.Standardization;
import io.echelon.group.WeightScaling;
import io.echelon.postestimation.Results;
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
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code mixed}: from a data set to a fit. */
final class MixedCommand {
    /** Columns of the dense system of crossed effects up to which it is taken without asking for another way. */
    private static final int WIDE_ROOT = 2000;
    /** Indicators of crossed factors that the elimination of nested levels carries along. */
    private static final int MOST_INDICATORS = 200;

    private MixedCommand() {}

    static Fitted fit(Dataset<Row> data, ModelSpec typed, Map<String, double[][]> matrices, Consumer<Iteration> log) {
        ModelSpec spec = typed.maximize().from().map(text -> typed.with(typed.maximize().startingFrom(
                FromValues.spelledOut(text, matrices)))).orElse(typed);
        Dataset<Row> rows = Rows.of(data, spec.sample());
        Schema schema = Schemas.of(data.schema());
        RecordedSurvey survey = new RecordedSurvey(new FactorSurvey(rows));
        Design design = Binder.bind(spec, schema, survey, matrices);
        boolean together = design.residuals().isPresent() || design.weighted() || design.robust();
        boolean crossed = design.crossed();
        if (crossed) {
            Optional<PackedCrossed> packed = together ? Optional.empty()
                    : Optional.of(crossed(rows, design)).filter(p -> !deep(p));
            if (packed.isPresent()) {
                Binding binding = Binding.of(packed.get().design(), schema, survey, matrices, false);
                return fit(data, packed.get(), binding, log);
            }
            design = Binder.bindWithIndicators(spec, schema, survey, matrices);
            requireFewIndicators(design);
        }
        PackedMoments packed = nested(rows, design, together);
        MixedFit fit = MixedEstimator.fit(packed.design(), packed.parts(), packed.standardization(), log);
        PredictedEffects<?> effects = new PredictedEffects<>(packed.parts(), fit.randomEffects());
        return new Fitted(new Results(fit.design(), fit.estimates(), fit.freedom()),
                Binding.of(fit.design(), schema, survey, matrices, crossed), () -> data,
                () -> effects.table(data.sparkSession()), Optional.of(effects::arrays), () -> data, Optional.empty());
    }

    /** The cross-products, without dependent columns of random-effects equations. */
    private static PackedCrossed crossed(Dataset<Row> rows, Design design) {
        PackedCrossed packed = CrossedPacker.pack(rows, design);
        return RandomCollinearity.reducedByMoments(design, packed.moments(), packed.standardization())
                .map(reduced -> CrossedPacker.pack(rows, reduced)).orElse(packed);
    }

    /** The cross-products, without dependent columns of random-effects equations. */
    private static PackedMoments nested(Dataset<Row> rows, Design design, boolean together) {
        PackedMoments packed = moments(rows, design, together);
        Optional<Design> reduced = RandomCollinearity.reducedByMoments(design, packed.parts(), packed.standardization());
        if (reduced.isEmpty()) {
            return packed;
        }
        packed.parts().close();
        return moments(rows, reduced.get(), together);
    }

    private static PackedMoments moments(Dataset<Row> rows, Design design, boolean together) {
        return together ? fromRows(rows, design) : MomentsPacker.pack(rows, design);
    }

    private static Fitted fit(Dataset<Row> data, PackedCrossed packed, Binding binding, Consumer<Iteration> log) {
        CrossedFit fit = MixedEstimator.fit(packed.design(), packed.moments(), packed.standardization(), log);
        return new Fitted(new Results(fit.design(), fit.estimates(), fit.freedom()), binding, () -> data,
                () -> RandomEffectsTable.of(data.sparkSession(), fit.randomEffects().get()));
    }

    /**
     * Whether the dense system of crossed effects would be large because of nested levels, while the factors that cross
     * them have few levels: indicators of these then leave a nested model, which any number of groups fits into.
     */
    private static boolean deep(PackedCrossed packed) {
        long ofFactors = 0;
        for (int l = 0; l < packed.design().levels().size(); l++) {
            Level level = packed.design().levels().get(l);
            ofFactors += level.effects().stream().anyMatch(e -> e.factor().isPresent()) ? packed.moments().nodes(l) : 0;
        }
        return packed.moments().rootColumns() > WIDE_ROOT && ofFactors <= MOST_INDICATORS;
    }

    private static void requireFewIndicators(Design design) {
        int columns = design.levels().get(0).columns().size();
        if (columns > MOST_INDICATORS) {
            throw EchelonException.misuse("with residuals(), weights or vce(robust), the factors of _all: R. may have "
                    + MOST_INDICATORS + " levels together; here they have " + columns
                    + ": leave the option out, or make the factor with most levels a level of its own (|| name:)");
        }
    }

    /** Cross-products that need the rows of a group together. */
    private static PackedMoments fromRows(Dataset<Row> rows, Design design) {
        PackedRows packed = GroupBlockPacker.pack(rows, design);
        Standardization standardization = BlockScales.of(design, packed.parts());
        WeightScaling scaling = new WeightScaling(design.frequencyWeights(), design.spec().linear().pwscale().orElse(null));
        boolean scores = design.robust();
        ResidualModel residuals = design.summedResiduals().orElse(null);
        return new PackedMoments(packed.design(), packed.parts().map(block ->
                BlockMoments.of(block, standardization, residuals, scaling, scores)), standardization);
    }
}
