package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Contrasts of marginal linear predictions, balanced over the other factors, with Wald tests.
 *
 * @param blocks     a block a term
 * @param small      whether tests are F and t tests
 * @param adjustment of p-values and intervals of the single contrasts
 * @param level      of the intervals, in percent
 */
public record Contrasts(List<Block> blocks, boolean small, Adjustment adjustment, double level) implements Answer {
    /**
     * A test.
     *
     * @param label         {@code (2 vs 1)}; {@code Joint}; empty for the only one of a term
     * @param statistic     chi-squared, or F; NaN where nothing can be tested
     * @param denominatorDf NaN for chi-squared
     */
    public record Test(String label, double statistic, int df, double denominatorDf, double pValue) {}

    /**
     * What is said of a term.
     *
     * @param term    {@code nitrogen#thatch}
     * @param tests   tests of its contrasts, the joint one last
     * @param effects the contrasts
     */
    public record Block(String term, List<Test> tests, List<Row> effects) {}

    public Contrasts {
        blocks = List.copyOf(blocks);
    }

    /** One contrast; no form where it rests on a cell without observations. */
    private record One(String label, Optional<LinearForm> form) {}

    /** The contrasts of a fit. */
    public static Contrasts of(Contrast command, Results results) {
        double level = Inference.level(command.level(), results);
        Computation c = new Computation(command, results, level);
        return new Contrasts(command.terms().stream().map(c::block).toList(), command.small(), command.adjustment(), level);
    }

    private static final class Computation {
        private final Contrast command;
        private final Results results;
        private final double level;
        private final MarginalCells cells;

        Computation(Contrast command, Results results, double level) {
            this.command = command;
            this.results = results;
            this.level = level;
            cells = new MarginalCells(results, new NamedParameters(results.estimates()));
        }

        Block block(Contrast.ContrastTerm term) {
            List<ContrastFactor> factors = term.factors().stream().filter(f -> f.operator() != Operator.CONTINUOUS).toList();
            List<String> continuous = term.factors().stream().filter(f -> f.operator() == Operator.CONTINUOUS)
                    .map(ContrastFactor::variable).toList();
            String name = name(term);
            List<String> names = factors.stream().map(ContrastFactor::variable).toList();
            names.forEach(n -> cells.levels("contrast", n));
            if (term.within().isEmpty() && !cells.hasTerm(names, continuous)) {
                throw EchelonException.misuse("contrast: " + name + " is not a term of the fixed-effects equation");
            }
            boolean single = term.factors().stream().anyMatch(f -> f.operator() != Operator.JOINT
                    && f.operator() != Operator.CONTINUOUS);
            List<Test> tests = new ArrayList<>();
            List<One> all = new ArrayList<>();
            for (Map<String, Double> within : cells.cells("contrast",
                    term.within().stream().map(ContrastFactor::variable).toList())) {
                List<One> here = contrasts(factors, continuous, within);
                all.addAll(here);
                if (single) {
                    here.forEach(o -> tests.add(test(o.label(), List.of(o))));
                } else if (!within.isEmpty()) {
                    tests.add(test(place(within), here));
                }
            }
            if (tests.size() != 1) {
                tests.add(test(tests.isEmpty() ? "" : "Joint", all));
            }
            boolean effects = (single || command.effects()) && !command.noeffects();
            return new Block(name, command.nowald() ? List.of() : tests, effects ? effects(all) : List.of());
        }

        private static String name(Contrast.ContrastTerm term) {
            String factors = String.join("#", term.factors().stream()
                    .map(f -> (f.operator() == Operator.CONTINUOUS ? "c." : "") + f.variable()).toList());
            return term.within().isEmpty() ? factors : factors + "@"
                    + String.join("#", term.within().stream().map(ContrastFactor::variable).toList());
        }

        private String place(Map<String, Double> within) {
            return String.join(" ", within.entrySet().stream().map(e -> cells.label(e.getKey(), e.getValue())).toList());
        }

