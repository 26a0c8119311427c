package io.echelon.group;

import java.io.Serializable;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Where the moments of all groups are: in this JVM, or on the executors. Both twins run the same kernels, merge partial
 * results in a fixed order, and so give the same figures.
 */
public interface MomentStore extends AutoCloseable {
    /** A kernel that can be sent to an executor. */
    interface Kernel<R> extends Function<Moments, R>, Serializable {}

    /** A merge that can be sent to an executor. */
    interface Merge<R> extends BinaryOperator<R>, Serializable {}

    /** The columns. */
    MomentLayout layout();

    /** Runs the kernel on every part and merges the results in the order of the parts. */
    <R> R aggregate(Kernel<R> kernel, Merge<R> merge);

    /** Frees what is cached on executors. */
    @Override
    void close();
}
