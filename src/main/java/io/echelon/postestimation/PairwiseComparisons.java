package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Pwcompare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All pairwise differences of marginal linear predictions, balanced over the other factors.
 *
 * @param blocks     a block a term
 * @param tests      whether statistics and p-values are shown
 * @param intervals  whether intervals are shown
 * @param adjustment for the number of comparisons of a term
 * @param level      of the intervals, in percent
 */
public record PairwiseComparisons(List<Block> blocks, boolean tests, boolean intervals, Adjustment adjustment, double level)
        implements Answer {
    /** The comparisons of a term: {@code 2 vs 1}, {@code (1 2) vs (1 1)}. */
    public record Block(String term, List<Row> rows) {}

    public PairwiseComparisons {
        blocks = List.copyOf(blocks);
    }

    /** The comparisons of a fit. */
    public static PairwiseComparisons of(Pwcompare command, Results results) {
        double level = Inference.level(command.level(), results);
        MarginalCells cells = new MarginalCells(results, new NamedParameters(results.estimates()));
        double[][] v = results.variance(command.small());
        List<Block> blocks = new ArrayList<>();
        for (Contrast.ContrastTerm term : command.terms()) {
            List<String> factors = term.factors().stream().map(ContrastFactor::variable).toList();
            List<Map<String, Double>> places = cells.cells("pwcompare", factors);
            if (places.size() < 2) {
                throw EchelonException.misuse("pwcompare: " + String.join("#", factors) + " has one level only");
            }
            List<Row> rows = new ArrayList<>();
            for (int j = 0; j < places.size(); j++) {
                for (int i = j + 1; i < places.size(); i++) {
                    String label = label(cells, places.get(i)) + " vs " + label(cells, places.get(j));
                    Optional<LinearForm> high = cells.mean(places.get(i), List.of());
                    Optional<LinearForm> low = cells.mean(places.get(j), List.of());
                    if (high.isEmpty() || low.isEmpty()) {
                        rows.add(new Row(label, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                                Double.NaN));
                        continue;
                    }
                    LinearForm difference = high.get().plus(low.get(), -1);
                    double df = command.small() ? SmallSampleTest.df(results, difference) : Double.NaN;
                    rows.add(Inference.row(label, difference.value(), Inference.standardError(difference, v), df, level));
                }
            }
            blocks.add(new Block(String.join("#", factors), new MultipleComparisons(command.adjustment(), rows.size(),
                    places.size(), level).adjusted(rows)));
        }
        return new PairwiseComparisons(blocks, command.tests(), command.intervals(), command.adjustment(), level);
    }

    private static String label(MarginalCells cells, Map<String, Double> place) {
        List<String> levels = place.entrySet().stream().map(e -> cells.label(e.getKey(), e.getValue())).toList();
        return levels.size() == 1 ? levels.get(0) : "(" + String.join(" ", levels) + ")";
    }

    @Override
    public List<Row> rows() {
        return blocks.stream().flatMap(b -> b.rows.stream().map(r -> new Row(b.term + " " + r.term(), r.estimate(),
                r.stdError(), r.statistic(), r.df(), r.pValue(), r.confLow(), r.confHigh()))).toList();
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("adjustment", adjustment.name().toLowerCase(Locale.ROOT));
        values.put("comparisons", blocks.stream().map(b -> Map.of("term", b.term, "n", b.rows.size())).toList());
        values.put("level", level);
        return values;
    }
}
