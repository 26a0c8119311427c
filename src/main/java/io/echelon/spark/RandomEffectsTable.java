package io.echelon.spark;

import io.echelon.fit.RandomEffects;
import io.echelon.group.PartStore;
import io.echelon.spark.engine.ExecutorParts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
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

    /** Rows that a table holds as they are. */
    private static final int FEW = 10_000;
    /** Groups that a task makes rows of at a time. */
    private static final int SLICE = 4096;
    private static final int ROWS_OF_PARTITION = 500_000;

    private RandomEffectsTable() {}

    /** The table; of parts on executors it is made there. */
    static <P> Dataset<Row> of(SparkSession spark, PartStore<P> parts, PartStore.Kernel<P, List<RandomEffects>> kernel) {
        if (parts instanceof ExecutorParts<P> remote) {
            return spark.createDataFrame(remote.rdd().flatMap(p -> rows(kernel.apply(p)).iterator()), SCHEMA);
        }
        return of(spark, parts.aggregate(p -> new ArrayList<>(kernel.apply(p)), RandomEffectsTable::append));
    }

    /** The table of predictions that are here; many of them go to tasks slice by slice, as Spark plans them better there. */
    static Dataset<Row> of(SparkSession spark, List<RandomEffects> levels) {
        long count = levels.stream().mapToLong(level -> level.estimate().length).sum();
        if (count <= FEW) {
            return spark.createDataFrame(rows(levels), SCHEMA);
        }
        List<RandomEffects> slices = levels.stream().flatMap(RandomEffectsTable::slices).toList();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int partitions = (int) Math.min(slices.size(), Math.max(context.defaultParallelism(), count / ROWS_OF_PARTITION));
        return spark.createDataFrame(context.parallelize(slices, partitions)
                .flatMap(slice -> rows(List.of(slice)).iterator()), SCHEMA);
    }

    private static Stream<RandomEffects> slices(RandomEffects level) {
        int groups = level.keys().size();
        return IntStream.iterate(0, from -> from < groups, from -> from + SLICE)
                .mapToObj(from -> level.groups(from, Math.min(groups, from + SLICE)));
    }

    private static List<RandomEffects> append(List<RandomEffects> a, List<RandomEffects> b) {
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
