package io.echelon.spark.pack;

import io.echelon.group.MomentLayout;
import io.echelon.group.WorkingRow;

/** The receiving side of the exchange of rows: adds the blocks of one bucket up. */
final class Gather {
    private final int sources;
    private final WorkingRow working;
    private final GroupSums sums;
    private final SeenRows seen;

    Gather(SampleColumns columns, WorkingRow working, MomentLayout layout) {
        this.working = working;
        sources = columns.codes().size();
        sums = new GroupSums(layout);
        seen = SeenRows.none(columns);
    }

    void add(Block block) {
        if (block instanceof Block.Rows rows) {
            sums.add(rows, sources, working);
        } else if (block instanceof Block.Sums part) {
            sums.add(part.moments(), 0, 1);
        } else if (block instanceof Block.Seen sent) {
            seen.merge(sent.rows());
        }
    }

    /** Doubles held by the groups so far. */
    long size() {
        return sums.size();
    }

    /** What was added, all together. */
    PackedPart part() {
        return new PackedPart(sums.build(), seen);
    }
}
