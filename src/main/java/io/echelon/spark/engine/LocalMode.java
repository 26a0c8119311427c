package io.echelon.spark.engine;

import org.apache.spark.SparkContext;

/** Spark without a cluster. */
public final class LocalMode {
    private LocalMode() {}

    /** Whether all tasks run in the driver's JVM, each once. */
    public static boolean of(SparkContext context) {
        return context.master().matches("local(\\[[^,]*])?");
    }
}
