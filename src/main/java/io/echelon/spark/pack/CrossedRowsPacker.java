package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.group.Crossing;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupRow;
import io.echelon.group.LocalParts;
import io.echelon.group.NodeKeys;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Packs the rows of an estimation sample with crossed groups into one block in the driver: crossed groups hang together, and the
 * likelihood of all rows is one integral.
 */
public final class CrossedRowsPacker {
    private CrossedRowsPacker() {}

    /** Packed rows of one partition, the nodes of each row, and the values of the grouping variables node by node. */
    private record Part(double[] rows, int[] nodes, int count, long[][][] values, SeenRows seen)
            implements Serializable {}

    /**
     * The packed rows of a design with crossed groups, one block.
     *
     * @param data the rows that {@code if} and {@code in} leave
     * @throws io.echelon.error.EchelonException if no complete row is left, a value is infinite, or a level variable has
     *                                           fractions
     */
    public static PackedRows pack(Dataset<Row> data, Design design) {
        SampleColumns columns = SampleColumns.of(design, data);
        SampleRows rows = new SampleRows(columns.select(data));
        GroupRow packing = new GroupRow(design);
        List<List<String>> groupings = design.levels().stream().map(Level::grouping).toList();
        List<String> variables = SampleColumns.levelVariables(design);
        List<Part> parts = rows.onAll(some -> read(some, columns, packing, TermNodes.of(groupings, variables)));
        SeenRows seen = SeenRows.together(parts.stream().map(Part::seen).toList(), columns);
        TermOrder order = TermOrder.of(TermNodes.of(groupings, variables), parts.stream().map(Part::values).toList(), seen.texts());
        return new PackedRows(seen.tally().noted(design, columns.names()), new LocalParts<>(List.of(block(parts, packing, order))));
    }

    private static Part read(Iterator<InternalRow> rows, SampleColumns columns, GroupRow packing, TermNodes[] terms) {
        RowReader reader = new RowReader(columns);
        int width = packing.layout().width();
        double[] row = new double[width];
        double[] packed = new double[64 * width];
        int[] nodes = new int[64 * terms.length];
        int count = 0;
        while (rows.hasNext()) {
            if (!reader.read(rows.next())) {
                continue;
            }
            packing.fill(reader.sources, row);
            if ((count + 1) * width > packed.length) {
                packed = Arrays.copyOf(packed, Math.multiplyExact(2, packed.length));
                nodes = Arrays.copyOf(nodes, 2 * nodes.length);
            }
            System.arraycopy(row, 0, packed, count * width, width);
            for (int t = 0; t < terms.length; t++) {
                nodes[count * terms.length + t] = terms[t].node(reader.keys);
            }
            count++;
        }
        long[][][] values = Arrays.stream(terms).map(TermNodes::values).toArray(long[][][]::new);
        return new Part(Arrays.copyOf(packed, count * width), Arrays.copyOf(nodes, count * terms.length), count, values,
                SeenRows.of(reader));
    }

    private static GroupBlock block(List<Part> parts, GroupRow packing, TermOrder order) {
        int terms = packing.layout().levels();
        int width = packing.layout().width();
        GroupBlockBuilder builder = new GroupBlockBuilder(packing.layout());
        NodeKeys[] all = new NodeKeys[terms];
        for (int l = 0; l < terms; l++) {
            builder.node(l, 0);
            all[l] = new NodeKeys.Text(new String[] {"_all"});
        }
        int[][] node = new int[terms][parts.stream().mapToInt(Part::count).sum()];
        double[] row = new double[width];
        int next = 0;
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            for (int i = 0; i < part.count(); i++) {
                System.arraycopy(part.rows(), i * width, row, 0, width);
                builder.add(0, row);
                for (int t = 0; t < terms; t++) {
                    node[t][next] = order.node()[p][t][part.nodes()[i * terms + t]];
                }
                next++;
            }
        }
        int[] nodes = new int[terms];
        for (int t = 0; t < terms; t++) {
            nodes[t] = Arrays.stream(node[t]).max().orElse(-1) + 1;
        }
        return builder.build(all).crossedBy(new Crossing(node, nodes, order.keys()));
    }
}
