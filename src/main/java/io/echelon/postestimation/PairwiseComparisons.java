package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.ContrastTerm;
import io.echelon.spec.Pwcompare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All pairwise differences of marginal linear predictions, balanced over the other factors, or of margins.
 *
 * @param margins  the margins compared; empty for marginal linear predictions
 * @param equation the one whose linear predictions are compared; empty for margins, and where there are several
 * @param command  what is shown
 * @param blocks   a block a term
 * @param posted   the differences as coefficients, where the command makes them results
 * @param level    of the intervals, in percent
 */
public record PairwiseComparisons(Optional<MarginalEstimates> margins, String equation, Pwcompare command,
                                  List<Block> blocks, List<PostedEstimate> posted, double level) implements Answer {
    /**
     * The comparisons of a term.
     *
     * @param rows    the differences: {@code 2 vs 1}, {@code (1 2) vs (1 1)}
     * @param means   the means compared
     * @param letters of each mean, empty where it stands alone; none where groups are not asked for
     */
    public record Block(String term, List<Row> rows, List<Row> means, List<String> letters) {
        public Block {
            rows = List.copyOf(rows);
            means = List.copyOf(means);
            letters = List.copyOf(letters);
        }
    }

    /** A mean by its label; no form where it is not estimable. */
    private record Mean(String label, CellMean cell) {
        /** The difference from another one. */
        Optional<LinearForm> less(Mean other) {
            return cell.plus(other.cell, -1).estimable();
        }

        double value() {
            return cell.estimable().map(LinearForm::value).orElse(Double.NaN);
        }
    }

    public PairwiseComparisons {
        blocks = List.copyOf(blocks);
        posted = List.copyOf(posted);
    }

    /** The comparisons of a fit. */
    public static PairwiseComparisons of(Pwcompare command, Results results, LevelCounts counts, Dependence dependence) {
        return of(command, MarginalCells.of("pwcompare", command.equations(), results, counts, dependence), results, Optional.empty());
    }

    /** The comparisons of cell means, those of one kind after the other. */
    public static PairwiseComparisons of(Pwcompare command, List<? extends CellMeans> kinds, Results results,
                                  Optional<MarginalEstimates> margins) {
        double level = Inference.level(command.level(), results);
        List<Compared> all = new ArrayList<>();
        for (CellMeans cells : kinds) {
            command.terms().forEach(term -> all.add(compared(command, cells, term)));
        }
        int pairs = all.stream().mapToInt(c -> c.means.size() * (c.means.size() - 1) / 2).sum();
        List<Block> blocks = new ArrayList<>();
        List<PostedEstimate> posted = new ArrayList<>();
        for (Compared c : all) {
            Block block = block(command, results, c, pairs, level);
            blocks.add(block);
            if (command.post()) {
                posted.addAll(posted(c, block));
            }
        }
        return new PairwiseComparisons(margins, margins.isPresent() ? "" : results.equation(), command, blocks, posted, level);
    }

    /** The means of a term. */
    private record Compared(String equation, String term, List<String> factors, List<Mean> means) {}

    private static Compared compared(Pwcompare command, CellMeans cells, ContrastTerm term) {
        List<String> factors = term.factors().stream().map(ContrastFactor::variable).toList();
        List<Mean> means = new ArrayList<>(cells.cells(factors).stream()
                .map(c -> new Mean(cells.label(c), cells.mean(c, List.of()))).toList());
        if (means.size() < 2) {
            throw EchelonException.misuse(factors.isEmpty() ? "margins, pwcompare: there are no margins to compare; name factor"
                    + " variables, as in margins a, or leave pwcompare out"
                    : "pwcompare: " + String.join("#", factors) + " has one level only");
        }
        if (command.sort()) {
            means.sort(Comparator.comparingDouble(Mean::value));
        }
        return new Compared(cells.name(), cells.heading(String.join("#", factors)), factors, means);
    }

    /** The differences as coefficients: {@code 2vs1.a}, {@code (12)vs(11).a#b}. */
    private static List<PostedEstimate> posted(Compared of, Block block) {
        List<PostedEstimate> posted = new ArrayList<>();
        for (int j = 0; j < of.means.size(); j++) {
            for (int i = j + 1; i < of.means.size(); i++) {
                String label = label(of, i, j);
                Row row = block.rows.stream().filter(r -> r.term().equals(label)).findFirst().orElseThrow();
                posted.add(new PostedEstimate(of.equation, label.replace(" ", "") + "." + String.join("#", of.factors), row,
                        of.means.get(i).less(of.means.get(j))));
            }
        }
        return posted;
    }

    private static String label(Compared of, int i, int j) {
        String first = of.means.get(i).label;
        String second = of.means.get(j).label;
        return of.factors.size() > 1 ? "(" + first + ") vs (" + second + ")" : first + " vs " + second;
    }

    /** @param pairs of all terms */
    private static Block block(Pwcompare command, Results results, Compared of, int pairs, double level) {
        double[][] v = results.variance(command.small());
        List<Mean> means = of.means;
        int m = means.size();
        List<Row> rows = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (int j = 0; j < m; j++) {
            for (int i = j + 1; i < m; i++) {
                rows.add(row(label(of, i, j), means.get(i).less(means.get(j)), command, results, v, level));
                places.add(new int[] {j, i});
            }
        }
        List<Row> adjusted = new MultipleComparisons(command.adjustment(), command.adjustAll() ? pairs : rows.size(), m, level)
                .adjusted(rows);
        List<String> letters = List.of();
        if (command.groups()) {
            boolean[][] alike = new boolean[m][m];
            for (int k = 0; k < adjusted.size(); k++) {
                boolean same = adjusted.get(k).pValue() > 1 - level / 100;
                alike[places.get(k)[0]][places.get(k)[1]] = same;
                alike[places.get(k)[1]][places.get(k)[0]] = same;
            }
            letters = GroupLetters.of(alike, means.stream().mapToDouble(Mean::value).toArray());
        }
        List<Row> alone = !command.margins() && !command.groups() ? List.of()
                : means.stream().map(x -> row(x.label, x.cell.estimable(), command, results, v, level)).toList();
        if (command.sort()) {
            adjusted = adjusted.stream().sorted(Comparator.comparingDouble(Row::estimate)).toList();
        }
        return new Block(of.term, adjusted, alone, letters);
    }

    private static Row row(String label, Optional<LinearForm> form, Pwcompare command, Results results, double[][] v,
                           double level) {
        return form.map(f -> Inference.row(label, f.value(), Inference.standardError(f, v),
                command.small() ? SmallSampleTest.df(results, f) : Double.NaN, level)).orElse(Inference.none(label));
    }

    /** The adjustment of the differences. */
    public Adjustment adjustment() {
        return command.adjustment();
    }

    /** The differences, then the means where they are asked for. */
    @Override
    public List<Row> rows() {
        List<Row> all = new ArrayList<>();
        blocks.forEach(b -> b.rows.forEach(r -> all.add(named(b, r))));
        blocks.forEach(b -> b.means.forEach(r -> all.add(named(b, r))));
        return all;
    }

    private static Row named(Block b, Row r) {
        return new Row(b.term + " " + r.term(), r.estimate(), r.stdError(), r.statistic(), r.df(), r.pValue(), r.confLow(),
                r.confHigh());
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        margins.ifPresent(m -> m.describe(values));
        values.put("adjustment", adjustment().name().toLowerCase(Locale.ROOT));
        values.put("comparisons", blocks.stream().map(b -> Map.of("term", b.term, "n", b.rows.size())).toList());
        if (command.groups()) {
            Map<String, Object> groups = new LinkedHashMap<>();
            blocks.forEach(b -> {
                for (int i = 0; i < b.letters.size(); i++) {
                    groups.put(b.term + " " + b.means.get(i).term(), b.letters.get(i));
                }
            });
            values.put("groups", groups);
        }
        values.put("level", level);
        return values;
    }
}
