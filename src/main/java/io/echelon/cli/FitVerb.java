package io.echelon.cli;

import io.echelon.command.CommandReader;
import io.echelon.spec.Statement;
import io.echelon.yaml.JobConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fit}: commands given on the command line, in order, on one data set. */
@Command(name = "fit", description = "Run commands on a data set.",
        footer = {"", "Example:",
            "  echelon fit --data sleepstudy.csv 'mixed reaction days || subject: days, cov(unstructured)'"})
final class FitVerb implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--format", paramLabel = "text|json|nothing", defaultValue = "text",
            description = "Tables, one JSON document a line for each command with results, or nothing (default: ${DEFAULT-VALUE}).")
    private JobConfig.Print format;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "COMMAND", arity = "1..*",
            description = "mixed y x || id:, or a preparing command such as 'generate x2 = x^2'.")
    private List<String> commands;

    @Override
    public Integer call() {
        List<Statement> statements = commands.stream().flatMap(c -> CommandReader.readAll(c).stream()).toList();
        return Job.run(data.job(statements, output.output(), format));
    }
}
