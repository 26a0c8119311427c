package io.echelon.spark;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.fit.Iteration;
import io.echelon.spark.prepare.DataMatrices;
import io.echelon.spark.prepare.Egen;
import io.echelon.spark.prepare.Generation;
import io.echelon.spark.prepare.Indicators;
import io.echelon.spark.prepare.MatrixCalculator;
import io.echelon.spark.prepare.Selections;
import io.echelon.spark.prepare.SurvivalColumns;
import io.echelon.spark.read.ColumnNames;
import io.echelon.spark.read.SparkFailure;
import io.echelon.spec.CommandName;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import io.echelon.spec.SurvivalTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a sequence of commands works on: the data set as it stands, matrices, constraints and results. */
public final class Workspace {
    private Dataset<Row> data;
    private final Map<String, double[][]> matrices = new LinkedHashMap<>();
    private final Map<Integer, LinearConstraint> constraints = new LinkedHashMap<>();
    private final Map<String, Fitted> stored = new LinkedHashMap<>();
    private SurvivalTime survival;
    private Fitted last;

    /** A workspace that begins with this data set. */
    public Workspace(Dataset<Row> data) {
        this.data = ColumnNames.usable(data.sparkSession(), data);
    }

    /**
     * Runs one command.
     *
     * @param log hears the iterations of an estimation as they are made
     * @return the fit, if the command was an estimation
     */
    public Optional<Fitted> run(Statement statement, Consumer<Iteration> log) {
        if (statement instanceof Statement.Quietly q) {
            return run(q.statement(), i -> { });
        }
        try {
            if (statement instanceof Statement.Estimation e) {
                last = estimate(e.spec(), log);
                return Optional.of(last);
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
            return MixedCommand.fit(data, spec, matrices, log);
        }
        return GeneralizedCommand.fit(data, spec, matrices, constraints, log);
    }

    private void prepare(Statement statement) {
        if (statement instanceof Statement.Generate g) {
            data = Generation.generate(data, g);
        } else if (statement instanceof Statement.Replace r) {
            data = Generation.replace(data, r);
        } else if (statement instanceof Statement.Egen e) {
            data = Egen.generate(data, e);
        } else if (statement instanceof Statement.TabulateGenerate t) {
            data = Indicators.generate(data, t);
        } else if (statement instanceof Statement.SelectRows s) {
            data = Selections.rows(data, s);
        } else if (statement instanceof Statement.SelectVariables s) {
            data = Selections.variables(data, s);
        } else if (statement instanceof Statement.Stset s) {
            data = SurvivalColumns.set(data, s.survival());
            survival = s.survival();
        } else if (statement instanceof Statement.MatrixDefine m) {
            matrices.put(m.name(), new MatrixCalculator(matrices).value(m.value()));
        } else if (statement instanceof Statement.Mkmat m) {
            matrices.putAll(DataMatrices.make(data, m));
        } else if (statement instanceof Statement.ConstraintDefine c) {
            constraints.put(c.number(), c.constraint());
        } else if (statement instanceof Statement.EstimatesStore s) {
            stored.put(s.name(), last().orElseThrow(() -> EchelonException.misuse(
                    "estimates store " + s.name() + ": no results to store; fit a model first")));
        } else if (statement instanceof Statement.EstimatesRestore r) {
            last = Optional.ofNullable(stored.get(r.name())).orElseThrow(() -> EchelonException.misuse(
                    "no results stored under " + r.name() + Spelling.hint(r.name(), stored.keySet())));
        } else if (statement instanceof Statement.Postestimation p) {
            throw EchelonException.misuse(p.command() + " is not available yet");
        }
    }

    /** The data set as the commands run so far have left it. */
    public Dataset<Row> data() {
        return data;
    }

    /** The results of the last estimation, or those restored since. */
    public Optional<Fitted> last() {
        return Optional.ofNullable(last);
    }

    /** Matrices by name; NaN is a missing element. */
    public Map<String, double[][]> matrices() {
        return Collections.unmodifiableMap(matrices);
    }

    /** Constraints by number. */
    public Map<Integer, LinearConstraint> constraints() {
        return Collections.unmodifiableMap(constraints);
    }

    /** Results kept by {@code estimates store}, by name. */
    public Map<String, Fitted> stored() {
        return Collections.unmodifiableMap(stored);
    }

    /** What {@code stset} declared. */
    public Optional<SurvivalTime> survival() {
        return Optional.ofNullable(survival);
    }
}
