package io.echelon.spark.pack;

import io.echelon.group.MomentLayout;
import io.echelon.group.WorkingRow;
import java.util.Iterator;
import scala.Tuple2;

/** The receiving side of the shuffle: adds the blocks of one bucket up. */
final class Gather {
    private Gather() {}

    static PackedPart add(Iterator<Tuple2<Integer, Block>> blocks, SampleColumns columns, WorkingRow working,
                          MomentLayout layout) {
        GroupSums sums = new GroupSums(layout);
        double[] row = new double[layout.width()];
        double[] sources = new double[columns.codes().size()];
        long[] keys = new long[columns.levels().size()];
        TextKeys[] texts = TextKeys.forLevels(columns);
        Tally tally = new Tally(columns.names().size());
        while (blocks.hasNext()) {
            Block block = blocks.next()._2();
            if (block instanceof Block.Rows rows) {
                double[] values = rows.values();
                for (int at = 0; at < values.length;) {
                    System.arraycopy(values, at, sources, 0, sources.length);
                    at += sources.length;
                    for (int l = 0; l < keys.length; l++) {
                        keys[l] = Double.doubleToRawLongBits(values[at++]);
                    }
                    working.fill(sources, row);
                    sums.add(keys, row);
                }
            } else if (block instanceof Block.Sums part) {
                sums.add(part.moments(), 0, 1);
            } else if (block instanceof Block.Seen seen) {
                TextKeys.mergeAll(texts, seen.texts());
                tally.merge(seen.tally());
            }
        }
        return new PackedPart(sums.build(), texts, tally);
    }
}
