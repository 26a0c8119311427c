package io.echelon.likelihood;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.NodeKeys;
import io.echelon.group.NodeWeights;
import io.echelon.group.SeriesMoments;
import io.echelon.linalg.Packed;
import io.echelon.linalg.PivotedCholesky;
import io.echelon.residual.Piece;
import io.echelon.residual.ResidualModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects groups of a model with one level and a residual structure whose series have the same pieces and the same
 * cross-products Z'E_cZ. With t = (vec Z'E_c[x y])_c of a group, the likelihood needs of such groups their number w and the
 * sum of tt' alone. With the k rows r of a factor, Σ rr' = Σ tt', k groups of weight w/k whose t are r√(k/w) give the same:
 * a balanced design of many groups becomes a few.
 */
final class SeriesTable implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Cross-products are compared on a grid of this share of the largest one. */
    private static final double GRID = 0x1p-42;
    /** A part of fewer groups than this gives nothing up. */
    private static final int SMALL = 64;
    /** Numbers t of a group up to which their products are worth taking. */
    private static final int MOST = 128;

    private final MomentLayout layout;
    private final ResidualModel model;
    private final int square;
    private final int stride;
    private final double[] rows;
    private final Map<Term, Total> totals = new LinkedHashMap<>();
    private final Map<Key, Entry> patterns = new LinkedHashMap<>();
    private boolean pays = true;

    /** A piece of the series of one category. */
    private record Term(int category, Piece piece) implements Serializable {}

    /** How often a piece occurs in all series, and its cross-products of [x y]. */
    private record Total(double count, double[] root) implements Serializable {
        Total merge(Total other) {
            return new Total(count + other.count, sum(root, other.root));
        }
    }

    private SeriesTable(MomentLayout layout, SeriesMoments series) {
        this.layout = layout;
        model = series.model();
        square = Packed.size(layout.effects()[0]);
        stride = layout.stride(0);
        rows = series.rows().clone();
    }

    /** The table of a part. */
    static SeriesTable of(Moments moments) {
        SeriesTable table = new SeriesTable(moments.layout(), moments.series());
        table.fill(moments.series());
        return table;
    }

    private void fill(SeriesMoments series) {
        Term[] terms = new Term[series.pieces().length];
        for (int j = 0; j < terms.length; j++) {
            terms[j] = new Term(series.category()[j], series.pieces()[j]);
            totals.put(terms[j], new Total(series.count()[j], series.root()[j]));
        }
        int[] start = series.start()[0];
        int groups = start.length - 1;
        for (int g = 0; g < groups && pays; g++) {
            Term[] mine = new Term[start[g + 1] - start[g]];
            int blocks = 0;
            for (int e = start[g]; e < start[g + 1]; e++) {
                mine[e - start[g]] = terms[series.piece()[0][e]];
                blocks += components(terms[series.piece()[0][e]]);
            }
            pays = blocks * (stride - square) <= MOST;
            if (pays) {
                add(series, g, mine, blocks);
                pays = patterns.size() <= Math.max(SMALL, groups) / (blocks * (stride - square));
            }
        }
    }

    private int components(Term term) {
        return totals.get(term).root.length / Packed.size(layout.fixed() + 1);
    }

    private void add(SeriesMoments series, int group, Term[] terms, int blocks) {
        double[] zz = new double[blocks * square];
        double[] t = new double[blocks * (stride - square)];
        int block = 0;
        for (int i = 0; i < terms.length; i++) {
            int at = series.at()[0][series.start()[0][group] + i];
            for (int c = components(terms[i]); c > 0; c--, block++, at += stride) {
                System.arraycopy(series.data()[0], at, zz, block * square, square);
                System.arraycopy(series.data()[0], at + square, t, block * (stride - square), stride - square);
            }
        }
        Entry entry = patterns.computeIfAbsent(Key.of(terms, zz),
                key -> new Entry(terms, zz, t.length));
        entry.groups++;
        int to = 0;
        for (int i = 0; i < t.length; i++) {
            for (int j = 0; j <= i; j++) {
                entry.products[to++] += t[i] * t[j];
            }
        }
    }

    /** Adds the groups of another part, and returns this. */
    SeriesTable merge(SeriesTable other) {
        pays &= other.pays;
        if (pays) {
            for (int c = 0; c < rows.length; c++) {
                rows[c] += other.rows[c];
            }
            other.totals.forEach((term, theirs) -> totals.merge(term, theirs, Total::merge));
            other.patterns.forEach((key, theirs) -> patterns.merge(key, theirs, Entry::merge));
        }
        return this;
    }

    /** Whether equal groups are frequent enough. */
    boolean pays() {
        return pays;
    }

    /** Few weighted groups with the same likelihood; without what only the groups themselves have. */
    Moments moments() {
        List<Term> terms = new ArrayList<>(totals.keySet());
        Groups groups = new Groups();
        patterns.values().forEach(entry -> groups.add(entry, terms));
        int nodes = groups.weight.size();
        Total[] all = totals.values().toArray(Total[]::new);
        SeriesMoments series = new SeriesMoments(model, terms.stream().mapToInt(Term::category).toArray(),
                terms.stream().map(Term::piece).toArray(Piece[]::new), Arrays.stream(all).mapToDouble(Total::count).toArray(),
                rows, new int[][] {ints(groups.start)}, new int[][] {ints(groups.piece)}, new int[][] {ints(groups.at)},
                new double[][] {groups.flat()}, Arrays.stream(all).map(Total::root).toArray(double[][]::new), null);
        double[][] weights = {groups.weight.stream().mapToDouble(Double::doubleValue).toArray()};
        return new Moments(layout, new int[1][0], new int[][] {new int[nodes]}, new double[1][0],
                new double[Packed.size(layout.fixed() + 1)], 0, new NodeKeys[] {new NodeKeys.Whole(new long[nodes])}, 0,
                new NodeWeights(weights, false), series, null);
    }

    /** The groups in the making. */
    private final class Groups {
        private final List<Double> weight = new ArrayList<>();
        private final List<Integer> start = new ArrayList<>(List.of(0));
        private final List<Integer> piece = new ArrayList<>();
        private final List<Integer> at = new ArrayList<>();
        private final List<double[]> data = new ArrayList<>();

        void add(Entry entry, List<Term> terms) {
            int blocks = entry.zz.length / square;
            int rest = stride - square;
            List<double[]> factor = PivotedCholesky.columns(entry.products, blocks * rest);
            int k = Math.max(1, factor.size());
            for (int r = 0; r < k; r++) {
                weight.add((double) entry.groups / k);
                int number = 0;
                for (Term term : entry.terms) {
                    piece.add(terms.indexOf(term));
                    at.add(data.size() * stride);
                    for (int c = components(term); c > 0; c--, number++) {
                        double[] block = new double[stride];
                        System.arraycopy(entry.zz, number * square, block, 0, square);
                        for (int i = 0; i < rest && !factor.isEmpty(); i++) {
                            block[square + i] = factor.get(r)[number * rest + i] * Math.sqrt((double) k / entry.groups);
                        }
                        data.add(block);
                    }
                }
                start.add(piece.size());
            }
        }

        double[] flat() {
            double[] flat = new double[data.size() * stride];
            for (int b = 0; b < data.size(); b++) {
                System.arraycopy(data.get(b), 0, flat, b * stride, stride);
            }
            return flat;
        }
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static final class Entry extends SummedPattern {
        private static final long serialVersionUID = 1L;
        private final Term[] terms;

        Entry(Term[] terms, double[] zz, int side) {
            super(zz, side);
            this.terms = terms;
        }

        Entry merge(Entry other) {
            add(other);
            return this;
        }
    }

    /** The pieces of a group and its Z'E_cZ rounded to a grid of their own size. */
    private static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Term[] terms;
        /** The numbers and, last, the exponent of the largest. */
        private final long[] rounded;

        private Key(Term[] terms, long[] rounded) {
            this.terms = terms;
            this.rounded = rounded;
        }

        static Key of(Term[] terms, double[] zz) {
            double largest = 0;
            for (double z : zz) {
                largest = Math.max(largest, Math.abs(z));
            }
            int exponent = largest > 0 ? Math.getExponent(largest) : 0;
            double step = Math.scalb(GRID, exponent);
            long[] rounded = new long[zz.length + 1];
            for (int i = 0; i < zz.length; i++) {
                rounded[i] = Math.round(zz[i] / step);
            }
            rounded[zz.length] = exponent;
            return new Key(terms, rounded);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(rounded, key.rounded) && Arrays.equals(terms, key.terms);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(rounded) + Arrays.hashCode(terms);
        }
    }
}
