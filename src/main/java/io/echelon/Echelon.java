package io.echelon;

import io.echelon.spark.Workspace;
import io.echelon.spark.read.StoredResults;
import io.echelon.spark.write.ResultFolder;
import io.echelon.yaml.JobConfig;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Multilevel mixed-effects models on a Spark session:
 *
 * <pre>{@code
 * Fit fit = Echelon.on(spark).fit(pigs, "mixed weight week || id: week, covariance(unstructured)");
 * String table = fit.toString();
 * fit.randomEffects().show();
 * }</pre>
 */
public final class Echelon {
    private final SparkSession spark;

    private Echelon(SparkSession spark) {
        this.spark = spark;
    }

    /** Works on this session. */
    public static Echelon on(SparkSession spark) {
        return new Echelon(spark);
    }

    /**
     * Runs commands on a data set and returns the fit of the last estimation command.
     *
     * @param commands an estimation command, with preparing commands before it where wanted, one a line
     */
    public Fit fit(Dataset<Row> data, String commands) {
        return open(data).fit(commands);
    }

    /** Fits a model put together by methods. */
    public Fit fit(Dataset<Row> data, Model model) {
        return open(data).fit(model.spec());
    }

    /** The version of Echelon. */
    public static String version() {
        return Origin.version();
    }

    /** A session of several commands on a data set. */
    public Session open(Dataset<Row> data) {
        return new Session(spark, new Workspace(data), Optional.empty());
    }

    /** A session without data, for {@link Session#restore} and commands on stored results. */
    public Session open() {
        return new Session(spark, new Workspace(spark), Optional.empty());
    }

    /** A session on a file or folder; the format is inferred from its name. */
    public Session open(String path) {
        return open(new JobConfig.Data(Optional.of(path), Optional.empty(), Map.of(), Optional.empty()));
    }

    /** A session on a data source. */
    public Session open(JobConfig.Data source) {
        return new Session(spark, new Workspace(spark, source), Optional.of(source));
    }

    /**
     * The folder to which {@link #write} will write, checked before anything is fitted.
     *
     * @param replace whether a folder that exists is replaced
     */
    public ResultFolder folder(String folder, boolean replace) {
        return new ResultFolder(spark, folder, replace);
    }

    /** The results in a folder. */
    public StoredResults stored(String folder) {
        return new StoredResults(spark, folder);
    }
}
