package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupRow;
import io.echelon.group.LocalParts;
import io.echelon.spark.engine.DriverBudget;
import io.echelon.spark.engine.ExecutorParts;
import io.echelon.spark.engine.OrderedMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads the rows of an estimation sample once and packs them group by group. Small inputs are packed in the driver; large ones
 * are shuffled by top-level group, and stay on the executors if they are too large for the driver.
 */
public final class GroupBlockPacker {
    /** Rows worth a core of their own. */
    private static final int WORTH_A_CORE = 256;

    private final SparkSession spark;
    private final Design design;
    private final SampleColumns columns;
    private final SampleRows rows;
    private final GroupRow packing;

    private GroupBlockPacker(Dataset<Row> data, Design design) {
        spark = data.sparkSession();
        this.design = design;
        columns = SampleColumns.of(design, data);
        rows = new SampleRows(columns.select(data));
        packing = new GroupRow(design);
    }

    /**
     * The packed rows of a design.
     *
     * @param data the rows that {@code if} and {@code in} leave
     * @throws EchelonException if no complete row is left, a value is infinite, an exposure is not positive, or a level
     *                          variable has fractions
     */
    public static PackedRows pack(Dataset<Row> data, Design design) {
        GroupBlockPacker packer = new GroupBlockPacker(data, design);
        return packer.rows.bytes() <= DriverBudget.gather(packer.spark) ? packer.gather() : packer.shuffle();
    }

    private PackedRows gather() {
        SampleColumns c = columns;
        SeenRows seen = SeenRows.none(columns);
        List<Block.Rows> blocks = new ArrayList<>();
        for (ArrayList<Block> some : rows.onAll(part -> blocks(part, c))) {
            for (Block block : some) {
                if (block instanceof Block.Rows packed) {
                    blocks.add(packed);
                } else if (block instanceof Block.Seen part) {
                    seen.merge(part.rows());
                }
            }
        }
        Tally tally = seen.usable(columns).tally();
        long count = tally.rows() - tally.dropped();
        int parts = columns.levels().isEmpty() ? 1
                : (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), count / WORTH_A_CORE));
        List<GroupBlock> packed = IntStream.range(0, parts).parallel().mapToObj(b -> part(blocks, b, parts))
                .filter(Objects::nonNull).map(block -> labelled(block, seen.texts())).toList();
        return new PackedRows(tally.noted(design, columns.names()), new LocalParts<>(packed));
    }

    private static ArrayList<Block> blocks(Iterator<InternalRow> rows, SampleColumns columns) {
        ArrayList<Block> blocks = new ArrayList<>();
        new RowScatter(rows, columns, 1).forEachRemaining(b -> blocks.add(b._2()));
        return blocks;
    }

    /** The rows of one of several buckets, or null if it has none. */
    private GroupBlock part(List<Block.Rows> blocks, int bucket, int buckets) {
        GroupRows grouped = new GroupRows(columns, packing);
        blocks.forEach(b -> grouped.add(b, bucket, buckets));
        return grouped.count() == 0 ? null : grouped.build();
    }

    private PackedRows shuffle() {
        SampleColumns c = columns;
        GroupRow p = packing;
        int buckets = Math.max(rows.rdd().getNumPartitions(), rows.rdd().context().defaultParallelism());
        JavaRDD<Part> parts = OrderedShuffle.parts(rows.rdd(), buckets, some -> new RowScatter(some, c, buckets),
                blocks -> Part.of(blocks, c, p)).persist(StorageLevel.MEMORY_AND_DISK());
        SeenRows seen;
        try {
            seen = OrderedMerge.of(parts.map(Part::seen), SeenRows::merge).usable(columns);
        } catch (EchelonException e) {
            parts.unpersist(false);
            throw e;
        }
        TextKeys[] texts = seen.texts();
        Tally tally = seen.tally();
        JavaRDD<GroupBlock> blocks = parts.filter(part -> part.block().rows() > 0).map(part -> labelled(part.block(), texts));
        long bytes = (tally.rows() - tally.dropped()) * packing.layout().width() * Double.BYTES;
        Design noted = tally.noted(design, columns.names());
        if (bytes > DriverBudget.moments(spark)) {
            blocks.persist(StorageLevel.MEMORY_AND_DISK()).count();
            parts.unpersist(false);
            return new PackedRows(noted, new ExecutorParts<>(blocks));
        }
        List<GroupBlock> collected = blocks.collect();
        parts.unpersist(false);
        return new PackedRows(noted, new LocalParts<>(collected));
    }

    /** The packed rows of a bucket, and what the rows sent to it were like. */
    private record Part(GroupBlock block, SeenRows seen) implements Serializable {
        static Part of(Iterator<Block> blocks, SampleColumns columns, GroupRow packing) {
            GroupRows grouped = new GroupRows(columns, packing);
            SeenRows seen = SeenRows.none(columns);
            while (blocks.hasNext()) {
                Block block = blocks.next();
                if (block instanceof Block.Rows rows) {
                    grouped.add(rows, 0, 1);
                } else if (block instanceof Block.Seen part) {
                    seen.merge(part.rows());
                }
            }
            return new Part(grouped.build(), seen);
        }
    }

    private static GroupBlock labelled(GroupBlock block, TextKeys[] texts) {
        return block.withKeys(TextKeys.labelled(block.keys(), texts));
    }
}
