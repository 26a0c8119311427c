package io.echelon;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.fit.Iteration;
import io.echelon.report.html.Stop;
import io.echelon.spark.Drawn;
import io.echelon.spark.Fitted;
import io.echelon.spark.Outcome;
import io.echelon.spark.Workspace;
import io.echelon.spark.read.StoredResults;
import io.echelon.spark.write.ResultFolder;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import io.echelon.spec.Subset;
import io.echelon.yaml.JobConfig;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Optional<JobConfig.Data> source;
    private final History history = new History();
    private final ZonedDateTime started = ZonedDateTime.now();
    private Consumer<Iteration> log = i -> { };

    Session(SparkSession spark, Workspace workspace, Optional<JobConfig.Data> source) {
        this.spark = spark;
        this.workspace = workspace;
        this.source = source;
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
        history.add(statement);
        result.ifPresent(history::add);
        return result;
    }

    private Result result(Outcome outcome) {
        return outcome instanceof Fitted f ? new Fit(spark, f)
                : outcome instanceof Drawn d ? new Drawing(spark, d, history.fileName(d.name()))
                : new Answered((io.echelon.spark.Answered) outcome);
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
        return history.fits();
    }

    /**
     * Has the report say that the commands ended here.
     *
     * @param command what was refused or failed
     * @param reason  what was wrong with it
     * @param notRun  the commands after it
     */
    public Session stopped(Statement command, String reason, List<Statement> notRun) {
        history.stop(new Stop(command.text(), reason, notRun.stream().map(Statement::text).toList()));
        return this;
    }

    /** Whether there is anything to write: a fit, or predictions. */
    public boolean hasResults() {
        return !fits().isEmpty() || workspace.predictions().isPresent();
    }

    /** The results of this session so far, with pictures of the fits, as one HTML page that needs nothing else. */
    public String report() {
        return history.report(true, Origin.facts(spark, source, started));
    }

    /** Writes the tables of the fits made in this session, numbered in the column {@code model}, and {@code report.html}. */
    public void write(ResultFolder folder) {
        write(folder, JobConfig.Output.Report.FULL);
    }

    /** Writes the tables of the fits, pictures that no file holds yet, and {@code report.html} where it is wanted. */
    public void write(ResultFolder folder, JobConfig.Output.Report report) {
        Map<String, String> documents = new LinkedHashMap<>(history.unsaved());
        if (report != JobConfig.Output.Report.NOTHING) {
            documents.put(ResultFolder.REPORT, history.report(report == JobConfig.Output.Report.FULL,
                    Origin.facts(spark, source, started)));
        }
        folder.write(fits().stream().map(Fit::fitted).toList(), workspace.fits()::names, workspace.predictions(), documents);
    }

    /** Makes a new variable: {@code generate name = expression}. */
    public Session derive(String name, String expression) {
        Statement generate = new Statement.Generate("generate " + name + " = " + expression, Optional.empty(), name,
                CommandReader.readExpression(expression), Subset.all());
        workspace.run(generate, log);
        history.add(generate);
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
