package io.echelon.group;

import java.util.List;
import java.util.stream.Collectors;

/** Parts in this JVM, worked on by all cores; results are merged in the order of the parts. */
public final class LocalParts<P> implements PartStore<P> {
    private final List<P> parts;

    /** A store of at least one part. */
    public LocalParts(List<P> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a store needs at least one part");
        }
        this.parts = List.copyOf(parts);
    }

    @Override
    public <R> R aggregate(Kernel<P, R> kernel, Merge<R> merge) {
        List<R> results = parts.parallelStream().map(kernel).collect(Collectors.toList());
        R merged = results.get(0);
        for (R next : results.subList(1, results.size())) {
            merged = merge.apply(merged, next);
        }
        return merged;
    }

    @Override
    public <Q> PartStore<Q> map(Kernel<P, Q> kernel) {
        return new LocalParts<>(parts.parallelStream().map(kernel).collect(Collectors.toList()));
    }

    @Override
    public void close() {
        // Nothing is held outside this object.
    }
}
