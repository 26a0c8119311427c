package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.group.CrossedMoments;
import io.echelon.group.CrossedMomentsBuilder;
import io.echelon.group.MomentLayout;
import io.echelon.group.Standardization;
import io.echelon.group.WorkingRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Reads the rows of an estimation sample with crossed groups once and keeps their cross-products. Each partition is summed
 * where it is, the sums are merged along a tree, and the driver numbers the groups of each term in the order of their values, so that the
 * order of the rows makes no difference.
 */
public final class CrossedPacker {
    private CrossedPacker() {}

    /** Sums of some partitions, over the nodes of each term in the order in which they were met. */
    private record Part(CrossedMomentsBuilder sums, TermNodes[] terms, SeenRows seen) implements Serializable {
        Part merge(Part other) {
            sums.add(other.sums, TermNodes.numbered(terms, other.values()));
            seen.merge(other.seen);
            return this;
        }

        long[][][] values() {
            return Arrays.stream(terms).map(TermNodes::values).toArray(long[][][]::new);
        }
    }

    /**
     * The cross-products of a design with crossed groups.
     *
     * @param data the rows that {@code if} and {@code in} leave
     * @throws io.echelon.error.EchelonException if no complete row is left, a value is infinite, or a level variable has
     *                                           fractions
     */
    public static PackedCrossed pack(Dataset<Row> data, Design design) {
        SampleColumns columns = SampleColumns.of(design, data);
        SampleRows rows = new SampleRows(columns.select(data));
        Standardization standardization = Centring.sample(rows, columns, design);
        WorkingRow working = new WorkingRow(design, standardization);
        List<List<String>> groupings = design.levels().stream().map(Level::grouping).toList();
        List<String> variables = SampleColumns.levelVariables(design);
        MomentLayout layout = standardization.layout();
        Part all = rows.merged(some -> sum(some, columns, working, layout, TermNodes.of(groupings, variables)), Part::merge);
        SeenRows seen = all.seen().usable(columns);
        TermOrder order = TermOrder.of(TermNodes.of(groupings, variables), List.<long[][][]>of(all.values()), seen.texts());
        CrossedMomentsBuilder ordered = new CrossedMomentsBuilder(layout);
        ordered.add(all.sums(), order.node()[0]);
        CrossedMoments moments = ordered.build(order.keys());
        return new PackedCrossed(noted(seen.tally().noted(design, columns.names()), moments), moments, standardization);
    }

    private static Part sum(Iterator<InternalRow> rows, SampleColumns columns, WorkingRow working, MomentLayout layout,
                            TermNodes[] terms) {
        CrossedMomentsBuilder sums = new CrossedMomentsBuilder(layout);
        RowReader reader = new RowReader(columns);
        double[] row = new double[layout.width()];
        int[] node = new int[terms.length];
        while (rows.hasNext()) {
            if (reader.read(rows.next())) {
                working.fill(reader.sources, row);
                for (int t = 0; t < terms.length; t++) {
                    node[t] = terms[t].node(reader.keys);
                }
                sums.add(node, row);
            }
        }
        return new Part(sums.trimmed(), terms, SeenRows.of(reader));
    }

    /** Says which effects were eliminated first, where that is not the innermost level as typed. */
    private static Design noted(Design design, CrossedMoments moments) {
        int leaf = moments.leafTerm();
        if (leaf == design.levels().size() - 1) {
            return design;
        }
        List<String> notes = new ArrayList<>(design.notes());
        Level level = design.levels().get(leaf);
        notes.add("the effects of " + String.join(">", level.grouping()) + ", with " + moments.nodes(leaf)
                + " groups, were taken as the innermost level");
        return design.with(design.fixed(), notes);
    }
}
