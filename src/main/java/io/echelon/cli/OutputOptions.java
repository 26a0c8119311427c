package io.echelon.cli;

import io.echelon.error.EchelonException;
import io.echelon.yaml.JobConfig;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that name the folder for results, common to {@code fit} and {@code shell}. */
final class OutputOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Write the results to this folder: Parquet tables and report.html.")
    private Optional<String> folder = Optional.empty();

    @Option(names = "--replace", description = "Replace the results in that folder, if there are some.")
    private boolean replace;

    @Option(names = "--report", paramLabel = "full|tables|nothing", defaultValue = "full",
            description = "What report.html in that folder holds (default: ${DEFAULT-VALUE}).")
    private JobConfig.Output.Report report;

    /** Where results go, if anywhere. */
    Optional<JobConfig.Output> output() {
        if (folder.isEmpty() && replace) {
            throw EchelonException.misuse("--replace is for an output folder; name it with --out DIR");
        }
        return folder.map(f -> new JobConfig.Output(f, replace ? JobConfig.Output.Existing.REPLACE
                : JobConfig.Output.Existing.FAIL, report));
    }
}
