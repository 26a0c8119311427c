package io.echelon.cli;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.spec.Statement;
import io.echelon.yaml.JobConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that name the data, common to {@code fit} and {@code shell}. */
final class DataOptions {
    @Option(names = "--data", paramLabel = "FILE",
            description = "The data: a file or folder, or a path that Spark reads (hdfs://, s3a://, ...).")
    private Optional<String> path = Optional.empty();

    @Option(names = "--from", paramLabel = "DIR", description = {"Go on with the fits stored in an output folder;",
        "--data is then needed only for commands that read data."})
    private Optional<String> from = Optional.empty();

    @Option(names = "--data-format", paramLabel = "NAME",
            description = "csv, parquet, orc, json or any Spark source; inferred from the name when not given.")
    private Optional<String> format = Optional.empty();

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "Option of the Spark source, such as sep=;")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--schema", paramLabel = "SCHEMA", description = "Schema of the data: 'id INT, weight DOUBLE'.")
    private Optional<String> schema = Optional.empty();

    @Option(names = "--derive", paramLabel = "NAME=EXPR", description = "A new variable: --derive 'lny=log(y)'.")
    private List<String> derive = new ArrayList<>();

    @Option(names = "--spark", paramLabel = "KEY=VALUE", description = "Spark setting: --spark spark.master=local[4]")
    private Map<String, String> spark = new LinkedHashMap<>();

    /** A job on these data. */
    JobConfig job(List<Statement> commands, Optional<JobConfig.Output> output, JobConfig.Print print) {
        if (path.isEmpty() && from.isEmpty()) {
            throw EchelonException.misuse("name the data with --data FILE, or an output folder to go on with by --from DIR");
        }
        return new JobConfig(path.map(p -> new JobConfig.Data(Optional.of(p), format, options, schema)), from,
                derive.stream().map(DataOptions::derivation).toList(), commands, output, print, spark);
    }

    private static JobConfig.Derivation derivation(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw EchelonException.misuse("--derive " + text + ": a name and an expression are expected: --derive 'x2=x^2'");
        }
        String name = text.substring(0, equals).strip();
        String expression = text.substring(equals + 1).strip();
        CommandReader.readExpression(expression);
        return new JobConfig.Derivation(name, expression);
    }
}
