package io.echelon.spark;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.fit.Iteration;
import io.echelon.postestimation.Results;
import io.echelon.spark.pictures.DrawCommand;
import io.echelon.spark.predict.MarginsCommand;
import io.echelon.spark.predict.PredictCommand;
import io.echelon.spark.prepare.DataMatrices;
import io.echelon.spark.prepare.Egen;
import io.echelon.spark.prepare.Generation;
import io.echelon.spark.prepare.Indicators;
import io.echelon.spark.prepare.MatrixCalculator;
import io.echelon.spark.prepare.Selections;
import io.echelon.spark.prepare.SurvivalColumns;
import io.echelon.spark.read.ColumnNames;
import io.echelon.spark.read.SparkFailure;
import io.echelon.spark.read.StoredResults;
import io.echelon.spec.CommandName;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.Margins;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Predict;
import io.echelon.spec.Statement;
import io.echelon.spec.SurvivalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What a sequence of commands works on: the data set as it stands, matrices, constraints and results. */
public final class Workspace {
    private Dataset<Row> data;
    private final Map<String, double[][]> matrices = new LinkedHashMap<>();
    private final Map<Integer, LinearConstraint> constraints = new LinkedHashMap<>();
    private final StoredFits fits = new StoredFits();
    private final Postestimation postestimation = new Postestimation(fits);
    private SurvivalTime survival;
    private boolean predicted;

    /** A workspace that begins with this data set. */
    public Workspace(Dataset<Row> data) {
        this.data = ColumnNames.usable(data.sparkSession(), data);
    }

    /** A workspace without data, for commands on stored results. */
    public Workspace() {}

    /**
     * Takes up the fits of a folder: each under its number (from 1) and the names it was stored under, the last one as the
     * last results. Commands that need data find those of this workspace.
     */
    public void restore(StoredResults results) {
        for (StoredResults.StoredFit stored : results.fits()) {
            Fitted fit = restored(results, stored);
            fits.store(String.valueOf(stored.model()), fit);
            stored.names().forEach(n -> fits.store(n, fit));
            fits.add(fit);
        }
    }

    private Fitted restored(StoredResults results, StoredResults.StoredFit stored) {
        Estimates estimates = stored.estimates();
        Design bound = stored.binding().design(estimates.spec());
        List<Column> fixed = new ArrayList<>();
        for (int j = 0; j < bound.fixed().size(); j++) {
            fixed.add(bound.fixed().get(j).with(estimates.coefficients().get(j).status()));
        }
        Results values = new Results(bound.with(fixed, estimates.notes()), estimates, Optional.empty());
        return new Fitted(values, stored.binding(), this::data, () -> results.table("random_effects")
                .filter(functions.col("model").equalTo(stored.model())).drop("model"));
    }

    /**
     * Runs one command.
     *
     * @param log hears the iterations of an estimation as they are made
     * @return what it gives, if it was an estimation or a command on its results
     */
    public Optional<Outcome> run(Statement statement, Consumer<Iteration> log) {
        if (statement instanceof Statement.Quietly q) {
            return run(q.statement(), i -> { });
        }
        try {
            if (statement instanceof Statement.Estimation e) {
                Fitted fit = estimate(e.spec(), log);
                fits.add(fit);
                return Optional.of(fit);
            }
            if (statement instanceof Statement.Postestimation p && p.command() instanceof Predict c) {
                PredictCommand.Predictions predictions = PredictCommand.run(c, fits.required("predict"), data());
                data = predictions.data();
                predicted = true;
                return Optional.of(new Answered(p.text(), predictions.answer()));
            }
            if (statement instanceof Statement.Postestimation p && p.command() instanceof Margins c) {
                return Optional.of(new Answered(p.text(), MarginsCommand.run(c, fits.required("margins"), data())));
            }
            if (statement instanceof Statement.Postestimation p) {
                return Optional.of(postestimation.run(p));
            }
            if (statement instanceof Statement.Draw d) {
                return Optional.of(DrawCommand.run(d, this::data, fits));
            }
            prepare(statement);
            return Optional.empty();
        } catch (Exception e) {
            if (SparkFailure.isSparks(e)) {
                throw SparkFailure.of(statement.text(), e);
            }
            throw e;
        }
    }

    private Fitted estimate(ModelSpec spec, Consumer<Iteration> log) {
        if (spec.command() == CommandName.MIXED) {
            return MixedCommand.fit(data(), spec, matrices, log);
        }
        return GeneralizedCommand.fit(data(), spec, matrices, constraints, log);
    }

    private void prepare(Statement statement) {
        if (statement instanceof Statement.Generate g) {
            data = Generation.generate(data(), g);
        } else if (statement instanceof Statement.Replace r) {
            data = Generation.replace(data(), r);
        } else if (statement instanceof Statement.Egen e) {
            data = Egen.generate(data(), e);
        } else if (statement instanceof Statement.TabulateGenerate t) {
            data = Indicators.generate(data(), t);
        } else if (statement instanceof Statement.SelectRows s) {
            data = Selections.rows(data(), s);
        } else if (statement instanceof Statement.SelectVariables s) {
            data = Selections.variables(data(), s);
        } else if (statement instanceof Statement.Stset s) {
            data = SurvivalColumns.set(data(), s.survival());
            survival = s.survival();
        } else if (statement instanceof Statement.MatrixDefine m) {
            matrices.put(m.name(), new MatrixCalculator(matrices).value(m.value()));
        } else if (statement instanceof Statement.Mkmat m) {
            matrices.putAll(DataMatrices.make(data(), m));
        } else if (statement instanceof Statement.ConstraintDefine c) {
            constraints.put(c.number(), c.constraint());
        } else if (statement instanceof Statement.EstimatesStore s) {
            fits.store(s.name());
        } else if (statement instanceof Statement.EstimatesRestore r) {
            fits.restore(r.name());
        }
    }

    /** The data set as the commands run so far have left it. */
    public Dataset<Row> data() {
        if (data == null) {
            throw EchelonException.misuse("this needs data, and the session has none: name them (--data FILE on the command"
                    + " line, data: in a job, open(data) in Java)");
        }
        return data;
    }

    /** The data set with its predicted variables, if {@code predict} has made some. */
    public Optional<Dataset<Row>> predictions() {
        return predicted ? Optional.of(data) : Optional.empty();
    }

    /** The results of estimations. */
    public StoredFits fits() {
        return fits;
    }

    /** Matrices by name; NaN is a missing element. */
    public Map<String, double[][]> matrices() {
        return Collections.unmodifiableMap(matrices);
    }

    /** Constraints by number. */
    public Map<Integer, LinearConstraint> constraints() {
        return Collections.unmodifiableMap(constraints);
    }

    /** What {@code stset} declared. */
    public Optional<SurvivalTime> survival() {
        return Optional.ofNullable(survival);
    }
}
