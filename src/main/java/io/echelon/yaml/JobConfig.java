package io.echelon.yaml;

import io.echelon.error.EchelonException;
import io.echelon.spec.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as written in a YAML file, checked and with its paths resolved.
 *
 * @param data     what to read; may be missing where stored fits are gone on with
 * @param from     folder with fits to go on with
 * @param derive   columns made before the commands run, in order
 * @param commands what to run, in order
 * @param output   where results go; empty when they are only printed
 * @param print    what goes to standard output
 * @param spark    Spark settings
 */
public record JobConfig(Optional<Data> data, Optional<String> from, List<Derivation> derive, List<Statement> commands, Optional<Output> output,
                        Print print, Map<String, String> spark) {
    /**
     * The data set.
     *
     * @param path    file or folder; relative paths count from the folder of the YAML file; empty for sources without one (jdbc)
     * @param format  csv, parquet, orc, json or the name of any Spark source; empty to infer it from the path
     * @param options options of the Spark source
     * @param schema  schema in Spark's notation: {@code id INT, weight DOUBLE}
     */
    public record Data(Optional<String> path, Optional<String> format, Map<String, String> options,
                       Optional<String> schema) {
        public Data {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /** One derived column, its expression checked. */
    public record Derivation(String name, String expression) {
        public Derivation {
            if (!name.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*")) {
                throw EchelonException.misuse(name + " is not a name; use letters, digits and _, not a digit first");
            }
        }
    }

    /**
     * The output folder.
     *
     * @param report what {@code report.html} in it holds
     */
    public record Output(String folder, Existing ifExists, Report report) {
        /** A report with pictures, one without, or none. */
        public enum Report { FULL, TABLES, NOTHING }

        /** What to do when the folder exists. */
        public enum Existing { FAIL, REPLACE }
    }

    /** What is printed. */
    public enum Print { TEXT, JSON, NOTHING }

    public JobConfig {
        spark.keySet().stream().filter(k -> !k.startsWith("spark.")).findFirst().ifPresent(k -> {
            throw EchelonException.misuse("Spark has no setting " + k + "; its settings begin with spark., as in"
                    + " spark.sql.shuffle.partitions");
        });
        derive = List.copyOf(derive);
        commands = List.copyOf(commands);
        spark = Collections.unmodifiableMap(new LinkedHashMap<>(spark));
    }
}
