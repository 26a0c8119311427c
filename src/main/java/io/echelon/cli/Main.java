package io.echelon.cli;

import io.echelon.Echelon;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Results go to standard output, everything else to standard error.
 *
 * <p>Exit codes: 0 done, 1 failure, 2 misuse, 3 some estimation did not converge (its results are written all the same).
 */
@Command(name = "echelon", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        subcommands = {RunVerb.class, FitVerb.class, ShellVerb.class, ShowVerb.class},
        description = "Multilevel mixed-effects models on Apache Spark.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failure", "2:misuse", "3:an estimation did not converge"})
public final class Main {
    static final int DONE = 0;
    static final int FAILURE = 1;
    static final int MISUSE = 2;
    static final int NOT_CONVERGED = 3;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    private Main() {}

    /** Runs one verb and ends the JVM with its exit code. */
    public static void main(String[] args) {
        int code = run(args);
        System.out.flush();
        System.exit(code);
    }

    /** Runs one verb: the exit code. */
    static int run(String... args) {
        Main main = new Main();
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((error, words) -> misused(error))
                .setExecutionExceptionHandler((error, command, parsed) -> main.explain(error, command))
                .execute(args);
    }

    /** What is wrong with the words of the command line, what may have been meant, and where to read on. */
    private static int misused(ParameterException error) {
        CommandLine command = error.getCommandLine();
        command.getErr().println(error.getMessage());
        UnmatchedArgumentException.printSuggestions(error, command.getErr());
        command.getErr().println(command.getCommandSpec().qualifiedName() + " --help says more");
        return MISUSE;
    }

    private int explain(Exception error, CommandLine command) {
        Problem problem = Problem.of(error);
        command.getErr().println(problem.message());
        if (debug) {
            error.printStackTrace(command.getErr());
        }
        return problem.exitCode();
    }

    /** The version in the manifest of the application jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"echelon " + Echelon.version()};
        }
    }
}
