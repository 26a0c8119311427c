package io.echelon.estimate;

import io.echelon.design.Column;
import io.echelon.linalg.Packed;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the fixed-effects columns that depend linearly on those before them, the constant being taken first, from the
 * cross-products of all rows.
 *
 * @param columns the fixed-effects columns of the design with omitted and empty ones marked
 * @param kept    positions of the remaining columns among those that were to be estimated
 * @param notes   one sentence for each column left out
 */
public record Collinearity(List<Column> columns, int[] kept, List<String> notes) {
    /** Share of a column's sum of squares below which what the others leave of it is rounding. */
    private static final double TOLERANCE = 1e-12;
    /** Mean square of a standardised column below which it does not vary. */
    private static final double NO_VARIATION = 1e-26;

    /**
     * @param fixed    all fixed-effects columns of the design
     * @param products packed cross-products of the standardised columns that are to be estimated, and of the response
     * @param shift    what was taken from each of those columns
     * @param n        observations
     */
    public static Collinearity of(List<Column> fixed, double[] products, double[] shift, long n) {
        List<Column> candidates = fixed.stream().filter(c -> c.status() == Column.Status.ESTIMATED).toList();
        int p = candidates.size();
        boolean[] kept = sweep(candidates, products, n);
        List<Column> columns = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Integer> keptPositions = new ArrayList<>();
        int next = 0;
        for (Column column : fixed) {
            if (column.status() != Column.Status.ESTIMATED) {
                columns.add(column);
                continue;
            }
            int j = next++;
            if (kept[j]) {
                columns.add(column);
                keptPositions.add(j);
            } else if (products[Packed.index(j, j)] == 0 && shift[j] == 0 && isCell(column)) {
                columns.add(column.with(Column.Status.EMPTY));
                notes.add(column.name() + " identifies no observations in the sample");
            } else {
                columns.add(column.with(Column.Status.OMITTED));
                notes.add(column.name() + " omitted because of collinearity");
            }
        }
        if (next != p) {
            throw new IllegalStateException("columns do not match");
        }
        return new Collinearity(columns, keptPositions.stream().mapToInt(Integer::intValue).toArray(), notes);
    }

    private static boolean isCell(Column column) {
        return column.parts().size() > 1 && column.parts().stream().anyMatch(part -> !part.continuous());
    }

    /** Which columns do not depend on those before them, by Gauss-Jordan sweeps in their order, the constant first. */
    public static boolean[] sweep(List<Column> columns, double[] products, long n) {
        int p = columns.size();
        double[][] rest = Packed.unpack(products, p);
        boolean[] kept = new boolean[p];
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            order.add(columns.get(j).isConstant() ? 0 : order.size(), j);
        }
        int first = 0;
        for (int j : order) {
            double square = products[Packed.index(j, j)];
            double pivot = rest[j][j];
            if (square <= NO_VARIATION * n || pivot <= TOLERANCE * square) {
                continue;
            }
            kept[j] = true;
            double[] row = rest[j].clone();
            for (int a = 0; a < p; a++) {
                double f = row[a] / pivot;
                if (!kept[a] && f != 0) {
                    double[] left = rest[a];
                    for (int b = first; b < p; b++) {
                        left[b] -= f * row[b];
                    }
                }
            }
            while (first < p && kept[first]) {
                first++;
            }
        }
        return kept;
    }
}