        /** The products of the contrasts of the factors, within a cell of the others. */
        private List<One> contrasts(List<ContrastFactor> factors, List<String> continuous, Map<String, Double> within) {
            List<List<LevelContrasts>> products = new ArrayList<>(List.of(List.of()));
            for (ContrastFactor f : factors) {
                List<LevelContrasts> own = LevelContrasts.of(f.operator(), cells.levels("contrast", f.variable()),
                        f.base().orElse(cells.base(f.variable())), l -> cells.label(f.variable(), l));
                List<List<LevelContrasts>> longer = new ArrayList<>();
                for (List<LevelContrasts> p : products) {
                    for (LevelContrasts o : own) {
                        List<LevelContrasts> product = new ArrayList<>(p);
                        product.add(o);
                        longer.add(product);
                    }
                }
                products = longer;
            }
            List<One> all = new ArrayList<>();
            for (List<LevelContrasts> product : products) {
                String label = String.join(" ", product.stream().map(p -> "(" + p.label() + ")").toList());
                String where = within.isEmpty() ? "" : " " + place(within);
                all.add(new One(label + where, combined(factors, product, continuous, within)));
            }
            return all;
        }

        private Optional<LinearForm> combined(List<ContrastFactor> factors, List<LevelContrasts> product,
                                              List<String> continuous, Map<String, Double> within) {
            LinearForm sum = null;
            for (Map<String, Double> cell : cells.cells("contrast", factors.stream().map(ContrastFactor::variable).toList())) {
                double weight = 1;
                for (int f = 0; f < product.size(); f++) {
                    String variable = factors.get(f).variable();
                    int at = Arrays.binarySearch(cells.levels("contrast", variable), cell.get(variable));
                    weight *= product.get(f).weights()[at];
                }
                if (weight != 0) {
                    Map<String, Double> place = new LinkedHashMap<>(cell);
                    place.putAll(within);
                    Optional<LinearForm> mean = cells.mean(place, continuous);
                    if (mean.isEmpty()) {
                        return Optional.empty();
                    }
                    sum = sum == null ? mean.get().times(weight) : sum.plus(mean.get(), weight);
                }
            }
            return Optional.ofNullable(sum);
        }

        private Test test(String label, List<One> contrasts) {
            List<LinearForm> forms = contrasts.stream().flatMap(o -> o.form().stream()).toList();
            JointTest.Independent independent = JointTest.Independent.of(forms, results.variance(command.small()));
            int df = independent.kept().size();
            if (df == 0) {
                return new Test(label, Double.NaN, 0, Double.NaN, Double.NaN);
            }
            if (command.small()) {
                DenominatorDf.Joint f = SmallSampleTest.joint(results, independent.kept().stream().map(forms::get).toList());
                return new Test(label, f.statistic(), df, f.denominatorDf(),
                        Inference.fTail(f.statistic(), df, f.denominatorDf()));
            }
            return new Test(label, independent.statistic(), df, Double.NaN,
                    Inference.chiSquaredTail(independent.statistic(), df));
        }

        private List<Row> effects(List<One> contrasts) {
            double[][] v = results.variance(command.small());
            List<Row> rows = contrasts.stream().map(o -> o.form().map(form -> Inference.row(o.label(), form.value(),
                    Inference.standardError(form, v), command.small() ? SmallSampleTest.df(results, form) : Double.NaN, level))
                    .orElse(new Row(o.label(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                            Double.NaN))).toList();
            List<LinearForm> forms = contrasts.stream().flatMap(o -> o.form().stream()).toList();
            int rank = JointTest.Independent.of(forms, v).kept().size();
            return new MultipleComparisons(command.adjustment(), rows.size(), rank + 1, level).adjusted(rows);
        }
    }

    /** The joint tests, their statistic and its degrees of freedom; then the single contrasts, where there are any. */
    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Block b : blocks) {
            b.tests.forEach(t -> rows.add(new Row(name(b, t.label), Double.NaN, Double.NaN, t.statistic, t.df, t.pValue,
                    Double.NaN, Double.NaN)));
        }
        for (Block b : blocks) {
            b.effects.forEach(r -> rows.add(new Row(name(b, r.term()), r.estimate(), r.stdError(), r.statistic(), r.df(),
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
            for (Test t : b.tests) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("term", name(b, t.label));
                one.put("chi2", small ? Double.NaN : t.statistic);
                one.put("f", small ? t.statistic : Double.NaN);
                one.put("df", t.df);
                one.put("denominator_df", t.denominatorDf);
                one.put("p_value", t.pValue);
                tests.add(one);
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("tests", tests);
        values.put("adjustment", adjustment.name().toLowerCase(Locale.ROOT));
        values.put("level", level);
        return values;
    }
}
