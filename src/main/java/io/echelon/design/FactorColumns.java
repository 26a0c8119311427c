package io.echelon.design;

import io.echelon.spec.Factor;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Spells terms out in columns, in Stata's order: the first factor of an interaction varies slowest, and continuous
 * factors come after the categorical ones in names ({@code 2.g#c.x}).
 *
 * <p>A cell is a base cell when the columns it would be summed with are in the model already: for {@code a##b} every cell
 * with a level at its base, for {@code a#b} alone the one cell with both, for {@code g#c.x} the base of {@code g} only
 * if {@code c.x} is there.
 */
final class FactorColumns {
    private final FactorLevels levels;
    private final ToIntFunction<String> sources;
    private final Set<Margin> margins = new HashSet<>();

    /** What a term spans, whatever the order of its factors. */
    private record Margin(Set<String> categorical, List<String> continuous) {}

    FactorColumns(List<Term> terms, FactorLevels levels, ToIntFunction<String> sources) {
        this.levels = levels;
        this.sources = sources;
        margins.add(new Margin(Set.of(), List.of()));
        for (Term t : terms) {
            boolean spansAll = t.factors().stream().noneMatch(Factor.Levels.class::isInstance);
            if (spansAll) {
                margins.add(new Margin(Set.copyOf(FactorLevels.categoricalVariables(t)), continuousNames(t)));
            }
        }
    }

    /** The columns of one term, base cells included. */
    List<Column> of(Term term) {
        List<Factor> categorical = Terms.categorical(term);
        List<Factor> continuous = Terms.continuous(term);
        List<Column> columns = new ArrayList<>();
        addCells(term, categorical, continuous, new ArrayList<>(), columns);
        return columns;
    }

    /** A level as Stata writes it in a name. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value) : String.format(Locale.ROOT, "%s", value);
    }

    private void addCells(Term term, List<Factor> categorical, List<Factor> continuous, List<Double> cell,
                          List<Column> columns) {
        if (cell.size() == categorical.size()) {
            columns.add(column(term, categorical, continuous, cell));
            return;
        }
        Factor next = categorical.get(cell.size());
        for (double level : levelsOf(next)) {
            cell.add(level);
            addCells(term, categorical, continuous, cell, columns);
            cell.remove(cell.size() - 1);
        }
    }

    private double[] levelsOf(Factor factor) {
        return factor instanceof Factor.Levels l
                ? l.levels().stream().mapToDouble(Double::doubleValue).toArray() : levels.of(factor.variable());
    }

    private Column column(Term term, List<Factor> categorical, List<Factor> continuous, List<Double> cell) {
        List<String> names = new ArrayList<>();
        List<Column.Part> parts = new ArrayList<>();
        for (int i = 0; i < cell.size(); i++) {
            String variable = categorical.get(i).variable();
            names.add(number(cell.get(i)) + "." + variable);
            parts.add(new Column.Part(sources.applyAsInt(variable), cell.get(i)));
        }
        boolean interaction = term.factors().size() > 1;
        for (Factor f : continuous) {
            names.add(interaction ? "c." + f.variable() : f.variable());
            parts.add(new Column.Part(sources.applyAsInt(f.variable()), Double.NaN));
        }
        return new Column(String.join("#", names), parts, status(term, categorical, cell));
    }

    private Column.Status status(Term term, List<Factor> categorical, List<Double> cell) {
        if (isBase(term, categorical, cell)) {
            return Column.Status.BASE;
        }
        boolean empty = cell.size() > 1 && !levels.observed(FactorLevels.categoricalVariables(term), cell);
        return empty ? Column.Status.EMPTY : Column.Status.ESTIMATED;
    }

    private boolean isBase(Term term, List<Factor> categorical, List<Double> cell) {
        List<String> atBase = new ArrayList<>();
        for (int i = 0; i < cell.size(); i++) {
            if (categorical.get(i) instanceof Factor.Categorical c && levels.base(c.variable(), c.base()) == cell.get(i)) {
                atBase.add(c.variable());
            }
        }
        List<String> all = FactorLevels.categoricalVariables(term);
        for (int subset = 1; subset < 1 << atBase.size(); subset++) {
            Set<String> rest = new HashSet<>(all);
            for (int i = 0; i < atBase.size(); i++) {
                if ((subset >> i & 1) == 1) {
                    rest.remove(atBase.get(i));
                }
            }
            if (margins.contains(new Margin(rest, continuousNames(term)))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> continuousNames(Term term) {
        return Terms.continuous(term).stream().map(Factor::variable).sorted().toList();
    }
}
