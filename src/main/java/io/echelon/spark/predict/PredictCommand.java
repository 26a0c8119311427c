package io.echelon.spark.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Level;
import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.Predicted;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.postestimation.predict.PredictionPlan;
import io.echelon.postestimation.predict.RowPredictor;
import io.echelon.spark.Fitted;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.prepare.Generation;
import io.echelon.spec.Predict;
import io.echelon.spec.Statement.StorageType;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code predict}: appends predicted variables to a data set. The random effects of all groups go to every executor, so that
 * rows need not move, or are joined to the rows where they are too many for that; nothing is computed before somebody reads the new variables, but for one pass that counts missing
 * values and groups not seen.
 */
public final class PredictCommand {
    private PredictCommand() {}

    /** The data set with the new variables, and what is to be said of them. */
    public record Predictions(Dataset<Row> data, Predicted answer) {}

    /**
     * Runs the command.
     *
     * @param fit  the results it works on
     * @param data the rows, which need not be those of the estimation
     * @throws EchelonException if the data lack a variable, or a factor variable has levels not seen in estimation
     */
    public static Predictions run(Predict command, Fitted fit, Dataset<Row> data) {
        if (command.statistic().filter(s -> s == Statistic.SCORES).isPresent()) {
            return ScoresCommand.run(command, fit, data);
        }
        PredictionPlan plan = new PredictionPlan(command, fit.results());
        plan.predictors().forEach(p -> Generation.requireNew(data, p.name()));
        List<Source> sources = fit.design().sources();
        List<PredictedLevel> levels = plan.needsGroups() ? plan.levels() : List.of();
        PredictionInputs inputs = PredictionInputs.of(sources, plan.needed(), levels, data.schema());
        KnownGroups groups = levels.isEmpty() ? KnownGroups.none() : KnownGroups.of(fit, plan, inputs);
        Rows rows = Rows.of(data, command.subset());
        Dataset<Row> base = groups.joined() ? JoinedEffects.join(rows.data(), fit, plan) : rows.data();
        Dataset<Row> asked = rows.condition().map(rows.data()::filter).orElse(rows.data());
        // Joined effects are not needed to look at the rows.
        List<PredictedLevel> indexed = groups.joined() ? List.of() : levels;
        PredictionInputs looked = groups.joined() ? PredictionInputs.of(sources, plan.needed(), indexed, data.schema()) : inputs;
        List<Set<Object>> known = PredictionCheck.known(sources, plan.needed(), fit.binding());
        PredictionCheck check = PredictionCheck.of(asked.select(looked.columns(sources, indexed, data.schema(), false)), looked,
                known, groups.effects());
        check.requireKnownLevels(sources);
        Dataset<Row> predicted = base;
        Column[] columns = inputs.columns(sources, levels, data.schema(), groups.joined());
        for (RowPredictor p : plan.predictors()) {
            Column value = udf(new PredictFunction(p, inputs, groups), DataTypes.DoubleType).apply(struct(columns));
            predicted = predicted.withColumn(p.name(), rows.condition().map(c -> when(c, value)).orElse(value));
            if (plan.whitened().isPresent()) {
                List<Level> nested = fit.design().levels();
                predicted = WhitenedResiduals.of(predicted, p.name(), plan.whitened().get(), sources,
                        nested.isEmpty() ? List.of() : nested.get(nested.size() - 1).grouping());
            }
            if (command.type().filter(t -> t == StorageType.FLOAT).isPresent()) {
                predicted = predicted.withColumn(p.name(), col(p.name()).cast("float"));
            }
        }
        List<Predicted.Unseen> unseen = groups.joined()
                ? levels.stream().map(l -> JoinedEffects.unseen(asked, fit, l)).filter(u -> u.rows() > 0).toList()
                : unseen(levels, check);
        return new Predictions(rows.clean(groups.joined() ? JoinedEffects.clean(predicted) : predicted),
                new Predicted(plan.title(), plan.predictors().stream().map(RowPredictor::name).toList(),
                        command.statistic().isEmpty() ? Optional.of(plan.statistic()) : Optional.empty(), plan.notes(),
                        check.rows(), check.missing(), unseen));
    }

    private static List<Predicted.Unseen> unseen(List<PredictedLevel> levels, PredictionCheck check) {
        List<Predicted.Unseen> unseen = new ArrayList<>();
        for (int l = 0; l < levels.size(); l++) {
            if (check.unseenRows(l) > 0) {
                String name = levels.get(l).path().equals("_all") ? String.join("", levels.get(l).grouping())
                        : levels.get(l).path();
                unseen.add(new Predicted.Unseen(name, check.unseenGroups(l), check.unseenRows(l)));
            }
        }
        return unseen;
    }
}
