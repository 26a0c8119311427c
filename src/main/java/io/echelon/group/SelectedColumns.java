package io.echelon.group;

/** Cross-products of another store without some of its fixed-effects columns. */
public final class SelectedColumns implements PartStore<Moments> {
    private final PartStore<Moments> all;
    private final int[] kept;

    /** The parts of {@code all} with the fixed-effects columns {@code kept} only. */
    public SelectedColumns(PartStore<Moments> all, int[] kept) {
        this.all = all;
        this.kept = kept.clone();
    }

    @Override
    public <R> R aggregate(Kernel<Moments, R> kernel, Merge<R> merge) {
        int[] columns = kept;
        return all.aggregate(part -> kernel.apply(part.withFixed(columns)), merge);
    }

    @Override
    public <Q> PartStore<Q> map(Kernel<Moments, Q> kernel) {
        int[] columns = kept;
        return all.map(part -> kernel.apply(part.withFixed(columns)));
    }

    @Override
    public void close() {
        all.close();
    }
}
