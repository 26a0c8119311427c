package io.echelon.yaml;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.spec.Statement;
import io.echelon.yaml.JobConfig.Data;
import io.echelon.yaml.JobConfig.Derivation;
import io.echelon.yaml.JobConfig.Output;
import io.echelon.yaml.JobConfig.Print;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a job from a YAML file:
 *
 * <pre>
 * data:
 *   path: pig.csv             # relative to this file; format, options and schema may follow
 * from: results/first         # fits to go on with; data may then be left out
 * derive:
 *   week2: week^2
 * commands:
 *   - mixed weight week || id:
 * output:
 *   folder: results/pig
 *   if-exists: replace        # or fail, the default
 *   report: full              # report.html with pictures; or tables, nothing
 * print: text                 # or json, nothing
 * spark:
 *   spark.sql.shuffle.partitions: 8
 * </pre>
 */
public final class JobFile {
    private static final List<String> KEYS = List.of("data", "from", "derive", "commands", "output", "print", "spark");
    private static final List<String> DATA_KEYS = List.of("path", "format", "options", "schema");
    private static final List<String> OUTPUT_KEYS = List.of("folder", "if-exists", "report");

    private final Path folder;
    private final YamlSection job;

    private JobFile(Path file, String text) {
        this.folder = file.toAbsolutePath().normalize().getParent();
        String name = file.toString();
        this.job = new YamlSection(name, "", YamlNode.parse(PlainCommands.quote(text), name), KEYS);
    }

    /**
     * The job in a file.
     *
     * @throws EchelonException naming the file, the line and the key, when anything in it is not as it should be
     */
    public static JobConfig read(Path file) {
        try {
            return new JobFile(file, Files.readString(file)).config();
        } catch (MalformedInputException e) {
            throw new EchelonException(EchelonException.Kind.MISUSE, file + " is not a text file in UTF-8", e);
        } catch (IOException e) {
            throw new EchelonException(EchelonException.Kind.MISUSE, Files.isDirectory(file)
                    ? file + " is a folder; name the YAML file in it"
                    : Files.exists(file) ? "cannot read " + file : "there is no file " + file, e);
        }
    }

    private JobConfig config() {
        Optional<String> from = job.text("from").map(this::resolve);
        Optional<Data> data = from.isPresent() && job.value("data").isEmpty() ? Optional.empty() : Optional.of(data());
        List<Derivation> derive = derive();
        List<Statement> commands = commands();
        Optional<Output> output = job.section("output", OUTPUT_KEYS).map(o -> new Output(
                resolve(o.text(o.required("folder", "the folder for the results"), "output.folder")),
                o.choice("if-exists", Output.Existing.class).orElse(Output.Existing.FAIL),
                o.choice("report", Output.Report.class).orElse(Output.Report.FULL)));
        return new JobConfig(data, from, derive, commands, output, job.choice("print", Print.class).orElse(Print.TEXT),
                job.texts("spark"));
    }

    private Data data() {
        YamlNode node = job.required("data", "data: with the path of a file");
        YamlSection data = job.section("data", DATA_KEYS).orElseThrow();
        Optional<String> format = data.text("format");
        if (format.isEmpty()) {
            data.required("path", "the path of a file, or the format of a source without one");
        }
        Optional<String> path = data.text("path").map(this::resolve);
        if (path.isPresent() && isLocal(path.get()) && !path.get().contains("*") && !Files.exists(Path.of(path.get()))) {
            throw job.error(data.value("path").orElse(node).line(), "data.path: there is no file " + path.get());
        }
        return new Data(path, format, data.texts("options"), data.text("schema"));
    }

    private List<Derivation> derive() {
        List<Derivation> derive = new ArrayList<>();
        job.value("derive").ifPresent(node -> {
            if (!(node instanceof YamlNode.Mapping m)) {
                throw job.error(node.line(), "derive must be a mapping of names to expressions, not " + node.kind());
            }
            m.entries().forEach((name, entry) -> {
                String expression = job.text(entry.value(), "derive." + name);
                derive.add(located(entry.value().line(), "derive." + name,
                        () -> {
                            CommandReader.readExpression(expression);
                            return new Derivation(name, expression);
                        }));
            });
        });
        return derive;
    }

    private List<Statement> commands() {
        YamlNode node = job.required("commands", "a list of commands, such as - mixed y x || id:");
        List<YamlNode> items = node instanceof YamlNode.Sequence list ? list.items()
                : node instanceof YamlNode.Scalar script && !script.text().isBlank() ? List.of(script) : List.of();
        if (items.isEmpty()) {
            throw job.error(node.line(), "commands must be a list of commands, such as - mixed y x || id:, not "
                    + (node instanceof YamlNode.Sequence ? "an empty one" : node.kind()));
        }
        List<Statement> commands = new ArrayList<>();
        for (YamlNode item : items) {
            String command = job.text(item, "a command");
            commands.addAll(located(item.line(), "commands", () -> CommandReader.readAll(command)));
        }
        return commands;
    }

    private <T> T located(int line, String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (EchelonException e) {
            throw new EchelonException(e.kind(), job.error(line, what + ": " + e.getMessage()).getMessage(), e);
        }
    }

    /** Relative paths count from the folder of the file; addresses with a scheme (hdfs:, s3a:) stay as they are. */
    private String resolve(String path) {
        return isLocal(path) ? folder.resolve(path).normalize().toString() : path;
    }

    private static boolean isLocal(String path) {
        return !path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    }
}
