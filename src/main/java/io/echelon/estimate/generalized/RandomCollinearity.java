package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Collinearity;
import io.echelon.group.BlockScales;
import io.echelon.group.CrossedMoments;
import io.echelon.group.GroupBlock;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Leaves out the columns of a random-effects equation that depend linearly on those before them in the same equation, its
 * constant being taken first. Columns of different linear predictors do not depend on each other. Judged by the cross-products
 * over all rows.
 */
public final class RandomCollinearity {
    private final Design design;
    private final Standardization standardization;
    /** Packed cross-products of the standardised columns of each level. */
    private final double[][] products;
    private final long n;
    private final List<String> notes;

    private RandomCollinearity(Design design, Standardization standardization, double[][] products, long n) {
        this.design = design;
        this.standardization = standardization;
        this.products = products;
        this.n = n;
        notes = new ArrayList<>(design.notes());
    }

    /** The design without dependent columns, from packed rows; empty where there are none. */
    public static Optional<Design> reducedByRows(Design design, PartStore<GroupBlock> parts) {
        if (!several(design)) {
            return Optional.empty();
        }
        Standardization s = BlockScales.of(design, parts);
        double[] sums = parts.aggregate(b -> rowSums(b, s), CompensatedSums::merge).values();
        long n = parts.aggregate(b -> (long) b.rows(), Long::sum);
        return new RandomCollinearity(design, s, split(s, sums), n).reduced();
    }

    /** The design without dependent columns, from cross-products; empty where there are none. */
    public static Optional<Design> reducedByMoments(Design design, PartStore<Moments> parts, Standardization s) {
        if (!several(design)) {
            return Optional.empty();
        }
        double[] sums = parts.aggregate(RandomCollinearity::nodeSums, CompensatedSums::merge).values();
        long n = parts.aggregate(Moments::n, Long::sum);
        return new RandomCollinearity(design, s, split(s, sums), n).reduced();
    }

    /** The design without dependent columns, from cross-products of crossed groups; empty where there are none. */
    public static Optional<Design> reducedByMoments(Design design, CrossedMoments moments, Standardization s) {
        return several(design) ? new RandomCollinearity(design, s, termSums(moments), moments.n()).reduced()
                : Optional.empty();
    }

    private static boolean several(Design design) {
        return design.levels().stream().flatMap(l -> l.effects().stream())
                .anyMatch(e -> e.factor().isEmpty() && e.columns().size() > 1);
    }

    private static CompensatedSums rowSums(GroupBlock block, Standardization s) {
        int[] effects = s.layout().effects();
        int random = s.layout().offset(effects.length);
        CompensatedSums sums = new CompensatedSums(length(effects));
        double[] terms = new double[length(effects)];
        for (int i = 0; i < block.rows(); i++) {
            int next = 0;
            for (int l = 0, c = 0; l < effects.length; c += effects[l++]) {
                for (int j = 0; j < effects[l]; j++) {
                    for (int k = 0; k <= j; k++) {
                        terms[next++] = standard(block, i * random, c + j, s) * standard(block, i * random, c + k, s);
                    }
                }
            }
            sums.add(terms);
        }
        return sums;
    }

    private static double standard(GroupBlock block, int row, int column, Standardization s) {
        return (block.z()[row + column] - s.shift()[column]) / s.scale()[column];
    }

    private static CompensatedSums nodeSums(Moments m) {
        int[] effects = m.layout().effects();
        CompensatedSums sums = new CompensatedSums(length(effects));
        double[] terms = new double[length(effects)];
        int from = 0;
        for (int l = 0; l < effects.length; from += Packed.size(effects[l++])) {
            Arrays.fill(terms, 0);
            for (int node = 0; node < m.nodes(l); node++) {
                System.arraycopy(m.data()[l], node * m.layout().stride(l), terms, from, Packed.size(effects[l]));
                sums.add(terms);
            }
        }
        return sums;
    }

