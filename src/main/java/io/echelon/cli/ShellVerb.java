package io.echelon.cli;

import io.echelon.command.CommandReader;
import io.echelon.command.CommandWords;
import io.echelon.yaml.JobConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shell}: commands at a prompt, one Spark session for all of them. */
@Command(name = "shell", description = {"Run commands at a prompt.",
    "Tab completes commands, options and variables; a line that ends with /// goes on in the next; help lists commands; exit leaves,",
    "and then the results go to the folder of --out, if there is one."})
final class ShellVerb implements Callable<Integer> {
    private static final String PROMPT = ". ";
    private static final String FURTHER_PROMPT = "> ";

    @Mixin
    private DataOptions data;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
                Job job = Job.open(data.job(List.of(), output.output(), JobConfig.Print.TEXT))) {
            LineReader prompt = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(new PromptParser())
                    .completer(new PromptCompleter(job::variables))
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".echelon_history"))
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, FURTHER_PROMPT)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            terminal.handle(Terminal.Signal.INT, signal -> job.cancel());
            while (next(prompt).map(line -> execute(job, line)).orElse(false)) {
                terminal.flush();
            }
            if (job.hasResults()) {
                job.write();
            }
        }
        return Main.DONE;
    }

    /** The next line; none at the end of the input. An interrupted line is empty. */
    private static Optional<String> next(LineReader prompt) {
        try {
            return Optional.of(prompt.readLine(PROMPT));
        } catch (UserInterruptException e) {
            return Optional.of("");
        } catch (EndOfFileException e) {
            return Optional.empty();
        }
    }

    /** The commands, or the options of one. */
    private static void help(String command) {
        List<String> options = CommandWords.options(command);
        System.out.println(command.isEmpty() ? "Commands; help COMMAND lists the options of a model:\n  "
                + String.join(", ", CommandWords.commands())
                : options.isEmpty() ? "no options are known of " + command + "; the README shows commands with their options"
                        : "Options of " + command + ":\n  " + String.join(", ", options));
    }

    /** Whether the shell goes on. */
    private static boolean execute(Job job, String line) {
        String command = line.strip();
        if (command.equals("exit") || command.equals("quit")) {
            return false;
        }
        if (command.equals("help") || command.startsWith("help ")) {
            help(command.substring("help".length()).strip());
        } else if (!command.isEmpty()) {
            try {
                job.execute(CommandReader.read(command));
            } catch (RuntimeException e) {
                System.err.println(Problem.of(e).message());
            }
        }
        return true;
    }
}
