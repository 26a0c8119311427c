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
 * @param margins the margins compared; empty for marginal linear predictions
 * @param command what is shown
 * @param blocks  a block a term
 * @param level   of the intervals, in percent
 */
public record PairwiseComparisons(Optional<MarginalEstimates> margins, Pwcompare command, List<Block> blocks, double level)
        implements Answer {
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
        double value() {
            return cell.estimable().map(LinearForm::value).orElse(Double.NaN);
        }
    }

    public PairwiseComparisons {
        blocks = List.copyOf(blocks);
    }

    /** The comparisons of a fit. */
    public static PairwiseComparisons of(Pwcompare command, Results results, LevelCounts counts, Dependence dependence) {
        return of(command, new MarginalCells("pwcompare", results, counts, dependence), results, Optional.empty());
    }

    /** The comparisons of cell means. */
    static PairwiseComparisons of(Pwcompare command, CellMeans cells, Results results, Optional<MarginalEstimates> margins) {
        double level = Inference.level(command.level(), results);
        List<Block> blocks = new ArrayList<>();
        for (ContrastTerm term : command.terms()) {
            List<String> factors = term.factors().stream().map(ContrastFactor::variable).toList();
            List<Mean> means = new ArrayList<>(cells.cells(factors).stream()
                    .map(c -> new Mean(cells.label(c), cells.mean(c, List.of()))).toList());
            if (means.size() < 2) {
                throw EchelonException.misuse("pwcompare: " + String.join("#", factors) + " has one level only");
            }
            if (command.sort()) {
                means.sort(Comparator.comparingDouble(Mean::value));
            }
            blocks.add(block(command, results, String.join("#", factors), means, factors.size() > 1, level));
        }
        return new PairwiseComparisons(margins, command, blocks, level);
    }

    private static Block block(Pwcompare command, Results results, String term, List<Mean> means, boolean several, double level) {
        double[][] v = results.variance(command.small());
        int m = means.size();
        List<Row> rows = new ArrayList<>();
        List<int[]> pairs = new ArrayList<>();
        for (int j = 0; j < m; j++) {
            for (int i = j + 1; i < m; i++) {
                String label = several ? "(" + means.get(i).label + ") vs (" + means.get(j).label + ")"
                        : means.get(i).label + " vs " + means.get(j).label;
                rows.add(row(label, means.get(i).cell.plus(means.get(j).cell, -1).estimable(), command, results, v, level));
                pairs.add(new int[] {j, i});
            }
        }
        List<Row> adjusted = new MultipleComparisons(command.adjustment(), rows.size(), m, level).adjusted(rows);
        List<String> letters = List.of();
        if (command.groups()) {
            boolean[][] alike = new boolean[m][m];
            for (int k = 0; k < adjusted.size(); k++) {
                boolean same = adjusted.get(k).pValue() > 1 - level / 100;
                alike[pairs.get(k)[0]][pairs.get(k)[1]] = same;
                alike[pairs.get(k)[1]][pairs.get(k)[0]] = same;
            }
            letters = GroupLetters.of(alike, means.stream().mapToDouble(Mean::value).toArray());
        }
        List<Row> alone = means.stream().map(x -> row(x.label, x.cell.estimable(), command, results, v, level)).toList();
        if (command.sort()) {
            adjusted = adjusted.stream().sorted(Comparator.comparingDouble(Row::estimate)).toList();
        }
        return new Block(term, adjusted, command.margins() || command.groups() ? alone : List.of(), letters);
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
