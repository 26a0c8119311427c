package io.echelon.spark.pack;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Brings blocks of rows to the bucket of their top-level groups by a shuffle. A bucket gets its blocks in the order of the rows
 * they hold, however they travelled, so that a run gives the same digits as the one before.
 */
final class OrderedShuffle {
    private OrderedShuffle() {}

    /** Turns the rows of a partition into blocks, each with its bucket. */
    interface Sender extends Function<Iterator<InternalRow>, Iterator<Tuple2<Integer, Block>>>, Serializable {}

    /** Makes one part of the blocks of a bucket. */
    interface Receiver<P> extends Function<Iterator<Block>, P>, Serializable {}

    /** One part a bucket. */
    static <P> JavaRDD<P> parts(JavaRDD<InternalRow> rows, int buckets, Sender sender, Receiver<P> receiver) {
        return JavaPairRDD.fromJavaRDD(rows.mapPartitionsWithIndex((p, some) -> new Sent(p, sender.apply(some)), false))
                .repartitionAndSortWithinPartitions(new Buckets(buckets))
                .values()
                .mapPartitions(blocks -> List.of(receiver.apply(blocks)).iterator());
    }

    /** Where a block goes, and which one of which partition it is. */
    private record Place(int bucket, int partition, int number) implements Comparable<Place>, Serializable {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::partition).thenComparingInt(Place::number);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** The blocks of one partition, numbered. */
    private static final class Sent implements Iterator<Tuple2<Place, Block>> {
        private final int partition;
        private final Iterator<Tuple2<Integer, Block>> blocks;
        private int count;

        Sent(int partition, Iterator<Tuple2<Integer, Block>> blocks) {
            this.partition = partition;
            this.blocks = blocks;
        }

        @Override
        public boolean hasNext() {
            return blocks.hasNext();
        }

        @Override
        public Tuple2<Place, Block> next() {
            Tuple2<Integer, Block> block = blocks.next();
            return new Tuple2<>(new Place(block._1(), partition, count++), block._2());
        }
    }

    private static final class Buckets extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int buckets;

        Buckets(int buckets) {
            this.buckets = buckets;
        }

        @Override
        public int numPartitions() {
            return buckets;
        }

        @Override
        public int getPartition(Object place) {
            return ((Place) place).bucket();
        }
    }
}
