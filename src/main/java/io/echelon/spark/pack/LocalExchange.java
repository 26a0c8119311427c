package io.echelon.spark.pack;

import io.echelon.group.MomentLayout;
import io.echelon.group.WorkingRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Brings the rows of each top-level group together where all tasks run in this JVM: blocks go from hand to hand, without
 * the files of a shuffle. They wait, bucket by bucket, until all rows are read or too many wait; in the first case they
 * are added in the order of their rows, so that a run gives the same digits as the one before.
 */
final class LocalExchange implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Those at work, for tasks, which find theirs by number. */
    private static final Map<Long, LocalExchange> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong COUNT = new AtomicLong();
    /** Share of the heap that waiting blocks may take, and as much again the sums. */
    private static final int SHARE = 6;

    private final long number = COUNT.incrementAndGet();
    private final transient List<Bucket> buckets;
    private final transient AtomicLong waiting = new AtomicLong();
    private final transient long most = Runtime.getRuntime().maxMemory() / SHARE;
    private transient volatile boolean overfull;

    private LocalExchange(SampleColumns columns, WorkingRow working, MomentLayout layout, int buckets) {
        this.buckets = IntStream.range(0, buckets).mapToObj(b -> new Bucket(new Gather(columns, working, layout))).toList();
    }

    /** The sums of all rows, one part a bucket; empty if they would take too much of the memory. */
    static Optional<List<PackedPart>> sum(JavaRDD<InternalRow> rows, SampleColumns columns, WorkingRow working,
                                          MomentLayout layout, int buckets) {
        LocalExchange exchange = new LocalExchange(columns, working, layout, buckets);
        OPEN.put(exchange.number, exchange);
        try {
            rows.foreachPartition(some -> exchange.send(new Scatter(some, columns, working, layout, buckets)));
            return exchange.overfull ? Optional.empty()
                    : Optional.of(exchange.buckets.stream().parallel().map(Bucket::part).toList());
        } finally {
            OPEN.remove(exchange.number);
        }
    }

    private Object readResolve() {
        return OPEN.get(number);
    }

    private void send(Scatter blocks) {
        int partition = TaskContext.getPartitionId();
        for (int i = 0; blocks.hasNext() && !overfull; i++) {
            var sent = blocks.next();
            buckets.get(sent._1()).receive(new Waiting(partition, i, sent._2()));
            if (waiting.addAndGet(sent._2().size()) > most) {
                waiting.addAndGet(-buckets.stream().max(Comparator.comparingLong(b -> b.size)).orElseThrow().add());
                overfull = buckets.stream().mapToLong(b -> b.held).sum() > most;
            }
        }
    }

    /** A block with where it came from. */
    private record Waiting(int partition, int place, Block block) {}

    private static final class Bucket {
        private final Gather gather;
        private final List<Waiting> blocks = new ArrayList<>();
        /** Bytes of the blocks that wait, and of the sums. */
        private volatile long size;
        private volatile long held;

        Bucket(Gather gather) {
            this.gather = gather;
        }

        synchronized void receive(Waiting block) {
            blocks.add(block);
            size += block.block().size();
        }

        /** Adds the blocks that wait and returns how many bytes they held. */
        synchronized long add() {
            long added = size;
            blocks.sort(Comparator.comparingInt(Waiting::partition).thenComparingInt(Waiting::place));
            blocks.forEach(waiting -> gather.add(waiting.block()));
            blocks.clear();
            size = 0;
            held = Double.BYTES * gather.size();
            return added;
        }

        PackedPart part() {
            add();
            return gather.part();
        }
    }
}
