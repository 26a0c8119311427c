package io.echelon.group;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Shift and scale of each column of a working row, so that cross-products of badly scaled data keep their digits.
 * A column is shifted only where a constant beside it takes up the shift: z columns of a level with a constant among
 * them, x columns and the response where the fixed part has a constant.
 *
 * <p>Among many columns, indicators of few rows are left as they are: they lose no digits, and working rows with few numbers
 * other than zero make sums that take little time.
 *
 * <p>Scales are powers of two and shifts are multiples of scale/16, so that data of few digits (counts, visit numbers)
 * stay exact, and groups with the same rows have the same cross-products to the last bit, whatever the order of rows.
 *
 * @param layout   columns of the working row
 * @param shift    taken from each column
 * @param scale    then divides each column
 * @param constant for each level, then for the fixed part: position of the constant among its columns, or -1
 */
public record Standardization(MomentLayout layout, double[] shift, double[] scale, int[] constant)
        implements Serializable {
    private static final double CONSTANT_COLUMN = 1e-13;
    /** Fixed-effects columns from which on it is worth while to look for zeros. */
    public static final int MANY = 64;
    /** Mean of an indicator of few rows. */
    private static final double RARE = 0.05;

    /** The identity: nothing shifted, nothing scaled. */
    public static Standardization none(Design design) {
        MomentLayout layout = MomentLayout.of(design);
        double[] ones = new double[layout.width()];
        Arrays.fill(ones, 1);
        return new Standardization(layout, new double[layout.width()], ones, constants(design));
    }

    /**
     * The standardization for columns with the given means and standard deviations, in the order of the working row.
     */
    public static Standardization of(Design design, double[] mean, double[] sd) {
        MomentLayout layout = MomentLayout.of(design);
        int[] constant = constants(design);
        double[] shift = new double[layout.width()];
        double[] scale = new double[layout.width()];
        int levels = layout.levels();
        List<Column> columns = WorkingRow.columns(design);
        for (int part = 0; part <= levels; part++) {
            int from = layout.offset(part);
            int to = part < levels ? layout.offset(part + 1) : layout.width();
            for (int c = from; c < to; c++) {
                boolean isConstant = c - from == constant[part];
                boolean rare = part == levels && layout.fixed() >= MANY && columns.get(c).isIndicator() && mean[c] < RARE;
                boolean shifted = constant[part] >= 0 && !isConstant && !rare;
                boolean varies = sd[c] > CONSTANT_COLUMN * Math.abs(mean[c]);
                double size = shifted && varies ? sd[c] : Math.hypot(mean[c], sd[c]);
                scale[c] = isConstant || rare || size == 0 ? 1 : Math.scalb(1.0, (int) Math.rint(Math.log(size) / Math.log(2)));
                double grid = scale[c] / 16;
                shift[c] = !shifted ? 0 : varies ? Math.rint(mean[c] / grid) * grid : mean[c];
            }
        }
        return new Standardization(layout, shift, scale, constant);
    }

    private static int[] constants(Design design) {
        int levels = design.levels().size();
        int[] constant = new int[levels + 1];
        for (int l = 0; l < levels; l++) {
            Level level = design.levels().get(l);
            constant[l] = indexOfConstant(level.columns());
        }
        constant[levels] = indexOfConstant(design.regressors());
        return constant;
    }

    private static int indexOfConstant(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isConstant()) {
                return i;
            }
        }
        return -1;
    }

    /** The same for the fixed-effects columns {@code kept} only, given by their positions in order. */
    public Standardization withFixed(int[] kept) {
        MomentLayout selected = new MomentLayout(layout.effects(), kept.length);
        int effects = layout.offset(layout.levels());
        double[] newShift = Arrays.copyOf(shift, selected.width());
        double[] newScale = Arrays.copyOf(scale, selected.width());
        int[] newConstant = constant.clone();
        newConstant[layout.levels()] = -1;
        for (int j = 0; j < kept.length; j++) {
            newShift[effects + j] = shift[effects + kept[j]];
            newScale[effects + j] = scale[effects + kept[j]];
            if (kept[j] == constant[layout.levels()]) {
                newConstant[layout.levels()] = j;
            }
        }
        newShift[selected.width() - 1] = responseShift();
        newScale[selected.width() - 1] = responseScale();
        return new Standardization(selected, newShift, newScale, newConstant);
    }

    /** About the mean square of a random-effects column of a level in original units. */
    public double meanSquare(int level, int column) {
        int c = layout.offset(level) + column;
        return scale[c] * scale[c] + shift[c] * shift[c];
    }

    /** Scale of the response. */
    public double responseScale() {
        return scale[layout.width() - 1];
    }

    /** Shift of the response. */
    public double responseShift() {
        return shift[layout.width() - 1];
    }

    /**
     * A (q×q) with z = z* A for the standardized columns z* of a level, so that effects u of z are the effects A u of z*,
     * and their covariance matrix is A Σ A'. (The response is scaled too, which divides A u by its scale.)
     */
    public double[][] effectsMap(int level) {
        return map(level, layout.effects()[level]);
    }

    /** A⁻¹ for the A of {@link #effectsMap}. */
    public double[][] effectsInverse(int level) {
        return inverse(level, layout.effects()[level]);
    }

    /** A⁻¹ β* for the A of {@link #coefficientsInverse}. */
    public double[] original(double[] standard) {
        int from = layout.offset(layout.levels());
        int one = constant[layout.levels()];
        double[] beta = new double[standard.length];
        double sum = 0;
        for (int j = 0; j < beta.length; j++) {
            beta[j] = standard[j] / scale[from + j];
            sum += j == one ? 0 : shift[from + j] * beta[j];
        }
        if (one >= 0) {
            beta[one] -= sum;
        }
        return beta;
    }

    /** A⁻¹ (p×p) where x = x* A for the standardized fixed-effects columns x*: coefficients β* of x* are A⁻¹ β* of x. */
    public double[][] coefficientsInverse() {
        return inverse(layout.levels(), layout.fixed());
    }

    private double[][] inverse(int part, int columns) {
        double[][] a = new double[columns][columns];
        int from = layout.offset(part);
        for (int j = 0; j < columns; j++) {
            a[j][j] = 1 / scale[from + j];
            if (constant[part] >= 0 && constant[part] != j) {
                a[constant[part]][j] = -shift[from + j] / scale[from + j];
            }
        }
        return a;
    }

    /** A (p×p) where x = x* A for the standardized fixed-effects columns x*: coefficients β of x are A β of x*. */
    public double[][] coefficientsMap() {
        return map(layout.levels(), layout.fixed());
    }

    /** Coefficients of the standardized response and columns, of those in original units. */
    public double[] standardized(double[] beta) {
        double[][] a = coefficientsMap();
        double[] standard = new double[beta.length];
        for (int i = 0; i < beta.length; i++) {
            double sum = i == constant[layout.levels()] ? -responseShift() : 0;
            for (int j = 0; j < beta.length; j++) {
                sum += a[i][j] * beta[j];
            }
            standard[i] = sum / responseScale();
        }
        return standard;
    }

    /** log|A| where x = x* A. */
    public double logDeterminant() {
        double sum = 0;
        for (int c = layout.offset(layout.levels()); c < layout.width() - 1; c++) {
            sum += Math.log(scale[c]);
        }
        return sum;
    }

    private double[][] map(int part, int columns) {
        double[][] a = new double[columns][columns];
        int from = layout.offset(part);
        for (int j = 0; j < columns; j++) {
            a[j][j] = scale[from + j];
            if (constant[part] >= 0 && constant[part] != j) {
                a[constant[part]][j] = shift[from + j];
            }
        }
        return a;
    }
}
