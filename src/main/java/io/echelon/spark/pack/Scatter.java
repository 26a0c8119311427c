package io.echelon.spark.pack;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.WorkingRow;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * The sending side of the shuffle: turns the rows of a partition into blocks, each for the bucket of its top-level groups.
 * Rows that arrive clustered by group are summed here and sent as sums; other rows are sent as packed numbers. Which of
 * the two is decided by the first rows of the partition: whichever takes less room.
 */
final class Scatter implements Iterator<Tuple2<Integer, Block>> {
    /** Rows summed before it is decided whether to go on summing. */
    private static final int TRIAL_ROWS = 1024;
    /** Doubles of sums held before they are sent. */
    private static final long MOST_SUMS = 4L << 20;

    private final Iterator<InternalRow> rows;
    private final RowReader reader;
    private final WorkingRow working;
    private final MomentLayout layout;
    private final double[] row;
    private final int buckets;
    private final int width;
    private final RowBuckets packed;
    private final ArrayDeque<Tuple2<Integer, Block>> ready = new ArrayDeque<>();
    private GroupSums sums;
    private long summed;
    private boolean clustered = true;
    private boolean done;

    Scatter(Iterator<InternalRow> rows, SampleColumns columns, WorkingRow working, MomentLayout layout,
            int buckets) {
        this.rows = rows;
        this.working = working;
        this.layout = layout;
        this.buckets = buckets;
        reader = new RowReader(columns);
        row = new double[layout.width()];
        width = reader.sources.length + reader.keys.length;
        packed = new RowBuckets(columns, buckets, (b, block) -> ready.add(new Tuple2<>(b, block)));
        sums = new GroupSums(layout);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !done) {
            advance();
        }
        return !ready.isEmpty();
    }

    @Override
    public Tuple2<Integer, Block> next() {
        return ready.poll();
    }

    private void advance() {
        while (rows.hasNext() && ready.isEmpty()) {
            if (reader.read(rows.next())) {
                if (clustered) {
                    sum();
                } else {
                    packed.add(reader);
                }
            }
        }
        if (!rows.hasNext() && !done) {
            finish();
        }
    }

    private void sum() {
        working.fill(reader.sources, row);
        sums.add(reader.keys, row);
        summed++;
        boolean full = sums.size() > MOST_SUMS;
        if (summed == TRIAL_ROWS || full) {
            clustered = 2 * sums.size() < summed * width;
        }
        if (!clustered || full) {
            sendSums();
            summed = 0;
        }
    }

    private void sendSums() {
        Moments moments = sums.build();
        for (int b = 0; b < buckets; b++) {
            GroupSums mine = new GroupSums(layout);
            mine.add(moments, b, buckets);
            ready.add(new Tuple2<>(b, new Block.Sums(mine.build())));
        }
        sums = new GroupSums(layout);
    }

    private void finish() {
        if (summed > 0) {
            sendSums();
        }
        packed.finish();
        ready.add(new Tuple2<>(0, new Block.Seen(SeenRows.of(reader))));
        done = true;
    }
}
