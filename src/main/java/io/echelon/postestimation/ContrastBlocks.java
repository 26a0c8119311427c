package io.echelon.postestimation;

import io.echelon.estimate.df.DenominatorDf;
import io.echelon.postestimation.Answer.Row;
import io.echelon.postestimation.Contrasts.Block;
import io.echelon.postestimation.Contrasts.Effect;
import io.echelon.postestimation.Contrasts.Test;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.ContrastTerm;
import io.echelon.spec.Contrast.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Works out contrasts of cell means and their Wald tests, term by term. */
final class ContrastBlocks {
    private final Contrast command;
    private final Results results;
    private final double level;
    private final List<Draft> drafts = new ArrayList<>();

    /** One contrast by its label and by its name as a coefficient; no form where it is not estimable. */
    private record One(String contrast, Map<String, Double> within, String label, String parameter, Optional<LinearForm> form) {}

    /** The contrasts of a term; those shown are all or none of them. */
    private record Draft(String equation, String term, List<Test> tests, List<One> contrasts, boolean shown) {}

    /** @param level of the intervals, in percent */
    ContrastBlocks(Contrast command, Results results, double level) {
        this.command = command;
        this.results = results;
        this.level = level;
    }

    /** Adds the contrasts of a term, each factor with its operator, and their tests. */
    void add(ContrastTerm term, CellMeans cells) {
        List<ContrastFactor> factors = term.factors().stream().filter(f -> f.operator() != Operator.CONTINUOUS).toList();
        List<String> continuous = term.factors().stream().filter(f -> f.operator() == Operator.CONTINUOUS)
                .map(ContrastFactor::variable).toList();
        boolean single = term.factors().stream().anyMatch(ContrastFactor::operated);
        List<Test> tests = new ArrayList<>();
        List<One> ofTerm = new ArrayList<>();
        for (Map<String, Double> within : cells.cells(term.within().stream().map(ContrastFactor::variable).toList())) {
            List<One> here = contrasts(cells, factors, continuous, within);
            ofTerm.addAll(here);
            if (single) {
                here.forEach(o -> tests.add(test(o.label(), List.of(o))));
            } else if (!within.isEmpty() && !term.nested()) {
                tests.add(test(cells.label(within), here));
            }
        }
        if (tests.size() != 1) {
            tests.add(test(tests.isEmpty() ? "" : "Joint", ofTerm));
        }
        boolean shown = command.effects().map(e -> e != Contrast.Effects.NONE).orElse(single);
        drafts.add(new Draft(cells.name(), cells.heading(name(term)), command.nowald() ? List.of() : tests, ofTerm, shown));
    }

    /** A block a term. */
    List<Block> blocks() {
        int all = drafts.stream().filter(Draft::shown).mapToInt(d -> d.contrasts.size()).sum();
        return drafts.stream().map(d -> new Block(d.term, d.tests, d.shown
                ? effects(d.contrasts, command.adjustAll() ? all : d.contrasts.size()) : List.of())).toList();
    }

    /** All contrasts as coefficients. */
    List<PostedEstimate> posted() {
        return drafts.stream().flatMap(d -> {
            List<Effect> effects = effects(d.contrasts, d.contrasts.size());
            return IntStream.range(0, effects.size()).mapToObj(k -> new PostedEstimate(d.equation, d.contrasts.get(k).parameter,
                    effects.get(k).row(), d.contrasts.get(k).form));
        }).toList();
    }

    /** The joint test of all terms. */
    Test overall() {
        return test("Overall", drafts.stream().flatMap(d -> d.contrasts.stream()).toList());
    }

    static String name(ContrastTerm term) {
        String factors = String.join("#", term.factors().stream()
                .map(f -> (f.operator() == Operator.CONTINUOUS ? "c." : "") + f.variable()).toList());
        return term.within().isEmpty() ? factors : factors + (term.nested() ? "|" : "@")
                + String.join("#", term.within().stream().map(ContrastFactor::variable).toList());
    }

    /** The products of the contrasts of the factors, within a cell of the others. */
    private List<One> contrasts(CellMeans cells, List<ContrastFactor> factors, List<String> continuous,
                                Map<String, Double> within) {
        List<List<LevelContrasts>> products = new ArrayList<>(List.of(List.of()));
        for (ContrastFactor f : factors) {
            List<List<LevelContrasts>> longer = new ArrayList<>();
            for (List<LevelContrasts> p : products) {
                for (LevelContrasts o : of(cells, f)) {
                    List<LevelContrasts> product = new ArrayList<>(p);
                    product.add(o);
                    longer.add(product);
                }
            }
            products = longer;
        }
        List<One> found = new ArrayList<>();
        for (List<LevelContrasts> product : products) {
            String label = String.join(" ", product.stream().map(p -> "(" + p.label() + ")").toList());
            String where = within.isEmpty() ? "" : " " + cells.label(within);
            String parameter = String.join("#", IntStream.range(0, product.size())
                    .mapToObj(k -> product.get(k).parameter(factors.get(k))).toList());
            String at = String.join("#", within.entrySet().stream().map(e -> Inference.number(e.getValue()) + "." + e.getKey())
                    .toList());
            found.add(new One(label, within, label + where, parameter + (at.isEmpty() ? "" : "@" + at),
                    combined(cells, factors, product, continuous, within)));
        }
        return found;
    }

    private List<LevelContrasts> of(CellMeans cells, ContrastFactor f) {
        double[] levels = cells.levels(f.variable());
        double[] frequencies = new double[levels.length];
        Arrays.fill(frequencies, 1);
        return LevelContrasts.of(f, levels, f.base().orElse(cells.base(f.variable())),
                f.weighted() ? cells.frequencies(f.variable()) : frequencies, l -> cells.label(f.variable(), l),
                command.lincom());
    }

    private Optional<LinearForm> combined(CellMeans cells, List<ContrastFactor> factors, List<LevelContrasts> product,
                                          List<String> continuous, Map<String, Double> within) {
        CellMean sum = null;
        for (Map<String, Double> cell : cells.cells(factors.stream().map(ContrastFactor::variable).toList())) {
            double weight = 1;
            for (int f = 0; f < product.size(); f++) {
                String variable = factors.get(f).variable();
                int at = Arrays.binarySearch(cells.levels(variable), cell.get(variable));
                weight *= product.get(f).weights()[at];
            }
            if (weight != 0) {
                Map<String, Double> place = new LinkedHashMap<>(cell);
                place.putAll(within);
                CellMean mean = cells.mean(place, continuous);
                sum = (sum == null ? CellMean.zero(mean.form().gradient().length, mean.unresolved().length) : sum)
                        .plus(mean, weight);
            }
        }
        return Optional.ofNullable(sum).flatMap(CellMean::estimable);
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

    private List<Effect> effects(List<One> contrasts, int comparisons) {
        double[][] v = results.variance(command.small());
        List<Row> rows = contrasts.stream().map(o -> o.form().map(form -> Inference.row(o.label(), form.value(),
                Inference.standardError(form, v), command.small() ? SmallSampleTest.df(results, form) : Double.NaN, level))
                .orElse(Inference.none(o.label()))).toList();
        List<LinearForm> forms = contrasts.stream().flatMap(o -> o.form().stream()).toList();
        int rank = JointTest.Independent.of(forms, v).kept().size();
        List<Row> adjusted = new MultipleComparisons(command.adjustment(), comparisons, rank + 1, level).adjusted(rows);
        return IntStream.range(0, adjusted.size()).mapToObj(k -> new Effect(contrasts.get(k).contrast, contrasts.get(k).within,
                adjusted.get(k))).toList();
    }
}
