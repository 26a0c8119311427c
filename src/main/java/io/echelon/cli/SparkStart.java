package io.echelon.cli;

import io.echelon.spark.read.SparkFailure;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;

/** Starts the Spark session of a verb. */
final class SparkStart {
    private SparkStart() {}

    /**
     * A session with these settings. What spark-submit (or a system property) sets comes first, then the settings given,
     * then those of {@code conf/spark-defaults.conf}; without a master, all cores of this machine.
     */
    static SparkSession session(Map<String, String> settings) {
        SparkConf conf = new SparkConf();
        settings.forEach(conf::setIfMissing);
        Utils.loadDefaultSparkProperties(conf, null);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.app.name", "echelon");
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
        }
        try {
            return SparkSession.builder().config(conf).getOrCreate();
        } catch (Exception e) {
            throw SparkFailure.of("cannot start Spark", e);
        }
    }
}
