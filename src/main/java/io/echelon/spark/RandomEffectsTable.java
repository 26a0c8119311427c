package io.echelon.spark;

import io.echelon.fit.RandomEffects;
import io.echelon.group.PartStore;
import io.echelon.spark.engine.ExecutorParts;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
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

    /** The table of predictions that executors make. */
    static <P> Dataset<Row> of(SparkSession spark, ExecutorParts<P> parts, PartStore.Kernel<P, List<RandomEffects>> kernel) {
        return spark.createDataFrame(parts.rdd().flatMap(p -> kernel.apply(p).stream().map(Slice::of).flatMap(Slice::rows)
                .iterator()), SCHEMA);
    }

    /** The table of predictions that are here; many of them go to tasks slice by slice, as Spark plans them better there. */
    static Dataset<Row> of(SparkSession spark, List<RandomEffects> levels) {
        long count = levels.stream().mapToLong(level -> level.estimate().length).sum();
        if (count <= FEW) {
            return spark.createDataFrame(levels.stream().map(Slice::of).flatMap(Slice::rows).toList(), SCHEMA);
        }
        List<Slice> slices = levels.stream().flatMap(RandomEffectsTable::slices).toList();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int partitions = (int) Math.min(slices.size(), Math.max(context.defaultParallelism(), count / ROWS_OF_PARTITION));
        return spark.createDataFrame(context.parallelize(slices, partitions).flatMap(slice -> slice.rows().iterator()), SCHEMA);
    }

    private static Stream<Slice> slices(RandomEffects level) {
        int groups = level.keys().size();
        return IntStream.iterate(0, from -> from < groups, from -> from + SLICE)
                .mapToObj(from -> Slice.of(level.groups(from, Math.min(groups, from + SLICE))));
    }

    /**
     * Some groups of a level on their way to a task.
     *
     * @param groups their names in one text, which travels far more quickly than so many
     */
    private record Slice(RandomEffects effects, String groups) implements Serializable {
        /** No name holds it. */
        private static final String END = "\0";

        static Slice of(RandomEffects e) {
            String groups = e.keys().stream().map(k -> String.join(">", k)).collect(Collectors.joining(END));
            return new Slice(new RandomEffects(e.level(), List.of(), e.terms(), e.estimate(), e.stdError(), e.mode(),
                    e.modeStdError()), groups);
        }

        Stream<Row> rows() {
            String[] names = groups.split(END, -1);
            int q = effects.terms().size();
            return IntStream.range(0, effects.estimate().length).mapToObj(at -> RowFactory.create(effects.level(), names[at / q],
                    effects.terms().get(at % q), number(effects.estimate()[at]), number(effects.stdError()[at]),
                    number(effects.mode(), at), number(effects.modeStdError(), at)));
        }
    }

    private static Double number(double[] values, int at) {
        return values == null ? null : number(values[at]);
    }

    private static Double number(double x) {
        return Double.isNaN(x) ? null : x;
    }
}
