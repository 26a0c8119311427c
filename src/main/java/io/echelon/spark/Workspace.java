package io.echelon.spark;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.TextVariable;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.fit.Iteration;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.ComparedMargins;
import io.echelon.postestimation.PostedEstimates;
import io.echelon.postestimation.Results;
import io.echelon.postestimation.SurvivalSummary;
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
import io.echelon.spark.read.DataReader;
import io.echelon.spark.read.MissingMarks;
import io.echelon.spark.read.SparkFailure;
import io.echelon.spark.read.StoredResults;
import io.echelon.spec.CommandName;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.Margins;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Predict;
import io.echelon.spec.Statement;
import io.echelon.spec.SurvivalTime;
import io.echelon.yaml.JobConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** What a sequence of commands works on: the data set as it stands, matrices, constraints and results. */
public final class Workspace {
    private Dataset<Row> data;
    private final Map<String, double[][]> matrices = new LinkedHashMap<>();
    private final Map<Integer, LinearConstraint> constraints = new LinkedHashMap<>();
    private final StoredFits fits = new StoredFits();
    private final Postestimation postestimation = new Postestimation(fits,
            (fit, spec) -> estimate(fit.data().get(), spec, i -> { }).from(fit.origin()));
    /** The source of the data; empty where they could not be made again from it and the commands since. */
    private Optional<JobConfig.Data> source = Optional.empty();
    private final List<String> preparation = new ArrayList<>();
    private final SparkSession spark;
    private SurvivalTime survival;
    private ComparedMargins margins;
    private boolean predicted;

    /** A workspace that begins with this data set. */
    public Workspace(Dataset<Row> data) {
        this.spark = data.sparkSession();
        this.data = ColumnNames.usable(spark, data);
    }

    /** A workspace that begins with the data of a source. */
    public Workspace(SparkSession spark, JobConfig.Data source) {
        this(DataReader.read(spark, source));
        this.source = Optional.of(DataOrigin.lasting(source));
    }

    /** A workspace without data, for commands on stored results. */
    public Workspace(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Takes up the fits of a folder: each under its number (from 1) and the names it was stored under, the last one as the
     * last results. Commands that need data find those of this workspace, or else those of the fit, read and prepared again.
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
        Results values = new Results(bound.with(fixed, estimates.notes()), estimates, stored.freedom());
        Optional<DataOrigin> origin = stored.origin().map(DataOrigin::parse);
        Supplier<Dataset<Row>> again = once(() -> origin.orElseThrow(Workspace::noData).read(spark));
        return new Fitted(values, stored.binding(), () -> data == null ? again.get() : data,
                () -> results.table("random_effects").filter(functions.col("model").equalTo(stored.model())).drop("model"),
                Optional.empty(), origin.isPresent() ? again : () -> Optional.ofNullable(data).orElseThrow(Workspace::noData), origin);
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        List<T> made = new ArrayList<>();
        return () -> {
            if (made.isEmpty()) {
                made.add(supplier.get());
            }
            return made.get(0);
        };
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
                Fitted fit = estimate(data(), e.spec(), log).from(source.map(s -> new DataOrigin(s, preparation)));
                fits.add(fit);
                return Optional.of(fit);
            }
            if (statement instanceof Statement.Postestimation p && p.command() instanceof Predict c) {
                PredictCommand.Predictions predictions = PredictCommand.run(c, fits.required("predict"), rows("predict"));
                data = predictions.data();
                predicted = true;
                source = Optional.empty();
                return Optional.of(new Answered(p.text(), predictions.answer()));
            }
            if (statement instanceof Statement.Postestimation p && p.command() instanceof Margins c) {
                return Optional.of(new Answered(p.text(), margins(c)));
            }
            if (statement instanceof Statement.Postestimation p) {
                return Optional.of(postestimation.run(p));
            }
            if (statement instanceof Statement.Draw d) {
                return Optional.of(DrawCommand.run(d, this::data, fits, Optional.ofNullable(margins)));
            }
            if (statement instanceof Statement.Stset s) {
                SurvivalColumns columns = SurvivalColumns.of(data(), s.survival());
                SurvivalSummary summary = columns.summary();
                data = columns.data();
                survival = s.survival();
                preparation.add(s.text());
                return Optional.of(new Answered(s.text(), summary));
            }
            prepare(statement);
            if (!(statement instanceof Statement.EstimatesStore) && !(statement instanceof Statement.EstimatesRestore)
                    && !(statement instanceof Statement.EstimatesDrop)) {
                preparation.add(statement.text());
            }
            return Optional.empty();
        } catch (TextVariable e) {
            throw MissingMarks.anyText(data(), e.variable()).map(e::holding).orElse(e);
        } catch (Exception e) {
            if (SparkFailure.isSparks(e)) {
                throw SparkFailure.of(statement.text(), e);
            }
            throw e;
        }
    }

    private Answer margins(Margins command) {
        Fitted fit = fits.required("margins");
        margins = MarginsCommand.run(command, fit, rows("margins"));
        if (command.post()) {
            fits.post(fit.with(PostedEstimates.of(margins, fit.results())));
        }
        return margins.answer();
    }

    private Fitted estimate(Dataset<Row> rows, ModelSpec spec, Consumer<Iteration> log) {
        if (spec.command() == CommandName.MIXED) {
            return MixedCommand.fit(rows, spec, matrices, log);
        }
        return GeneralizedCommand.fit(rows, spec, matrices, constraints, survival(), log);
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
        } else if (statement instanceof Statement.MatrixDefine m) {
            matrices.put(m.name(), new MatrixCalculator(matrices).value(m.value()));
        } else if (statement instanceof Statement.Mkmat m) {
            matrices.putAll(DataMatrices.make(data(), m));
        } else if (statement instanceof Statement.ConstraintDefine c) {
            constraints.put(c.number(), c.constraint());
        } else if (statement instanceof Statement.EstimatesStore s) {
            fits.store(s.name());
        } else if (statement instanceof Statement.EstimatesDrop d) {
            fits.drop(d.names());
        } else if (statement instanceof Statement.EstimatesRestore r) {
            fits.restore(r.name());
        }
    }

    /** The data set, or that of the last results where the session has none. */
    private Dataset<Row> rows(String command) {
        return data == null ? fits.required(command).data().get() : data;
    }

    /** The data set as the commands run so far have left it. */
    public Dataset<Row> data() {
        return data == null ? fits.last().orElseThrow(Workspace::noData).data().get() : data;
    }

    private static EchelonException noData() {
        return EchelonException.misuse("this needs data, and the session has none: name them (--data FILE on the command"
                + " line, data: in a job, open(data) in Java)");
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
