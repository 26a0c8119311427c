package io.echelon.spark.pack;

import java.util.function.BiConsumer;

/** Packs the rows that a reader reads as numbers, each into a block for the bucket of its top-level group. */
final class RowBuckets {
    private static final int MOST_ROWS = 4096;
    private static final int FEWEST_ROWS = 16;
    /** Doubles held in all buckets together. */
    private static final int MOST_DOUBLES = 2 << 20;

    private final int buckets;
    private final int width;
    private final int rowsPerBlock;
    private final BiConsumer<Integer, Block> full;
    private final Block.Rows[] packed;
    private final int[] filled;
    private int next;

    /**
     * Empty buckets.
     *
     * @param full takes a bucket and a block for it that has no more room
     */
    RowBuckets(SampleColumns columns, int buckets, BiConsumer<Integer, Block> full) {
        this.buckets = buckets;
        this.full = full;
        width = columns.codes().size() + columns.levels().size();
        rowsPerBlock = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_DOUBLES / (width * buckets)));
        packed = new Block.Rows[buckets];
        filled = new int[buckets];
    }

    /** Adds the row the reader read last. Rows of a model without levels are dealt out in turn. */
    void add(RowReader reader) {
        int b = reader.keys.length == 0 ? next++ % buckets : GroupSums.bucket(reader.keys[0], buckets);
        Block.Rows block = packed[b];
        if (block == null) {
            block = new Block.Rows(rowsPerBlock * width);
            packed[b] = block;
        }
        int at = filled[b] * width;
        for (double source : reader.sources) {
            block.source(at++, source);
        }
        for (long key : reader.keys) {
            block.key(at++, key);
        }
        if (++filled[b] == rowsPerBlock) {
            give(b);
        }
    }

    /** Gives the blocks that are not full. */
    void finish() {
        for (int b = 0; b < buckets; b++) {
            if (filled[b] > 0) {
                give(b);
            }
        }
    }

    private void give(int bucket) {
        int used = filled[bucket] * width;
        Block.Rows block = packed[bucket];
        full.accept(bucket, used == block.length() ? block : block.first(used));
        packed[bucket] = null;
        filled[bucket] = 0;
    }
}
