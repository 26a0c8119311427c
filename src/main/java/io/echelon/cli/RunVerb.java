package io.echelon.cli;

import io.echelon.yaml.JobFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run}: a job as its YAML file says. */
@Command(name = "run", description = "Run the job of a YAML file; see sample-configs.")
final class RunVerb implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG.yaml", description = "The job.")
    private Path config;

    @Override
    public Integer call() {
        return Job.run(JobFile.read(config));
    }
}
