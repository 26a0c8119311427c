package io.echelon.spark;

import io.echelon.fit.RandomEffects;
import io.echelon.group.PartStore;
import io.echelon.spark.engine.ExecutorParts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Predicted random effects as a table, a row a group and effect; modes are null where they are the estimates. */
final class RandomEffectsTable {
    private static final StructType SCHEMA = new StructType()
            .add("level", DataTypes.StringType, false)
            .add("group", DataTypes.StringType, false)
            .add("term", DataTypes.StringType, false)
            .add("estimate", DataTypes.DoubleType, true)
            .add("std_error", DataTypes.DoubleType, true)
            .add("mode", DataTypes.DoubleType, true)
            .add("mode_std_error", DataTypes.DoubleType, true);

    private RandomEffectsTable() {}

    /** The table; of parts on executors it is made there. */
    static <P> Dataset<Row> of(SparkSession spark, PartStore<P> parts, PartStore.Kernel<P, List<RandomEffects>> kernel) {
        if (parts instanceof ExecutorParts<P> remote) {
            return spark.createDataFrame(remote.rdd().flatMap(p -> rows(kernel.apply(p)).iterator()), SCHEMA);
        }
        List<Row> rows = parts.aggregate(p -> rows(kernel.apply(p)), RandomEffectsTable::append);
        return spark.createDataFrame(rows, SCHEMA);
    }

    /** The table of predictions that are here. */
    static Dataset<Row> of(SparkSession spark, List<RandomEffects> levels) {
        return spark.createDataFrame(rows(levels), SCHEMA);
    }

    private static List<Row> append(List<Row> a, List<Row> b) {
        a.addAll(b);
        return a;
    }

    private static List<Row> rows(List<RandomEffects> levels) {
        List<Row> rows = new ArrayList<>();
        for (RandomEffects level : levels) {
            Iterator<String[]> keys = level.keys().iterator();
            for (int at = 0; keys.hasNext();) {
                String group = String.join(">", keys.next());
                for (String term : level.terms()) {
                    rows.add(RowFactory.create(level.level(), group, term, number(level.estimate()[at]), number(level.stdError()[at]),
                            number(level.mode(), at), number(level.modeStdError(), at)));
                    at++;
                }
            }
        }
        return rows;
    }

    private static Double number(double[] values, int at) {
        return values == null ? null : number(values[at]);
    }

    private static Double number(double x) {
        return Double.isNaN(x) ? null : x;
    }
}
