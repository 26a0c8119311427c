package io.echelon;

import io.echelon.command.CommandReader;
import io.echelon.fit.Iteration;
import io.echelon.spark.Workspace;
import io.echelon.spec.Expression;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import io.echelon.spec.Subset;
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
    private Consumer<Iteration> log = i -> { };

    Session(SparkSession spark, Dataset<Row> data) {
        this.spark = spark;
        this.workspace = new Workspace(data);
    }

    /** Who hears the iterations of estimation commands as they are made. */
    public Session onIteration(Consumer<Iteration> listener) {
        log = listener;
        return this;
    }

    /** Runs one command; the fit, if it was an estimation command. */
    public Optional<Fit> run(String command) {
        return run(CommandReader.read(command));
    }

    /** Runs one command that was read already. */
    public Optional<Fit> run(Statement statement) {
        return workspace.run(statement, log).map(f -> new Fit(spark, f));
    }

    /** Runs the commands of a script, one a line; the fits of its estimation commands. */
    public List<Fit> runAll(String script) {
        return CommandReader.readAll(script).stream().map(this::run).flatMap(Optional::stream).toList();
    }

    /** Fits a model. */
    public Fit fit(ModelSpec model) {
        return run(new Statement.Estimation(model)).orElseThrow();
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
        return workspace.last().map(f -> new Fit(spark, f));
    }
}
