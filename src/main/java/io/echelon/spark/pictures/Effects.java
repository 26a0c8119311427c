package io.echelon.spark.pictures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import io.echelon.fit.RandomEffects;
import io.echelon.picture.CaterpillarPlot;
import io.echelon.spark.Fitted;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spec.RandomEquation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The predicted random effects of a fit, term by term, summed up: one pass over their table, and another where there are
 * too many groups for a bar each.
 */
final class Effects {
    /** Normal quantile of a two-sided interval of 95%. */
    private static final double Z = 1.959963984540054;
    private static final int BINS = 200;
    /** A term of indicators, {@code 3.a}, whose effects are those of the groups of {@code R.a}. */
    private static final String INDICATOR = "^(-?[0-9.]+)\\.(\\w+)$";

    /** The random effects of one term. */
    record Term(String level, String name) implements Serializable {
        /** {@code _cons[school]}. */
        String label() {
            return level.equals(RandomEquation.ALL) ? name : name + "[" + level + "]";
        }
    }

    private record Group(String name, double estimate, double stdError) implements Serializable {}

    /** What is kept of a term: the distribution of its effects, and the first of them by group. */
    private static final class Kept implements Serializable {
        private static final long serialVersionUID = 1L;
        final ValueSummary values = new ValueSummary();
        final List<Group> first = new ArrayList<>();
        long away;

        void add(double estimate, double error, Supplier<String> name) {
            values.add(estimate);
            away += Math.abs(estimate) > Z * error ? 1 : 0;
            if (first.size() <= CaterpillarPlot.MOST_BARS) {
                first.add(new Group(name.get(), estimate, error));
            }
        }

        Kept merge(Kept other) {
            values.merge(other.values);
            away += other.away;
            other.first.stream().limit(CaterpillarPlot.MOST_BARS + 1L - first.size()).forEach(first::add);
            return this;
        }
    }

    /** Sums of neighbouring effects. */
    private static final class Bins implements Serializable {
        private static final long serialVersionUID = 1L;
        /** Where the second and later bins begin. */
        final double[] edges;
        final long[] count = new long[BINS];
        final double[] estimate = new double[BINS];
        final double[] stdError = new double[BINS];

        Bins(double[] edges) {
            this.edges = edges;
        }

        void add(double b, double se) {
            int place = Arrays.binarySearch(edges, b);
            int bin = place < 0 ? -place - 1 : place;
            count[bin]++;
            estimate[bin] += b;
            stdError[bin] += Double.isNaN(se) ? 0 : se;
        }

        Bins merge(Bins other) {
            for (int k = 0; k < BINS; k++) {
                count[k] += other.count[k];
                estimate[k] += other.estimate[k];
                stdError[k] += other.stdError[k];
            }
            return this;
        }
    }

    /** What is kept of each term, found by the bytes of its names, as rows come in the millions. */
    private static final class ByTerm<K> {
        private final List<UTF8String> levels = new ArrayList<>();
        private final List<UTF8String> names = new ArrayList<>();
        private final Map<Term, K> kept = new LinkedHashMap<>();
        private final List<K> inOrder = new ArrayList<>();
        private final Function<Term, K> make;
        private int last;

        ByTerm(Function<Term, K> make) {
            this.make = make;
        }

        K of(InternalRow row) {
            UTF8String level = row.getUTF8String(0);
            UTF8String name = row.getUTF8String(1);
            for (int tried = 0; tried < names.size(); tried++) {
                last = last + 1 < names.size() ? last + 1 : 0;
                if (names.get(last).equals(name) && levels.get(last).equals(level)) {
                    return inOrder.get(last);
                }
            }
            Term term = new Term(level.toString(), name.toString());
            last = names.size();
            levels.add(level.clone());
            names.add(name.clone());
            K made = make.apply(term);
            inOrder.add(made);
            kept.put(term, made);
            return made;
        }
    }

    /** The table; null where the effects are here as arrays. */
    private final SampleRows rows;
    private final List<RandomEffects> arrays;
    private final Map<Term, Kept> terms = new LinkedHashMap<>();
    /** Sums of neighbouring effects of the terms with too many groups for a bar each; empty until they are wanted. */
    private Map<Term, Bins> ribbons = Map.of();

    /**
     * Reads the table of predicted random effects: level, group, term, estimate, std_error.
     *
     */
    Effects(Dataset<Row> table) {
        arrays = List.of();
        Column indicator = col("level").equalTo(RandomEquation.ALL).and(col("term").rlike(INDICATOR));
        rows = new SampleRows(table.select(col("level"),
                when(indicator, concat(lit("R."), regexp_replace(col("term"), INDICATOR, "$2"))).otherwise(col("term")),
                when(indicator, regexp_extract(col("term"), INDICATOR, 1)).otherwise(col("group")),
                col("estimate"), col("std_error")));
        for (Map<Term, Kept> part : rows.onAll(Effects::keep)) {
            part.forEach((term, kept) -> terms.merge(term, kept, Kept::merge));
        }
    }

