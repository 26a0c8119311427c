package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.yaml.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Delimited text: files of this machine are read through once for what Spark would not notice. */
final class CsvSource {
    /** Quotes are doubled inside quotes (RFC 4180), and a time has a date: the text T1 is none. */
    private static final Map<String, String> DEFAULTS = Map.of("header", "true", "inferSchema", "true",
            "escape", "\"", "timestampFormat", "yyyy-MM-dd['T'][ ]HH:mm[:ss][.SSSSSS][XXX]");
    /** Option that says which sign stands before decimals; it is not Spark's. */
    private static final String DECIMAL = "decimal";
    /** Options of every file source of Spark. */
    private static final Set<String> FILE_OPTIONS = Set.of("pathGlobFilter", "recursiveFileLookup", "modifiedBefore",
            "modifiedAfter", "ignoreCorruptFiles", "ignoreMissingFiles", "basePath", DECIMAL);
    /** Options under which the small reader does exactly what Spark's does. */
    private static final Set<String> SMALL_OPTIONS = Set.of("header", "inferschema", "sep", "delimiter", "nullvalue",
            "encoding", "charset", "quote", "escape", "comment", "ignoreleadingwhitespace", "ignoretrailingwhitespace",
            "dateformat", "timestampformat", "preferdate", "nanvalue", "emptyvalue");

    private final SparkSession spark;
    private final JobConfig.Data source;
    private final Optional<Path> local;
    private final boolean commas;
    private final Map<String, String> options = new LinkedHashMap<>(DEFAULTS);

    private CsvSource(SparkSession spark, JobConfig.Data source, Optional<Path> local) throws IOException {
        this.spark = spark;
        this.source = source;
        this.local = local;
        commas = decimalCommas(source);
        Optional<String> separator = local.isPresent() ? CsvText.separator(local.get())
                : source.path().filter(p -> p.contains(".tsv")).map(p -> "\t");
        separator.ifPresent(sep -> options.put("sep", sep));
        options.putAll(source.options());
        options.remove(DECIMAL);
        if (commas) {
            // All columns as text, for Spark would take 1.234 for a little more than one.
            options.put("inferSchema", "false");
        }
        if (source.schema().isPresent() && !given("mode")) {
            // What does not fit a schema would silently become a missing value.
            options.put("mode", "FAILFAST");
        }
    }

    /**
     * The data set; columns of numbers and marks of missing values are numeric unless there is a schema.
     *
     * @throws EchelonException if an option is not known, or a file is not as it should be
     */
    static Dataset<Row> read(SparkSession spark, JobConfig.Data source, Optional<Path> local) throws IOException {
        source.options().keySet().forEach(CsvSource::requireKnown);
        CsvSource csv = new CsvSource(spark, source, local);
        Dataset<Row> data = csv.load();
        return source.schema().isPresent() ? data : MissingMarks.toMissing(ColumnNames.usable(spark, data), csv.commas);
    }

    /** Settings of file systems, which have a point in their names, may stand among the options too. */
    private static void requireKnown(String option) {
        List<String> known = new ArrayList<>(FILE_OPTIONS);
        known.addAll(CollectionConverters.asJava(CSVOptions.getAllOptions()));
        if (!option.contains(".") && known.stream().noneMatch(option::equalsIgnoreCase)) {
            throw EchelonException.misuse("csv files have no option " + option + Spelling.hint(option, known)
                    + (Spelling.nearest(option, known).isPresent() ? "" : "; sep, decimal, encoding and nullValue are some"));
        }
    }

    /** Whether the numbers have decimal commas. */
    private static boolean decimalCommas(JobConfig.Data source) {
        String decimal = source.options().getOrDefault(DECIMAL, ".");
        if (!decimal.equals(".") && !decimal.equals(",")) {
            throw EchelonException.misuse("option decimal is a point or a comma, as in decimal=, and not " + decimal);
        }
        if (decimal.equals(",") && source.schema().isPresent()) {
            throw EchelonException.misuse("option decimal is for csv files without a schema");
        }
        return decimal.equals(",");
    }

    private boolean given(String option) {
        return source.options().keySet().stream().anyMatch(option::equalsIgnoreCase);
    }

    private Dataset<Row> load() throws IOException {
        CSVOptions parsed = new CSVOptions(scala.collection.immutable.Map.from(CollectionConverters.asScala(options)), false,
                spark.conf().get("spark.sql.session.timeZone"));
        boolean scanned = local.isPresent() && CsvScan.understands(parsed);
        if (scanned ? scan(parsed) : CsvScan.wide(parsed)) {
            options.put("multiLine", "true");
        } else if (scanned && small()) {
            return SmallCsv.read(spark, local.get(), parsed);
        }
        DataFrameReader reader = spark.read().format("csv").options(options);
        source.schema().ifPresent(reader::schema);
        return local.isPresent() ? reader.load(LiteralPath.of(local.get().toAbsolutePath().toString()))
                : reader.load(source.path().orElseThrow());
    }

    private boolean small() throws IOException {
        return source.schema().isEmpty() && Files.isRegularFile(local.get()) && Files.size(local.get()) <= SmallCsv.MOST_BYTES
                && options.keySet().stream().allMatch(o -> SMALL_OPTIONS.contains(o.toLowerCase(Locale.ROOT)))
                && "true".equals(options.get("header")) && "true".equals(options.get("inferSchema"));
    }

    /** Looks through the files: whether values go on over several lines. */
    private boolean scan(CSVOptions parsed) throws IOException {
        List<Path> files = FileFormat.files(local.get()).stream().filter(CsvText::isReadable).toList();
        boolean multiLine = false;
        long records = 0;
        Optional<String> header = Optional.empty();
        for (Path file : files) {
            CsvScan scan = CsvScan.of(file, parsed, !given("mode"));
            multiLine |= scan.multiLine();
            records += Math.max(0, scan.records() - (parsed.headerFlag() ? 1 : 0));
            if (parsed.headerFlag() && scan.records() > 0) {
                if (header.isEmpty()) {
                    header = Optional.of(scan.header());
                    checkSchema(file, scan.header(), parsed);
                } else if (!header.get().strip().equals(scan.header().strip())) {
                    throw EchelonException.failure("the files of " + local.get() + " differ in their columns: " + files.get(0)
                            + " begins with " + CsvText.shortened(header.get()) + ", " + file + " with "
                            + CsvText.shortened(scan.header()) + "; take away what does not belong there, or read them one by one");
                }
            }
        }
        if (records == 0 && !files.isEmpty()) {
            throw EchelonException.failure("no observations: " + local.get() + (header.isPresent()
                    ? " holds a header and no lines below it" : " holds nothing but blank lines"));
        }
        return multiLine;
    }

    /** Spark takes the columns of a schema by their places, whatever the header calls them. */
    private void checkSchema(Path file, String header, CSVOptions parsed) {
        if (source.schema().isEmpty()) {
            return;
        }
        List<String> names = List.of(SmallCsv.names(header, parsed));
        String[] wanted = StructType.fromDDL(source.schema().get()).fieldNames();
        for (int i = 0; i < wanted.length; i++) {
            if (i >= names.size() || !names.get(i).equalsIgnoreCase(wanted[i]) && names.stream().anyMatch(wanted[i]::equalsIgnoreCase)) {
                throw EchelonException.misuse("the schema has " + wanted[i] + " as column " + (i + 1) + ", where " + file + " has "
                        + (i < names.size() ? names.get(i) : "none") + "; a schema names the columns in the order of the file: "
                        + String.join(", ", names));
            }
        }
    }
}
