package io.echelon;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.fit.Iteration;
import io.echelon.spark.Drawn;
import io.echelon.spark.Fitted;
import io.echelon.spark.Outcome;
import io.echelon.spark.Workspace;
import io.echelon.spark.read.StoredResults;
import io.echelon.spark.write.ResultFolder;
import io.echelon.spec.Expression;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import io.echelon.spec.Subset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A data set that commands work on, one after the other, with the matrices, constraints and stored results they leave
 * behind. Not for use by several threads at once.
 */
public final class Session {
    private final SparkSession spark;
    private final Workspace workspace;
    private final List<Fit> fits = new ArrayList<>();
    private Consumer<Iteration> log = i -> { };

    Session(SparkSession spark, Workspace workspace) {
        this.spark = spark;
        this.workspace = workspace;
    }

    /** Who hears the iterations of estimation commands as they are made. */
    public Session onIteration(Consumer<Iteration> listener) {
        log = listener;
        return this;
    }

    /** Runs one command; its result, if it was an estimation or a command on its results. */
    public Optional<Result> run(String command) {
        return run(CommandReader.read(command));
    }

    /** Runs one command that was read already. */
    public Optional<Result> run(Statement statement) {
        Optional<Result> result = workspace.run(statement, log).map(this::result);
        result.filter(Fit.class::isInstance).ifPresent(f -> fits.add((Fit) f));
        return result;
    }

    private Result result(Outcome outcome) {
        return outcome instanceof Fitted f ? new Fit(spark, f)
                : outcome instanceof Drawn d ? new Drawing(spark, d) : new Answered((io.echelon.spark.Answered) outcome);
    }

    /** Runs the commands of a script, one a line; their results. */
    public List<Result> runAll(String script) {
        return CommandReader.readAll(script).stream().map(this::run).flatMap(Optional::stream).toList();
    }

    /** Runs the commands of a script, one a line; the fit of its last estimation command. */
    public Fit fit(String script) {
        List<Result> results = runAll(script);
        return results.stream().filter(Fit.class::isInstance).map(Fit.class::cast).reduce((a, b) -> b)
                .orElseThrow(() -> EchelonException.misuse("there is no estimation command in: " + script));
    }

    /** Fits a model. */
    public Fit fit(ModelSpec model) {
        return (Fit) run(new Statement.Estimation(model)).orElseThrow();
    }

    /**
     * Takes up the fits stored in a folder, for commands on their results: each by its number from 1 ({@code estimates
     * restore 1}) and the names it was stored under, the last one as the last results.
     */
    public Session restore(String folder) {
        workspace.restore(new StoredResults(spark, folder));
        return this;
    }

    /** The fits made in this session, in order. */
    public List<Fit> fits() {
        return Collections.unmodifiableList(fits);
    }

    /** Writes the tables of the fits made in this session, numbered in the column {@code model}. */
    public void write(ResultFolder folder) {
        folder.write(fits.stream().map(Fit::fitted).toList(), workspace.fits()::names, workspace.predictions());
    }

    /** Makes a new variable: {@code generate name = value}. */
    public Session derive(String name, Expression value) {
        workspace.run(new Statement.Generate("generate " + name, Optional.empty(), name, value, Subset.all()), log);
        return this;
    }

    /** The data set as the commands so far have left it. */
    public Dataset<Row> data() {
        return workspace.data();
    }

    /** The results of the last estimation, or those restored since. */
    public Optional<Fit> last() {
        return workspace.fits().last().map(f -> new Fit(spark, f));
    }
}
