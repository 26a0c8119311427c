package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the column names of a data set usable in commands: letters, digits and underscores, no digit first. Other
 * characters become underscores ({@code Sepal.Length} is {@code Sepal_Length}).
 */
public final class ColumnNames {
    private ColumnNames() {}

    /**
     * The data set with usable names.
     *
     * @throws EchelonException if there is no column, or two have the same name
     */
    public static Dataset<Row> usable(SparkSession spark, Dataset<Row> data) {
        String[] names = data.columns();
        if (names.length == 0) {
            throw EchelonException.failure("the data set has no columns");
        }
        boolean caseCounts = Boolean.parseBoolean(spark.conf().get("spark.sql.caseSensitive"));
        Map<String, String> seen = new HashMap<>();
        String[] renamed = new String[names.length];
        boolean changed = false;
        for (int i = 0; i < names.length; i++) {
            renamed[i] = usable(names[i], i + 1);
            changed |= !renamed[i].equals(names[i]);
            String other = seen.put(caseCounts ? renamed[i] : renamed[i].toLowerCase(Locale.ROOT), names[i]);
            if (other != null) {
                throw EchelonException.failure("two columns of the data set have the same name: "
                        + (other.equals(names[i]) ? other : other + " and " + names[i]) + "; rename one of them");
            }
        }
        return changed ? data.toDF(renamed) : data;
    }

    private static String usable(String name, int position) {
        if (name.isBlank()) {
            return "v" + position;
        }
        String clean = name.strip().replaceAll("[^\\p{L}\\p{N}_]", "_");
        return Character.isDigit(clean.charAt(0)) ? "_" + clean : clean;
    }
}
