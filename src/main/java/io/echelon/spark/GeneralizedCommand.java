package io.echelon.spark;

import io.echelon.design.Binder;
import io.echelon.design.Binding;
import io.echelon.design.Design;
import io.echelon.design.RecordedSurvey;
import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.estimate.generalized.GeneralizedEstimator;
import io.echelon.estimate.generalized.GeneralizedFit;
import io.echelon.estimate.generalized.RandomCollinearity;
import io.echelon.fit.Iteration;
import io.echelon.fit.SurvivalSetting;
import io.echelon.postestimation.Results;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.CrossedRowsPacker;
import io.echelon.spark.pack.FactorSurvey;
import io.echelon.spark.pack.GroupBlockPacker;
import io.echelon.spark.pack.PackedRows;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.CommandName;
import io.echelon.spec.GeneralizedOptions.IntegrationMethod;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.SurvivalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code meglm} and its relatives: from a data set to a fit. */
final class GeneralizedCommand {
    private GeneralizedCommand() {}

    static Fitted fit(Dataset<Row> data, ModelSpec spec, Map<String, double[][]> matrices,
                      Map<Integer, LinearConstraint> constraints, Optional<SurvivalTime> survival,
                      Consumer<Iteration> log) {
        List<LinearConstraint> inForce = inForce(spec, constraints);
        Dataset<Row> rows = Rows.of(data, spec.sample());
        Schema schema = Schemas.of(data.schema());
        RecordedSurvey survey = new RecordedSurvey(new FactorSurvey(rows));
        Design design = Binder.bind(spec, schema, survey, matrices);
        Optional<PackedRows> crossed = design.crossed() && laplace(spec) && !design.weighted() && !design.robust()
                ? Optional.of(CrossedRowsPacker.pack(rows, design)).filter(CrossedRoom::fits) : Optional.empty();
        boolean indicators = design.crossed() && crossed.isEmpty();
        PackedRows packed = crossed.isPresent() ? crossed.get()
                : pack(rows, indicators ? Binder.bindWithIndicators(spec, schema, survey, matrices) : design);
        GeneralizedFit fit = GeneralizedEstimator.fit(packed.design(), packed.parts(), inForce, matrices, log);
        PredictedEffects<?> effects = new PredictedEffects<>(fit.parts(), fit.randomEffects());
        return new Fitted(new Results(fit.design(), fit.estimates().with(setting(spec, survival)), Optional.empty()),
                Binding.of(fit.design(), schema, survey, matrices, indicators), () -> data,
                () -> effects.table(data.sparkSession()));
    }

    /** What {@code stset} declared, of a survival model. */
    private static List<SurvivalSetting> setting(ModelSpec spec, Optional<SurvivalTime> survival) {
        List<SurvivalSetting> all = new ArrayList<>();
        survival.filter(s -> spec.command() == CommandName.MESTREG)
                .ifPresent(s -> s.setting().forEach((name, value) -> all.add(new SurvivalSetting(name, value))));
        return all;
    }

    /** Whether crossed effects are integrated by the method that is made for many of them. */
    private static boolean laplace(ModelSpec spec) {
        return spec.generalized().method().orElse(IntegrationMethod.LAPLACE) == IntegrationMethod.LAPLACE;
    }

    /** The packed rows, without dependent columns of random-effects equations. */
    private static PackedRows pack(Dataset<Row> rows, Design design) {
        PackedRows packed = GroupBlockPacker.pack(rows, design);
        Optional<Design> reduced = RandomCollinearity.reducedByRows(design, packed.parts());
        if (reduced.isEmpty()) {
            return packed;
        }
        packed.parts().close();
        return GroupBlockPacker.pack(rows, reduced.get());
    }

    private static List<LinearConstraint> inForce(ModelSpec spec, Map<Integer, LinearConstraint> constraints) {
        List<LinearConstraint> inForce = new ArrayList<>();
        for (int number : spec.generalized().constraints()) {
            inForce.add(Optional.ofNullable(constraints.get(number)).orElseThrow(() -> EchelonException.misuse(
                    "constraints(" + number + "): constraint " + number + " is not defined; write it first, as in constraint "
                            + number + " _b[x] = 1")));
        }
        return inForce;
    }
}
