package io.echelon.spark.engine;

import io.echelon.error.EchelonException;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;

/** How much the driver takes upon itself, by the settings of {@code conf/}. */
public final class DriverBudget {
    /** Cross-products up to this size are iterated on in the driver; larger ones stay on the executors. */
    public static final String MOMENTS = "spark.echelon.driver.moments";
    /** Input up to this size is summed partition by partition and merged in the driver, without a shuffle. */
    public static final String GATHER = "spark.echelon.driver.gather";

    /** Predicted random effects up to this size are sent to every executor; more are joined to the rows by group. */
    public static final String EFFECTS = "spark.echelon.driver.effects";

    /** Whether larger input is exchanged in memory where all tasks run in the driver, rather than by a shuffle. */
    public static final String EXCHANGE = "spark.echelon.driver.exchange";

    private DriverBudget() {}

    /** Bytes for {@link #MOMENTS}; 512 MB unless set. */
    public static long moments(SparkSession spark) {
        return bytes(spark, MOMENTS, "512m");
    }

    /** Bytes for {@link #GATHER}; 192 MB unless set. */
    public static long gather(SparkSession spark) {
        return bytes(spark, GATHER, "192m");
    }

    /** Bytes for {@link #EFFECTS}; 512 MB unless set. */
    public static long effects(SparkSession spark) {
        return bytes(spark, EFFECTS, "512m");
    }

    /** For {@link #EXCHANGE}; true unless set. */
    public static boolean exchange(SparkSession spark) {
        String text = spark.conf().get(EXCHANGE, "true");
        if (!text.equals("true") && !text.equals("false")) {
            throw EchelonException.misuse(EXCHANGE + " is " + text + "; write true or false");
        }
        return text.equals("true");
    }

    private static long bytes(SparkSession spark, String key, String standard) {
        String text = spark.conf().get(key, standard);
        try {
            return JavaUtils.byteStringAsBytes(text);
        } catch (NumberFormatException e) {
            throw EchelonException.misuse(key + " is " + text + "; write a size such as 512m or 2g");
        }
    }
}
