package io.echelon.benchmark;

import org.apache.spark.sql.SparkSession;

/** The yardstick of the cold start: a Spark session that reads one CSV file and does nothing else. */
public final class BareSession {
    private BareSession() {
    }

    /** Reads the file named first and says how many rows it has. */
    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().master("local[*]").config("spark.ui.enabled", false).getOrCreate();
        int rows = spark.read().option("header", true).option("inferSchema", true).csv(args[0]).collectAsList().size();
        System.out.println(rows + " rows");
        spark.stop();
    }
}
