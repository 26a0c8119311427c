package io.echelon.spark.engine;

import io.echelon.group.PartStore;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Parts cached on the executors. A kernel travels in the closure of one job with the parameters it holds, and the results
 * are merged along a tree ({@link OrderedMerge}).
 */
public final class ExecutorParts<P> implements PartStore<P> {
    private final JavaRDD<P> parts;

    /** Parts that are persisted already; {@link #close} lets go of them. */
    public ExecutorParts(JavaRDD<P> parts) {
        this.parts = parts;
    }

    @Override
    public <R> R aggregate(Kernel<P, R> kernel, Merge<R> merge) {
        return OrderedMerge.of(parts.map(kernel::apply), merge);
    }

    @Override
    public <Q> PartStore<Q> map(Kernel<P, Q> kernel) {
        JavaRDD<Q> mapped = parts.map(kernel::apply).persist(StorageLevel.MEMORY_AND_DISK());
        mapped.count();
        close();
        return new ExecutorParts<>(mapped);
    }

    /** The parts, for results that stay on the executors. */
    public JavaRDD<P> rdd() {
        return parts;
    }

    @Override
    public void close() {
        parts.unpersist(false);
    }
}
