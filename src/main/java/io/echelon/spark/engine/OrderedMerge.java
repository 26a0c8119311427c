package io.echelon.spark.engine;

import io.echelon.group.PartStore;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Merges the results of the partitions of an RDD, always in the order of the partitions: the figures do not depend on which
 * result arrives first. Few results are merged on the driver; of many the executors merge neighbours before, level by level, so
 * that the driver never holds more than {@link #WIDTH} of them. Spark's {@code treeAggregate} makes such a tree as well, but
 * merges in the order of arrival. Where all tasks run in the driver's JVM a tree would only take time.
 */
public final class OrderedMerge {
    /** Most results that are merged in one place. */
    static final int WIDTH = 64;

    private OrderedMerge() {}

    /**
     * All results merged.
     *
     * @param results at least one, in any of the partitions
     */
    public static <R> R of(JavaRDD<R> results, PartStore.Merge<R> merge) {
        return of(results, merge, LocalMode.of(results.context()) ? Integer.MAX_VALUE : WIDTH);
    }

    /** All results merged, no more than {@code width} of them in one place. */
    static <R> R of(JavaRDD<R> results, PartStore.Merge<R> merge, int width) {
        JavaRDD<R> level = results;
        while (level.getNumPartitions() > width) {
            level = neighbours(level, merge, width);
        }
        List<R> last = level.collect();
        return merged(last.iterator(), merge);
    }

    /** One level of the tree: as many results as were merged in one place. */
    private static <R> JavaRDD<R> neighbours(JavaRDD<R> results, PartStore.Merge<R> merge, int width) {
        JavaRDD<Tuple2<Integer, R>> numbered = results.mapPartitionsWithIndex((number, some) -> some.hasNext()
                ? List.of(new Tuple2<>(number, merged(some, merge))).iterator() : Collections.emptyIterator(), false);
        return JavaPairRDD.fromJavaRDD(numbered)
                .repartitionAndSortWithinPartitions(new Neighbours((results.getNumPartitions() + width - 1) / width, width))
                .values()
                .mapPartitions(some -> some.hasNext() ? List.of(merged(some, merge)).iterator() : some);
    }

    private static <R> R merged(Iterator<R> results, PartStore.Merge<R> merge) {
        R all = results.next();
        while (results.hasNext()) {
            all = merge.apply(all, results.next());
        }
        return all;
    }

    /** Brings {@code width} partitions that follow each other together. */
    private static final class Neighbours extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;
        private final int width;

        Neighbours(int partitions, int width) {
            this.partitions = partitions;
            this.width = width;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object number) {
            return (Integer) number / width;
        }
    }
}
