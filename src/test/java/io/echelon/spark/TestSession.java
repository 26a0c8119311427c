package io.echelon.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;

/** The Spark session that all tests of one JVM share, and the data sets they read. */
public final class TestSession {
    private static SparkSession spark;

    private TestSession() {}

    /** The session: two cores of this machine, no port open to others. */
    public static synchronized SparkSession spark() {
        if (spark == null) {
            spark = SparkSession.builder().master("local[2]").appName("tests")
                    .config("spark.ui.enabled", "false")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.sql.warehouse.dir", "target/spark-warehouse")
                    .getOrCreate();
        }
        return spark;
    }

    /** A file of the shared data sets; the test is skipped where they are not at hand. */
    public static String shared(String file) {
        Path path = Path.of(System.getProperty("echelon.shared", "../shared"), "data", file);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not at hand (set -Dechelon.shared)");
        return path.toString();
    }

    /** Rows from SQL: {@code table("1 AS id, 2.5 AS x", "2, 3.5")}. */
    public static Dataset<Row> table(String first, String... more) {
        StringBuilder sql = new StringBuilder("SELECT ").append(first);
        for (String row : more) {
            sql.append(" UNION ALL SELECT ").append(row);
        }
        return spark().sql(sql.toString());
    }
}
