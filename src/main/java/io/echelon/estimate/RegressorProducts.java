package io.echelon.estimate;

import io.echelon.design.Column;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.linalg.CompensatedSums;
import java.util.List;

/** Cross-products of the fixed-effects columns, standardised, from packed rows: two looks at all rows. */
final class RegressorProducts {
    private RegressorProducts() {}

    /** Marks the columns of a design that depend on others. */
    static Collinearity collinearity(List<Column> fixed, PartStore<GroupBlock> parts, long n) {
        List<Column> estimated = fixed.stream().filter(c -> c.status() == Column.Status.ESTIMATED).toList();
        int p = estimated.size();
        double[] sums = parts.aggregate(b -> sums(b, p), CompensatedSums::merge).values();
        boolean constant = estimated.stream().anyMatch(Column::isConstant);
        double[] shift = new double[p];
        double[] scale = new double[p];
        for (int j = 0; j < p; j++) {
            double mean = sums[j] / n;
            double square = Math.sqrt(sums[p + j] / n);
            shift[j] = constant && !estimated.get(j).isConstant() ? mean : 0;
            scale[j] = square > 0 ? square : 1;
        }
        double[] products = parts.aggregate(b -> products(b, shift, scale), CompensatedSums::merge).values();
        for (int j = 0; j < p; j++) {
            shift[j] /= scale[j];
        }
        return Collinearity.of(fixed, products, shift, n);
    }

    private static CompensatedSums sums(GroupBlock block, int p) {
        CompensatedSums s = new CompensatedSums(2 * p);
        double[] terms = new double[2 * p];
        for (int i = 0; i < block.rows(); i++) {
            for (int j = 0; j < p; j++) {
                double v = block.x()[i * p + j];
                terms[j] = v;
                terms[p + j] = v * v;
            }
            s.add(terms);
        }
        return s;
    }

    private static CompensatedSums products(GroupBlock block, double[] shift, double[] scale) {
        int p = shift.length;
        CompensatedSums s = new CompensatedSums(p * (p + 1) / 2);
        double[] terms = new double[p * (p + 1) / 2];
        double[] row = new double[p];
        for (int i = 0; i < block.rows(); i++) {
            int at = 0;
            for (int j = 0; j < p; j++) {
                row[j] = (block.x()[i * p + j] - shift[j]) / scale[j];
                for (int k = 0; k <= j; k++) {
                    terms[at++] = row[j] * row[k];
                }
            }
            s.add(terms);
        }
        return s;
    }
}
