package io.echelon.spark.pack;

import io.echelon.group.PartStore;
import io.echelon.spark.engine.OrderedMerge;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * The rows of a query in Spark's internal form, whose primitive values are read without making objects. Rows that are
 * on the driver already are worked on there, without a Spark job.
 */
public final class SampleRows {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Optional<InternalRow[]> local;
    private final JavaRDD<InternalRow> rdd;
    private final long bytes;

    /** A function of the rows of one partition that can be sent to an executor. The rows are reused by the iterator. */
    public interface Task<R> extends Function<Iterator<InternalRow>, R>, Serializable {}

    /** The rows of this data set. */
    public SampleRows(Dataset<Row> data) {
        QueryExecution query = ((org.apache.spark.sql.classic.Dataset<Row>) data).queryExecution();
        local = query.executedPlan() instanceof LocalTableScanExec scan ? Optional.of(scan.executeCollect()) : Optional.empty();
        rdd = local.isPresent() ? null : query.toRdd().toJavaRDD();
        bytes = local.isPresent() ? 0 : query.optimizedPlan().stats().sizeInBytes().bigInteger().min(MOST).longValue();
    }

    /** Spark's estimate of the size of the input; 0 for rows on the driver. */
    long bytes() {
        return bytes;
    }

    /** The rows of all partitions; only for rows that are not on the driver. */
    JavaRDD<InternalRow> rdd() {
        return rdd;
    }

    /** Whether the rows are on the driver. */
    public boolean onDriver() {
        return local.isPresent();
    }

    /** Runs a task on every partition and returns the results in the order of the partitions. */
    public <R> List<R> onAll(Task<R> task) {
        return local.isPresent() ? List.of(task.apply(Arrays.asList(local.get()).iterator()))
                : on(IntStream.range(0, rdd.getNumPartitions()).toArray(), task);
    }

    /** Runs a task on every partition and merges the results in the order of the partitions. */
    public <R> R merged(Task<R> task, PartStore.Merge<R> merge) {
        return local.isPresent() ? task.apply(Arrays.asList(local.get()).iterator())
                : OrderedMerge.of(rdd.mapPartitions(rows -> List.of(task.apply(rows)).iterator()), merge);
    }

    /** Runs a task on one partition after the other until a result is good enough, or none is left; all results so far. */
    <R> List<R> onFirst(Task<R> task, Predicate<R> enough) {
        if (local.isPresent()) {
            return onAll(task);
        }
        List<R> results = new ArrayList<>();
        for (int p = 0; p < rdd.getNumPartitions(); p++) {
            results.addAll(on(new int[] {p}, task));
            if (enough.test(results.get(p))) {
                break;
            }
        }
        return results;
    }

    private <R> List<R> on(int[] partitions, Task<R> task) {
        List<R> results = new ArrayList<>();
        JavaRDD<R> mapped = rdd.mapPartitions(rows -> List.of(task.apply(rows)).iterator());
        for (List<R> one : mapped.collectPartitions(partitions)) {
            results.addAll(one);
        }
        return results;
    }
}
