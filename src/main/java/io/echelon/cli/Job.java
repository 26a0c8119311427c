package io.echelon.cli;

import io.echelon.Drawing;
import io.echelon.Echelon;
import io.echelon.Result;
import io.echelon.Session;
import io.echelon.spark.write.ResultFolder;
import io.echelon.spec.Statement;
import io.echelon.yaml.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Commands on one data set in one Spark session: runs them one after another, prints what they give, and writes it. */
final class Job implements AutoCloseable {
    /** Letters of a command that a message repeats. */
    private static final int SHOWN = 80;

    private final SparkSession spark;
    private final Session session;
    private final JobConfig config;
    private final Optional<ResultFolder> folder;

    private Job(SparkSession spark, Session session, JobConfig config) {
        this.spark = spark;
        this.session = session;
        this.config = config;
        folder = config.output().map(o ->
                Echelon.on(spark).folder(o.folder(), o.ifExists() == JobConfig.Output.Existing.REPLACE));
    }

    /** Starts Spark, checks the folder for results, reads the data, takes up stored fits, and makes derived variables. */
    static Job open(JobConfig config) {
        SparkSession spark = SparkStart.session(config.spark());
        try {
            Echelon echelon = Echelon.on(spark);
            Session session = config.data().map(echelon::open).orElseGet(echelon::open);
            Job job = new Job(spark, session, config);
            config.from().ifPresent(session::restore);
            config.derive().forEach(d -> session.derive(d.name(), d.expression()));
            return job;
        } catch (RuntimeException e) {
            spark.stop();
            throw e;
        }
    }

    /** Runs a whole job: the exit code. */
    static int run(JobConfig config) {
        try (Job job = open(config)) {
            List<Statement> commands = config.commands();
            for (int k = 0; k < commands.size(); k++) {
                if (config.print() == JobConfig.Print.TEXT) {
                    System.out.println(". " + commands.get(k).text() + "\n");
                }
                try {
                    job.execute(commands.get(k));
                } catch (RuntimeException | OutOfMemoryError e) {
                    throw job.stopped(k, Problem.of(e)).because(e);
                }
            }
            job.write();
            return job.session.fits().stream().allMatch(f -> f.estimates().converged()) ? Main.DONE : Main.NOT_CONVERGED;
        }
    }

    /** Writes what the commands before this one gave, with a report that says so: what the user is told. */
    private Problem stopped(int k, Problem problem) {
        List<Statement> commands = config.commands();
        String text = commands.get(k).text();
        String command = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        String message = commands.size() == 1 ? problem.message()
                : "command " + (k + 1) + " of " + commands.size() + " (" + command + "): " + problem.message();
        if (folder.isEmpty() || !session.hasResults()) {
            return new Problem(message, problem.exitCode());
        }
        session.stopped(commands.get(k), problem.message(), commands.subList(k + 1, commands.size()));
        try {
            write();
            message += "\nThe results of the commands before it are in " + config.output().orElseThrow().folder() + ".";
        } catch (RuntimeException e) {
            message += "\nThe results of the commands before it are lost: " + Problem.of(e).message();
        }
        return new Problem(message, problem.exitCode());
    }

    /** Writes the results so far to their folder, if the job has one. */
    void write() {
        folder.ifPresent(f -> session.write(f, config.output().orElseThrow().report()));
    }

    /** Whether there is anything to write. */
    boolean hasResults() {
        return session.hasResults();
    }

    /** Runs one command and prints its results, unless it is to be quiet. */
    void execute(Statement command) {
        Optional<Result> result = session.run(command).map(r -> r instanceof Drawing d ? placed(d) : r);
        if (!(command instanceof Statement.Quietly)) {
            result.ifPresent(this::print);
        }
    }

    /**
     * A picture without saving(): in the folder of results, which is written at the end, or in a new file of the working
     * directory.
     */
    private Drawing placed(Drawing drawing) {
        if (drawing.file().isPresent()) {
            return drawing;
        }
        if (config.output().isPresent()) {
            return drawing.within(config.output().get().folder());
        }
        String name = drawing.name().replace(' ', '-');
        Path file = Path.of(name + ".svg");
        for (int k = 2; Files.exists(file); k++) {
            file = Path.of(name + "-" + k + ".svg");
        }
        return drawing.save(file.toString(), false);
    }

    private void print(Result result) {
        switch (config.print()) {
            case TEXT -> System.out.println(result);
            case JSON -> System.out.println(result.toJson());
            case NOTHING -> { }
        }
        System.out.flush();
    }

    /** Names of the variables as the commands so far have left them; none where the job has no data of its own. */
    List<String> variables() {
        return config.data().isPresent() ? List.of(session.data().columns()) : List.of();
    }

    /** Ends what Spark is doing. */
    void cancel() {
        spark.sparkContext().cancelAllJobs();
    }

    @Override
    public void close() {
        spark.stop();
    }
}
