package io.echelon.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.spark.read.DataReader;
import io.echelon.yaml.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Where the data of a fit come from, so that they can be read again.
 *
 * @param source   the data source
 * @param commands the commands that prepared them, in order
 */
public record DataOrigin(JobConfig.Data source, List<String> commands) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Options of a source that are not for keeping. */
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|credential|key|user).*");

    private record Document(String path, String format, Map<String, String> options, String schema, List<String> commands) {}

    public DataOrigin {
        commands = List.copyOf(commands);
    }

    /** The origin as one JSON document in one line. */
    public String text() {
        try {
            return MAPPER.writeValueAsString(new Document(source.path().orElse(null), source.format().orElse(null),
                    source.options(), source.schema().orElse(null), commands));
        } catch (JsonProcessingException x) {
            throw new IllegalStateException("an origin is always JSON", x);
        }
    }

    /** The origin of a document. */
    static DataOrigin parse(String document) {
        try {
            Document d = MAPPER.readValue(document, Document.class);
            return new DataOrigin(new JobConfig.Data(Optional.ofNullable(d.path), Optional.ofNullable(d.format), d.options,
                    Optional.ofNullable(d.schema)), d.commands);
        } catch (JsonProcessingException x) {
            throw new EchelonException(EchelonException.Kind.FAILURE, "not the origin of a stored fit: "
                    + x.getOriginalMessage() + "; fit the model again", x);
        }
    }

    /** A source to keep: a local path made absolute, without options that may be secret. */
    static JobConfig.Data lasting(JobConfig.Data source) {
        Map<String, String> options = new LinkedHashMap<>(source.options());
        options.keySet().removeIf(k -> SECRET.matcher(k).matches());
        return new JobConfig.Data(source.path().map(p -> Files.exists(Path.of(p)) ? Path.of(p).toAbsolutePath().normalize()
                .toString() : p), source.format(), options, source.schema());
    }

    /** Reads and prepares the data again. */
    Dataset<Row> read(SparkSession spark) {
        Workspace workspace = new Workspace(DataReader.read(spark, source));
        commands.forEach(c -> workspace.run(CommandReader.read(c), i -> { }));
        return workspace.data();
    }
}
