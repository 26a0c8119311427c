package io.echelon.group;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns the source values of a row into a working row {@code [z_1 | ... | z_L | x | y]}, standardised. */
public final class WorkingRow implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CONSTANT = -1;
    private static final int PRODUCT = -2;
    /** Indicators of one variable from which on that of a row is looked up. */
    private static final int MANY = 16;

    private final Column[] columns;
    /** Source of a column that is one plain variable, or CONSTANT, or PRODUCT for indicators and interactions. */
    private final int[] plain;
    private final double[] shift;
    private final double[] factor;
    /** The columns that are worked out one by one. */
    private final int[] single;
    private final List<Indicators> indicators;

    /** Columns that are the unshifted indicators of one variable, by ascending level. */
    private record Indicators(int source, double[] levels, int[] columns) implements Serializable {
        static Indicators of(int source, List<Integer> columns, Column[] all) {
            int[] sorted = columns.stream().sorted(Comparator.comparingDouble(c -> all[c].parts().get(0).level()))
                    .mapToInt(Integer::intValue).toArray();
            // No level is -0, which sorts before 0.
            return new Indicators(source, Arrays.stream(sorted).mapToDouble(c -> all[c].parts().get(0).level() + 0.0).toArray(),
                    sorted);
        }

        void fill(double[] sources, double[] factor, double[] row) {
            int at = Arrays.binarySearch(levels, sources[source] + 0.0);
            if (at >= 0) {
                row[columns[at]] = factor[columns[at]];
            }
        }
    }

    /** The working rows of a design in the given standardization. */
    public WorkingRow(Design design, Standardization standardization) {
        columns = columns(design).toArray(Column[]::new);
        plain = new int[columns.length];
        factor = new double[columns.length];
        shift = standardization.shift();
        for (int c = 0; c < columns.length; c++) {
            List<Column.Part> parts = columns[c].parts();
            plain[c] = parts.isEmpty() ? CONSTANT
                    : parts.size() == 1 && parts.get(0).continuous() ? parts.get(0).source() : PRODUCT;
            factor[c] = 1 / standardization.scale()[c];
        }
        Map<Integer, List<Integer>> factors = IntStream.range(0, columns.length).filter(this::unshiftedIndicator).boxed()
                .collect(Collectors.groupingBy(c -> columns[c].parts().get(0).source(), TreeMap::new, Collectors.toList()));
        factors.values().removeIf(l -> l.size() < MANY);
        indicators = factors.entrySet().stream().map(e -> Indicators.of(e.getKey(), e.getValue(), columns)).toList();
        Set<Integer> together = factors.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        single = IntStream.range(0, columns.length).filter(c -> !together.contains(c)).toArray();
    }

    private boolean unshiftedIndicator(int c) {
        return shift[c] == 0 && columns[c].parts().size() == 1 && !columns[c].parts().get(0).continuous();
    }

    /** The columns of a working row: those of each level, the estimated fixed-effects columns, the response. */
    public static List<Column> columns(Design design) {
        List<Column> all = new ArrayList<>();
        for (Level level : design.levels()) {
            all.addAll(level.columns());
        }
        all.addAll(design.estimated());
        int y = design.response();
        all.add(new Column(design.sources().get(y).name(), List.of(new Column.Part(y, Double.NaN)),
                Column.Status.ESTIMATED));
        return all;
    }

    /** Writes the working row of the source values (in the order of {@link Design#sources()}) to {@code row}. */
    public void fill(double[] sources, double[] row) {
        if (!indicators.isEmpty()) {
            Arrays.fill(row, 0);
            for (Indicators i : indicators) {
                i.fill(sources, factor, row);
            }
        }
        for (int c : single) {
            int s = plain[c];
            double v = s >= 0 ? sources[s] : s == CONSTANT ? 1 : columns[c].value(sources);
            row[c] = (v - shift[c]) * factor[c];
        }
    }
}
