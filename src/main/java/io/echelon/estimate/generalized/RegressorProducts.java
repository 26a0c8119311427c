package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.estimate.Collinearity;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Packed;
import java.util.List;

/**
 * Cross-products of the fixed-effects columns that are to be estimated, (x − shift)/scale, from packed rows: two looks at all rows.
 *
 * @param shift    means where a constant or cutpoints take them up, zeros elsewhere
 * @param scale    root mean squares
 * @param products packed lower triangle row by row
 * @param n        rows
 */
record RegressorProducts(double[] shift, double[] scale, double[] products, long n) {

    /** @param estimated the columns that are to be estimated */
    static RegressorProducts of(List<Column> estimated, boolean cutpoints, PartStore<GroupBlock> parts, long n) {
        int p = estimated.size();
        double[] sums = parts.aggregate(b -> sums(b, p), CompensatedSums::merge).values();
        boolean constant = cutpoints || estimated.stream().anyMatch(Column::isConstant);
        double[] shift = new double[p];
        double[] scale = new double[p];
        for (int j = 0; j < p; j++) {
            double mean = sums[j] / n;
            double square = Math.sqrt(sums[p + j] / n);
            shift[j] = constant && !estimated.get(j).isConstant() ? mean : 0;
            scale[j] = square > 0 ? square : 1;
        }
        double[] products = parts.aggregate(b -> products(b, shift, scale), CompensatedSums::merge).values();
        return new RegressorProducts(shift, scale, products, n);
    }

    /** Marks the columns of a design that depend on others. */
    Collinearity collinearity(List<Column> fixed) {
        double[] relative = shift.clone();
        for (int j = 0; j < relative.length; j++) {
            relative[j] /= scale[j];
        }
        return Collinearity.of(fixed, products, relative, n);
    }

    /** Mean product of two columns. */
    double moment(int i, int j) {
        return products[Packed.index(i, j)] / n;
    }

    /** What is taken from a column. */
    double shift(int j) {
        return shift[j];
    }

    /** What then divides it. */
    double scale(int j) {
        return scale[j];
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
