package io.echelon;

import io.echelon.report.html.Fact;
import io.echelon.yaml.JobConfig;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Where results came from: what is needed to get them again. */
final class Origin {
    private Origin() {}

    /**
     * The facts a report ends with.
     *
     * @param source  what was read; empty for a data set made elsewhere
     * @param started when the session was opened
     */
    static List<Fact> facts(SparkSession spark, Optional<JobConfig.Data> source, ZonedDateTime started) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Data", source.flatMap(JobConfig.Data::path).map(Origin::absolute).orElse("a data set of the calling program")));
        source.flatMap(JobConfig.Data::format).ifPresent(f -> facts.add(new Fact("Format", f)));
        source.filter(s -> !s.options().isEmpty()).ifPresent(s -> facts.add(new Fact("Options", s.options().toString())));
        source.flatMap(JobConfig.Data::schema).ifPresent(s -> facts.add(new Fact("Schema", s)));
        ZonedDateTime now = ZonedDateTime.now().truncatedTo(ChronoUnit.SECONDS);
        facts.add(new Fact("Date", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now)));
        facts.add(new Fact("Time taken", String.format(Locale.ROOT, "%.1f s", ChronoUnit.MILLIS.between(started, ZonedDateTime.now()) / 1000.0)));
        facts.add(new Fact("Echelon", version()));
        facts.add(new Fact("Spark", spark.version() + " on " + spark.sparkContext().master()));
        facts.add(new Fact("Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor")));
        facts.add(new Fact("System", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch")));
        facts.add(new Fact("Random numbers", "none: no estimate depends on a seed"));
        return facts;
    }

    /** A path of this machine from its root; another as it is. */
    private static String absolute(String path) {
        return path.contains("://") ? path : Path.of(path).toAbsolutePath().normalize().toString();
    }

    /** The version in the manifest of the application jar. */
    static String version() {
        return Optional.ofNullable(Origin.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }
}
