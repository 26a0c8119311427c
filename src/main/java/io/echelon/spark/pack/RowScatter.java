package io.echelon.spark.pack;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** Turns the rows of a partition into blocks of packed numbers, each for the bucket of its top-level groups. */
final class RowScatter implements Iterator<Tuple2<Integer, Block>> {
    private final Iterator<InternalRow> rows;
    private final RowReader reader;
    private final RowBuckets buckets;
    private final ArrayDeque<Tuple2<Integer, Block>> ready = new ArrayDeque<>();
    private boolean done;

    RowScatter(Iterator<InternalRow> rows, SampleColumns columns, int buckets) {
        this.rows = rows;
        reader = new RowReader(columns);
        this.buckets = new RowBuckets(columns, buckets, (b, block) -> ready.add(new Tuple2<>(b, block)));
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && rows.hasNext()) {
            if (reader.read(rows.next())) {
                buckets.add(reader);
            }
        }
        if (ready.isEmpty() && !done) {
            buckets.finish();
            ready.add(new Tuple2<>(0, new Block.Seen(SeenRows.of(reader))));
            done = true;
        }
        return !ready.isEmpty();
    }

    @Override
    public Tuple2<Integer, Block> next() {
        return ready.poll();
    }
}
