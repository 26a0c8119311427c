package io.echelon.group;

import java.io.Serializable;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Where the packed groups are: in this JVM, or on the executors. A part holds whole top-level groups. Both twins run the
 * same kernels, merge partial results in the order of the parts, and so give the same figures.
 *
 * @param <P> what a part is: {@link Moments}, or packed rows
 */
public interface PartStore<P> extends AutoCloseable {
    /** A function of one part that can be sent to an executor. */
    interface Kernel<P, R> extends Function<P, R>, Serializable {}

    /** A merge of two results that can be sent to an executor. */
    interface Merge<R> extends BinaryOperator<R>, Serializable {}

    /** Runs the kernel on every part and merges the results in the order of the parts. */
    <R> R aggregate(Kernel<P, R> kernel, Merge<R> merge);

    /** The parts turned into others, each where it is, once; this store is closed. */
    <Q> PartStore<Q> map(Kernel<P, Q> kernel);

    /** Frees what is cached on executors. */
    @Override
    void close();
}