    private static double[][] termSums(CrossedMoments m) {
        int[] effects = m.layout().effects();
        double[][] all = new double[effects.length][];
        for (int t = 0; t < effects.length; t++) {
            int q = effects[t];
            all[t] = new double[Packed.size(q)];
            for (int node = 0; node < m.nodes(t); node++) {
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j <= i; j++) {
                        all[t][Packed.index(i, j)] += t == m.leafTerm()
                                ? m.leaf()[node * Packed.size(q) + Packed.index(i, j)]
                                : element(m.root(), m.rootOffset(t) + node * q + i, m.rootOffset(t) + node * q + j);
                    }
                }
            }
        }
        return all;
    }

    private static double element(CrossedMoments.Sparse s, int row, int column) {
        int at = Arrays.binarySearch(s.column(), s.start()[row], s.start()[row + 1], column);
        return at < 0 ? 0 : s.value()[at];
    }

    private static int length(int[] effects) {
        int length = 0;
        for (int q : effects) {
            length += Packed.size(q);
        }
        return length;
    }

    private static double[][] split(Standardization s, double[] sums) {
        int[] effects = s.layout().effects();
        double[][] levels = new double[effects.length][];
        int from = 0;
        for (int l = 0; l < effects.length; from += Packed.size(effects[l++])) {
            levels[l] = Arrays.copyOfRange(sums, from, from + Packed.size(effects[l]));
        }
        return levels;
    }

    private Optional<Design> reduced() {
        List<Level> levels = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            Level level = design.levels().get(l);
            List<Effects> equations = new ArrayList<>();
            int column = 0;
            for (Effects e : level.effects()) {
                equations.add(reduced(level, l, column, e));
                column += e.columns().size();
            }
            levels.add(level.with(equations));
        }
        return notes.size() == design.notes().size() ? Optional.empty() : Optional.of(design.withLevels(levels, notes));
    }

    private Effects reduced(Level level, int l, int first, Effects equation) {
        List<Column> columns = equation.columns();
        boolean asTyped = design.spec().random().stream()
                .anyMatch(e -> e.collinear() && e.level().equals(level.variable()));
        if (equation.factor().isPresent() || columns.size() == 1 || asTyped) {
            return equation;
        }
        boolean[] independent = Collinearity.sweep(columns, products(l, first, columns), n);
        int[] kept = IntStream.range(0, independent.length).filter(j -> independent[j]).toArray();
        for (int j = 0; j < independent.length; j++) {
            if (!independent[j]) {
                notes.add(columns.get(j).name() + " omitted from the equation for " + level.variable()
                        + " because of collinearity");
            }
        }
        if (kept.length == 0) {
            throw EchelonException.failure("all variables of the random-effects equation for " + level.variable()
                    + " are zero in the estimation sample; leave the equation out");
        }
        return kept.length == independent.length ? equation : equation.of(kept);
    }

    /**
     * Packed cross-products of the columns of an equation. Columns are shifted where the level has a constant; where that
     * stands in another equation of the level, or the linear predictors have constants of their own, the shift is undone.
     */
    private double[] products(int level, int first, List<Column> columns) {
        int q = columns.size();
        boolean constant = columns.stream().filter(Column::isConstant).count() == 1;
        int all = standardization.layout().effects()[level];
        double[][] standard = Packed.unpack(products[level], all);
        double[] out = new double[Packed.size(q)];
        double[][] map = standardization.effectsMap(level);
        int place = standardization.layout().offset(level) + first;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                if (!columns.get(i).equation().equals(columns.get(j).equation())) {
                    continue;
                }
                double sum = 0;
                for (int a = 0; a < all && !constant; a++) {
                    for (int b = 0; b < all; b++) {
                        sum += map[a][first + i] * standard[a][b] * map[b][first + j];
                    }
                }
                double unit = standardization.scale()[place + i] * standardization.scale()[place + j];
                out[Packed.index(i, j)] = constant ? standard[first + i][first + j] : sum / unit;
            }
        }
        return out;
    }
}
