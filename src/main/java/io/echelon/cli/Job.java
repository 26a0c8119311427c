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

/** Commands on one data set in one Spark session: runs them one after another and prints what they give. */
final class Job implements AutoCloseable {
    private final SparkSession spark;
    private final Session session;
    private final JobConfig.Print print;
    private final boolean hasData;
    private final Optional<String> output;

    private Job(SparkSession spark, Session session, JobConfig config) {
        this.spark = spark;
        this.session = session;
        print = config.print();
        hasData = config.data().isPresent();
        output = config.output().map(JobConfig.Output::folder);
    }

    /** Starts Spark, reads the data of a job, takes up stored fits, and makes its derived variables. */
    static Job open(JobConfig config) {
        SparkSession spark = SparkStart.session(config.spark());
        Echelon echelon = Echelon.on(spark);
        Session session = config.data().map(echelon::open).orElseGet(echelon::open);
        config.from().ifPresent(session::restore);
        config.derive().forEach(d -> session.derive(d.name(), d.expression()));
        return new Job(spark, session, config);
    }

    /** Runs a whole job: the exit code. */
    static int run(JobConfig config) {
        try (Job job = open(config)) {
            Echelon echelon = Echelon.on(job.spark);
            Optional<ResultFolder> folder = config.output().map(o ->
                    echelon.folder(o.folder(), o.ifExists() == JobConfig.Output.Existing.REPLACE));
            for (Statement command : config.commands()) {
                if (config.print() == JobConfig.Print.TEXT) {
                    System.out.println(". " + command.text() + "\n");
                }
                job.execute(command);
            }
            folder.ifPresent(f -> job.session.write(f, config.output().orElseThrow().report()));
            return job.session.fits().stream().allMatch(f -> f.estimates().converged()) ? Main.DONE : Main.NOT_CONVERGED;
        }
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
        if (output.isPresent()) {
            return drawing.within(output.get());
        }
        String name = drawing.name().replace(' ', '-');
        Path file = Path.of(name + ".svg");
        for (int k = 2; Files.exists(file); k++) {
            file = Path.of(name + "-" + k + ".svg");
        }
        return drawing.save(file.toString(), false);
    }

    private void print(Result result) {
        switch (print) {
            case TEXT -> System.out.println(result);
            case JSON -> System.out.println(result.toJson());
            case NOTHING -> { }
        }
        System.out.flush();
    }

    /** Names of the variables as the commands so far have left them; none where the job has no data of its own. */
    List<String> variables() {
        return hasData ? List.of(session.data().columns()) : List.of();
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
