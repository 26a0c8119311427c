package io.echelon.estimate.generalized;

import io.echelon.covariance.Unstructured;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.family.Family;
import io.echelon.group.Standardization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parameters in which a generalized model is maximised where those of the tables hang together too closely, as those of
 * calendar years and of their squares do. Coefficients are worked with as those of orthonormal columns W = (X − 1m')S⁻¹L⁻ᵀ, S
 * the sizes of the columns and LL' their correlations, the constant or the cutpoints taking up the shift; effects u of a
 * level with unrestricted covariances as u = Au*, u* those of centred columns. Both are exact.
 *
 * @param working β and the ancillary parameters of the tables as a function of those worked with, or null where they are the same
 * @param inverse its inverse, or null
 * @param effects A of each equation, or null where the columns are near zero or the covariance structure would not stay
 */
record Coordinates(double[][] working, double[][] inverse, List<double[][]> effects) {
    /** Standard deviations from zero at which a mean is far. */
    private static final double FAR = 3;
    private static final double VERY_FAR = 10;
    /** Share of a column's sum of squares that the others leave, below which they hang together closely. */
    private static final double CLOSE = 0.01;

    /**
     * The coordinates for a design.
     *
     * @param products        of all columns to be estimated
     * @param kept            those of them that have coefficients
     * @param standardization of the columns
     */
    static Coordinates of(Design design, Family family, RegressorProducts products, int[] kept,
                          Standardization standardization) {
        List<double[][]> effects = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            int at = standardization.layout().offset(l);
            for (Effects e : design.levels().get(l).effects()) {
                effects.add(centring(e, standardization, at));
                at += e.columns().size();
            }
        }
        double[][][] fixed = fixed(design, family, products, kept);
        return new Coordinates(fixed[0], fixed[1], effects);
    }

    /** The parameters of the tables. */
    static Coordinates none(Design design) {
        List<double[][]> effects = new ArrayList<>();
        design.levels().forEach(l -> l.effects().forEach(e -> effects.add(null)));
        return new Coordinates(null, null, effects);
    }

    /** u_0 = u*_0 − Σ m_i u*_i for the means m of columns far from zero, or null. */
    private static double[][] centring(Effects e, Standardization s, int at) {
        double[][] a = Quadratic.identity(e.columns().size());
        boolean far = false;
        for (int i = 0; i < a.length; i++) {
            int constant = SlopeScales.constant(e, e.columns().get(i).equation());
            double mean = s.shift()[at + i];
            if (constant >= 0 && i != constant && Math.abs(mean) > FAR * s.scale()[at + i]) {
                a[constant][i] = -mean;
                far = true;
            }
        }
        return far && e.covariance() instanceof Unstructured ? a : null;
    }

    /** What to know of covariance structures that are others for centred columns, where the columns are very far from zero. */
    static List<String> notes(Design design, Standardization s) {
        List<String> notes = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            Level level = design.levels().get(l);
            int at = s.layout().offset(l);
            for (Effects e : level.effects()) {
                boolean depends = e.columns().stream().anyMatch(Column::isConstant) && e.covariance().parameters() > 0
                        && !(e.covariance() instanceof Unstructured);
                for (int i = 0; i < e.columns().size() && depends; i++) {
                    if (Math.abs(s.shift()[at + i]) > VERY_FAR * s.scale()[at + i]) {
                        String name = e.columns().get(i).name();
                        notes.add("the covariances of level " + level.variable() + " without one of " + name + " and _cons"
                                + " depend on the origin of " + name + ", whose values are far from zero; use"
                                + " covariance(unstructured), or subtract a typical value from " + name);
                    }
                }
                at += e.columns().size();
            }
        }
        return notes;
    }

    /** The same without the coefficients. */
    Coordinates withoutColumns() {
        return new Coordinates(null, null, effects);
    }

    private static int constant(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isConstant()) {
                return i;
            }
        }
        return -1;
    }

    private static double[][][] fixed(Design design, Family family, RegressorProducts products, int[] kept) {
        List<Column> columns = design.regressors();
        int constant = constant(columns);
        int[] places = Arrays.stream(kept).filter(j -> j != constant && j < columns.size()).toArray();
        int k = places.length;
        double[][] factor = new double[k][k];
        boolean needed = false;
        for (int i = 0; i < k; i++) {
            double square = products.moment(places[i], places[i]);
            needed |= square < 1 / (FAR * FAR);
            double rest = square;
            for (int j = 0; j <= i; j++) {
                double s = products.moment(places[i], places[j]);
                for (int h = 0; h < j; h++) {
                    s -= factor[i][h] * factor[j][h];
                }
                rest = s;
                factor[i][j] = j < i ? s / factor[j][j] : Math.sqrt(s);
            }
            if (!(rest > 0)) {
                return new double[2][][];
            }
            needed |= rest < CLOSE * square;
        }
        if (!needed) {
            return new double[2][][];
        }
        int all = design.estimated().size() + family.ancillary().size();
        double[][] to = Quadratic.identity(all);
        double[][] back = Quadratic.identity(all);
        // Each linear predictor has the same columns.
        for (int first = 0; first < design.estimated().size(); first += columns.size()) {
            fill(to, back, first, design.estimated().size(), products, places, constant, factor);
        }
        return new double[][][] {to, back};
    }

    /**
     * @param first    where the coefficients of a linear predictor start
     * @param p        number of coefficients, after which cutpoints follow
     * @param places   of the columns, but for the constant, in their order
     * @param constant place of the constant, or −1
     * @param factor   L of the columns S⁻¹(x − m)
     */
    private static void fill(double[][] to, double[][] back, int first, int p, RegressorProducts products, int[] places,
                             int constant, double[][] factor) {
        int k = places.length;
        for (int c = 0; c < k; c++) {
            // Column c of S⁻¹L⁻ᵀ, from the last row upwards.
            double[] column = new double[k];
            for (int r = c; r >= 0; r--) {
                double s = r == c ? 1 : 0;
                for (int h = r + 1; h <= c; h++) {
                    s -= factor[h][r] * column[h];
                }
                column[r] = s / factor[r][r];
            }
            double shift = 0;
            for (int r = 0; r < k; r++) {
                to[first + places[r]][first + places[c]] = column[r] / products.scale(places[r]);
                back[first + places[c]][first + places[r]] = r >= c ? factor[r][c] * products.scale(places[r]) : 0;
                shift += products.shift(places[r]) * to[first + places[r]][first + places[c]];
            }
            if (constant >= 0) {
                to[first + constant][first + places[c]] = -shift;
                back[first + constant][first + places[c]] = products.shift(places[c]);
            } else {
                for (int cut = p; cut < to.length; cut++) {
                    to[cut][first + places[c]] = shift;
                    back[cut][first + places[c]] = -products.shift(places[c]);
                }
            }
        }
    }
}