    /** Of predictions that are here. */
    Effects(List<RandomEffects> levels) {
        arrays = levels;
        rows = null;
        each((term, e, at) -> terms.computeIfAbsent(term, t -> new Kept()).add(e.estimate()[at], e.stdError()[at],
                () -> String.join(">", e.keys().get(at / e.terms().size()))));
    }

    /** Sees one predicted effect. */
    private interface Visitor {
        void see(Term term, RandomEffects level, int place);
    }

    private void each(Visitor visitor) {
        for (RandomEffects e : arrays) {
            int q = e.terms().size();
            for (int i = 0; i < q; i++) {
                Term term = new Term(e.level(), e.terms().get(i));
                for (int at = i; at < e.estimate().length; at += q) {
                    if (!Double.isNaN(e.estimate()[at])) {
                        visitor.see(term, e, at);
                    }
                }
            }
        }
    }

    /** The effects of a fit. */
    static Effects of(Fitted fit) {
        Optional<List<RandomEffects>> here = fit.predicted().map(Supplier::get)
                .filter(levels -> levels.stream().noneMatch(l -> l.level().equals(RandomEquation.ALL)));
        return here.map(Effects::new).orElseGet(() -> new Effects(fit.randomEffects().get()));
    }

    private static Map<Term, Kept> keep(Iterator<InternalRow> rows) {
        ByTerm<Kept> kept = new ByTerm<>(t -> new Kept());
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!row.isNullAt(3)) {
                kept.of(row).add(row.getDouble(3), stdError(row), () -> row.getUTF8String(2).toString());
            }
        }
        return kept.kept;
    }

    private static double stdError(InternalRow row) {
        return row.isNullAt(4) ? Double.NaN : row.getDouble(4);
    }

    /** The terms in the order of the table. */
    List<Term> terms() {
        return List.copyOf(terms.keySet());
    }

    /** The distribution of the effects of a term. */
    ValueSummary values(Term term) {
        return terms.get(term).values;
    }

    /** Number of groups whose interval leaves zero out. */
    long awayFromZero(Term term) {
        return terms.get(term).away;
    }

    /** What a caterpillar plot shows of a term, in rising order. */
    List<CaterpillarPlot.Item> items(Term term) {
        Kept kept = terms.get(term);
        if (kept.values.count() > CaterpillarPlot.MOST_BARS) {
            return ribbon(term);
        }
        List<Group> sorted = kept.first.stream().sorted(Comparator.comparingDouble(Group::estimate)).toList();
        List<CaterpillarPlot.Item> items = new ArrayList<>();
        for (Group g : sorted) {
            items.add(item(g.name(), items.size() + 1, g.estimate(), g.stdError()));
        }
        return items;
    }

    private List<CaterpillarPlot.Item> ribbon(Term term) {
        if (ribbons.isEmpty()) {
            ribbons = ribbons();
        }
        Bins bins = ribbons.get(term);
        List<CaterpillarPlot.Item> items = new ArrayList<>();
        long before = 0;
        for (int k = 0; k < BINS; k++) {
            long n = bins.count[k];
            if (n > 0) {
                items.add(item("", before + (n + 1) / 2.0, bins.estimate[k] / n, bins.stdError[k] / n));
                before += n;
            }
        }
        return items;
    }

    /** The ribbons of all terms, in one pass. */
    private Map<Term, Bins> ribbons() {
        Map<Term, double[]> edges = new LinkedHashMap<>();
        terms.forEach((term, kept) -> {
            double[] parts = new double[BINS - 1];
            Arrays.setAll(parts, k -> (k + 1.0) / BINS);
            edges.put(term, kept.values.quantiles(parts));
        });
        Map<Term, Bins> all = new LinkedHashMap<>();
        each((term, e, at) -> all.computeIfAbsent(term, t -> new Bins(edges.get(t))).add(e.estimate()[at], e.stdError()[at]));
        if (rows == null) {
            return all;
        }
        for (Map<Term, Bins> part : rows.onAll(some -> bins(some, edges))) {
            part.forEach((term, bins) -> all.merge(term, bins, Bins::merge));
        }
        return all;
    }

    private static Map<Term, Bins> bins(Iterator<InternalRow> rows, Map<Term, double[]> edges) {
        ByTerm<Bins> bins = new ByTerm<>(t -> new Bins(edges.get(t)));
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!row.isNullAt(3)) {
                bins.of(row).add(row.getDouble(3), stdError(row));
            }
        }
        return bins.kept;
    }

    private static CaterpillarPlot.Item item(String name, double rank, double b, double se) {
        double half = Double.isNaN(se) ? 0 : Z * se;
        return new CaterpillarPlot.Item(name, rank, b, b - half, b + half);
    }
}
