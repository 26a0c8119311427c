package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.group.LocalParts;
import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.group.WorkingRow;
import io.echelon.spark.engine.DriverBudget;
import io.echelon.spark.engine.ExecutorParts;
import io.echelon.spark.engine.LocalMode;
import io.echelon.spark.engine.OrderedMerge;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads the rows of an estimation sample once and keeps their cross-products, group by group. Small inputs are summed
 * partition by partition and merged in the driver; large ones are exchanged by top-level group, in memory where the tasks run
 * in this JVM, else by a shuffle, after which the sums stay on the executors if they are too large for the driver.
 */
public final class MomentsPacker {
    /** Sums worth a core of their own. */
    private static final long BYTES_WORTH_A_CORE = 1L << 20;
    private static final long BUCKET_BYTES = 6L << 20;
    private static final long MOST_SMALL_BUCKETS = 128;

    private final SparkSession spark;
    private final Design design;
    private final SampleColumns columns;
    private final SampleRows rows;

    private MomentsPacker(Dataset<Row> data, Design design) {
        spark = data.sparkSession();
        this.design = design;
        columns = SampleColumns.of(design, data);
        rows = new SampleRows(columns.select(data));
    }

    /**
     * The cross-products of a design.
     *
     * @param data the rows that {@code if} and {@code in} leave
     * @throws EchelonException if no complete row is left, a value is infinite, or a level variable has fractions
     */
    public static PackedMoments pack(Dataset<Row> data, Design design) {
        return new MomentsPacker(data, design).pack();
    }

    /** The cross-products in a given standardization. */
    static PackedMoments pack(Dataset<Row> data, Design design, Standardization standardization) {
        return new MomentsPacker(data, design).pack(standardization);
    }

    private PackedMoments pack() {
        return pack(Centring.sample(rows, columns, design));
    }

    private PackedMoments pack(Standardization standardization) {
        boolean gather = rows.bytes() <= DriverBudget.gather(spark) || columns.levels().isEmpty();
        return gather ? gather(standardization) : exchange(standardization);
    }

    private PackedMoments gather(Standardization standardization) {
        SampleColumns c = columns;
        MomentLayout layout = standardization.layout();
        WorkingRow working = new WorkingRow(design, standardization);
        List<PackedPart> parts = rows.onAll(some -> sum(some, c, working, layout));
        SeenRows seen = seen(parts);
        long bytes = parts.stream().mapToLong(MomentsPacker::bytes).sum();
        int cores = Runtime.getRuntime().availableProcessors();
        int buckets = columns.levels().isEmpty() ? 1 : (int) Math.max(1, Math.min(cores, bytes / BYTES_WORTH_A_CORE));
        List<Moments> merged = parts.size() == 1 && buckets == 1 ? List.of(parts.get(0).moments())
                : IntStream.range(0, buckets).parallel().mapToObj(b -> merge(parts, layout, b, buckets)).toList();
        return packed(new LocalParts<>(labelled(merged, seen.texts())), standardization, seen.tally());
    }

    private static PackedPart sum(Iterator<InternalRow> rows, SampleColumns columns, WorkingRow working,
                                  MomentLayout layout) {
        GroupSums sums = new GroupSums(layout);
        RowReader reader = new RowReader(columns);
        double[] row = new double[layout.width()];
        while (rows.hasNext()) {
            if (reader.read(rows.next())) {
                working.fill(reader.sources, row);
                sums.add(reader.keys, row);
            }
        }
        return new PackedPart(sums.build(), SeenRows.of(reader));
    }

    private static Moments merge(List<PackedPart> parts, MomentLayout layout, int bucket, int buckets) {
        GroupSums sums = new GroupSums(layout);
        parts.forEach(p -> sums.add(p.moments(), bucket, buckets));
        return sums.build();
    }

    private PackedMoments exchange(Standardization standardization) {
        if (LocalMode.of(spark.sparkContext()) && DriverBudget.exchange(spark)) {
            Optional<List<PackedPart>> parts = LocalExchange.sum(rows.rdd(), columns, new WorkingRow(design, standardization),
                    standardization.layout(), buckets());
            if (parts.isPresent()) {
                SeenRows seen = seen(parts.get());
                return packed(new LocalParts<>(labelled(parts.get().stream().map(PackedPart::moments).toList(),
                        seen.texts())), standardization, seen.tally());
            }
        }
        return shuffle(standardization);
    }

    private PackedMoments shuffle(Standardization standardization) {
        SampleColumns c = columns;
        MomentLayout layout = standardization.layout();
        WorkingRow working = new WorkingRow(design, standardization);
        int buckets = buckets();
        JavaRDD<PackedPart> parts = OrderedShuffle.parts(rows.rdd(), buckets,
                some -> new Scatter(some, c, working, layout, buckets),
                blocks -> {
                    Gather gather = new Gather(c, working, layout);
                    blocks.forEachRemaining(gather::add);
                    return gather.part();
                })
                .persist(StorageLevel.MEMORY_AND_DISK());
        Seen all = OrderedMerge.of(parts.map(p -> new Seen(p.seen(), bytes(p))), Seen::merge);
        SeenRows seen;
        try {
            seen = all.rows().usable(columns);
        } catch (EchelonException e) {
            parts.unpersist(false);
            throw e;
        }
        TextKeys[] texts = seen.texts();
        if (all.bytes() > DriverBudget.moments(spark)) {
            JavaRDD<Moments> labelled = parts.map(p -> labelled(p.moments(), texts)).persist(StorageLevel.MEMORY_AND_DISK());
            labelled.count();
            parts.unpersist(false);
            return packed(new ExecutorParts<>(labelled), standardization, seen.tally());
        }
        List<Moments> collected = parts.map(PackedPart::moments).collect();
        parts.unpersist(false);
        return packed(new LocalParts<>(labelled(collected, texts)), standardization, seen.tally());
    }

    /** Enough for all cores, and so many that the sums of one stay in the cache of a core. */
    private int buckets() {
        int least = Math.max(rows.rdd().getNumPartitions(), rows.rdd().context().defaultParallelism());
        return (int) Math.max(least, Math.min(MOST_SMALL_BUCKETS, rows.bytes() / BUCKET_BYTES));
    }

    /** What the driver has to know of the parts that stay on their executors. */
    private record Seen(SeenRows rows, long bytes) implements Serializable {
        Seen merge(Seen other) {
            return new Seen(rows.merge(other.rows), bytes + other.bytes);
        }
    }

    private SeenRows seen(List<PackedPart> parts) {
        return SeenRows.together(parts.stream().map(PackedPart::seen).toList(), columns);
    }

    private static long bytes(PackedPart part) {
        return Double.BYTES * part.moments().doubles();
    }

    private PackedMoments packed(PartStore<Moments> parts, Standardization standardization, Tally tally) {
        return new PackedMoments(tally.noted(design, columns.names()), parts, standardization);
    }

    private static List<Moments> labelled(List<Moments> parts, TextKeys[] texts) {
        return parts.stream().map(p -> labelled(p, texts)).toList();
    }

    /** The same sums with the texts of text levels in place of their numbers. */
    private static Moments labelled(Moments m, TextKeys[] texts) {
        return new Moments(m.layout(), m.parent(), m.rows(), m.data(), m.root(), m.n(), TextKeys.labelled(m.keys(), texts));
    }
}
