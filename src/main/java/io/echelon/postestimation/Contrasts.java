package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Contrasts of marginal linear predictions, balanced over the other factors, or of margins, with Wald tests.
 *
 * @param margins    the margins contrasted; empty for marginal linear predictions
 * @param equation   the one whose linear predictions are contrasted; empty for margins, and where there are several
 * @param blocks     a block a term
 * @param overall    joint test of all terms, where asked for
 * @param small      whether tests are F and t tests
 * @param effects    columns of the table of single contrasts
 * @param posted     the contrasts as coefficients, where the command makes them results
 * @param adjustment of p-values and intervals of the single contrasts
 * @param adjustAll  whether that counts the contrasts of all terms
 * @param level      of the intervals, in percent
 */
public record Contrasts(Optional<MarginalEstimates> margins, String equation, List<Block> blocks, Optional<Test> overall,
                        boolean small, Contrast.Effects effects, List<PostedEstimate> posted, Adjustment adjustment,
                        boolean adjustAll, double level) implements Answer {
    /**
     * A test.
     *
     * @param label         {@code (2 vs 1)}; {@code Joint}; empty for the only one of a term
     * @param statistic     chi-squared, or F; NaN where nothing can be tested
     * @param denominatorDf NaN for chi-squared
     */
    public record Test(String label, double statistic, int df, double denominatorDf, double pValue) {
        private Row row(String term) {
            return new Row(term, Double.NaN, Double.NaN, statistic, df, pValue, Double.NaN, Double.NaN);
        }

        private Map<String, Object> values(String term) {
            Map<String, Object> one = new LinkedHashMap<>();
            boolean f = !Double.isNaN(denominatorDf);
            one.put("term", term);
            one.put("chi2", f ? Double.NaN : statistic);
            one.put("f", f ? statistic : Double.NaN);
            one.put("df", df);
            one.put("denominator_df", denominatorDf);
            one.put("p_value", pValue);
            return one;
        }
    }

    /**
     * What is said of a term.
     *
     * @param term    {@code nitrogen#thatch}
     * @param tests   tests of its contrasts, the joint one last
     * @param effects the contrasts
     */
    public record Block(String term, List<Test> tests, List<Effect> effects) {
        public Block {
            tests = List.copyOf(tests);
            effects = List.copyOf(effects);
        }

        /** The figures of the contrasts. */
        public List<Row> rows() {
            return effects.stream().map(Effect::row).toList();
        }
    }

    /**
     * A contrast.
     *
     * @param contrast {@code (2 vs 1)}
     * @param within   levels of the factors within which it is taken
     * @param row      its figures; the term is all of that
     */
    public record Effect(String contrast, Map<String, Double> within, Row row) {}

    public Contrasts {
        blocks = List.copyOf(blocks);
        posted = List.copyOf(posted);
    }

    /** The contrasts of a fit. */
    public static Contrasts of(Contrast command, Results results, LevelCounts counts, Dependence dependence) {
        List<MarginalCells> cells = MarginalCells.of("contrast", command.equations(), results, counts, dependence);
        for (Contrast.ContrastTerm term : command.terms()) {
            requireTerm(term, cells.get(0));
        }
        return of(command, cells, results, Optional.empty());
    }

    /** The contrasts of cell means, those of one kind after the other. */
    public static Contrasts of(Contrast command, List<? extends CellMeans> cells, Results results, Optional<MarginalEstimates> margins) {
        double level = Inference.level(command.level(), results);
        ContrastBlocks all = new ContrastBlocks(command, results, level);
        cells.forEach(c -> command.terms().forEach(term -> all.add(term, c)));
        return new Contrasts(margins, margins.isPresent() ? "" : results.equation(), all.blocks(),
                command.overall() ? Optional.of(all.overall()) : Optional.empty(), command.small(),
                command.effects().orElse(Contrast.Effects.CI), command.post() ? all.posted() : List.of(),
                command.adjustment(), command.adjustAll(), level);
    }

    private static void requireTerm(Contrast.ContrastTerm term, MarginalCells cells) {
        List<String> names = term.factors().stream().filter(f -> f.operator() != Operator.CONTINUOUS)
                .map(ContrastFactor::variable).toList();
        List<String> continuous = term.factors().stream().filter(f -> f.operator() == Operator.CONTINUOUS)
                .map(ContrastFactor::variable).toList();
        names.forEach(cells::levels);
        if (term.within().isEmpty() && !cells.hasTerm(names, continuous)) {
            throw EchelonException.misuse("contrast: " + ContrastBlocks.name(term)
                    + " is not a term of the fixed-effects equation");
        }
    }

    /** The joint tests, their statistic and its degrees of freedom; then the single contrasts, where there are any. */
    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Block b : blocks) {
            b.tests.forEach(t -> rows.add(t.row(name(b, t.label))));
        }
        overall.ifPresent(t -> rows.add(t.row(t.label)));
        for (Block b : blocks) {
            b.rows().forEach(r -> rows.add(new Row(name(b, r.term()), r.estimate(), r.stdError(), r.statistic(), r.df(),
                    r.pValue(), r.confLow(), r.confHigh())));
        }
        return rows;
    }

    private static String name(Block b, String label) {
        return label.isEmpty() ? b.term : b.term + " " + label;
    }

    @Override
    public Map<String, Object> values() {
        List<Map<String, Object>> tests = new ArrayList<>();
        for (Block b : blocks) {
            b.tests.forEach(t -> tests.add(t.values(name(b, t.label))));
        }
        overall.ifPresent(t -> tests.add(t.values(t.label)));
        Map<String, Object> values = new LinkedHashMap<>();
        margins.ifPresent(m -> m.describe(values));
        values.put("tests", tests);
        values.put("adjustment", adjustment.name().toLowerCase(Locale.ROOT));
        values.put("level", level);
        return values;
    }
}
