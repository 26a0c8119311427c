package io.echelon.postestimation.margins;

import io.echelon.error.EchelonException;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.CellMean;
import io.echelon.postestimation.CellMeans;
import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.Inference;
import io.echelon.postestimation.LevelCounts;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.MarginalEstimates.Block;
import io.echelon.postestimation.MarginalEstimates.Margin;
import io.echelon.postestimation.PairwiseComparisons;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.ContrastTerm;
import io.echelon.spec.Margins;
import io.echelon.spec.Pwcompare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Margins, or the effects of one variable, as cell means to be contrasted. */
final class MarginCells implements CellMeans {
    private final MarginsPlan plan;
    private final LevelCounts counts;
    private final MarginalEstimates margins;
    private final String effect;
    private final Map<Map<String, Double>, CellMean> means = new HashMap<>();
    private final Map<String, TreeSet<Double>> levels = new LinkedHashMap<>();

    private MarginCells(MarginsPlan plan, LevelCounts counts, MarginalEstimates margins, String effect) {
        this.plan = plan;
        this.counts = counts;
        this.margins = margins;
        this.effect = effect;
        for (Block block : margins.blocks()) {
            for (Margin m : block.margins()) {
                if (m.effect().equals(effect)) {
                    Map<String, Double> cell = new HashMap<>();
                    for (int k = 0; k < block.variables().size(); k++) {
                        cell.put(block.variables().get(k), m.levels().get(k));
                        levels.computeIfAbsent(block.variables().get(k), v -> new TreeSet<>()).add(m.levels().get(k));
                    }
                    means.put(cell, m.mean());
                }
            }
        }
    }

    /** The contrasts or pairwise comparisons that the command asks for; empty for the margins themselves. */
    static Optional<Answer> compared(MarginsPlan plan, LevelCounts counts, MarginalEstimates margins) {
        Margins command = plan.command;
        if (command.contrast().isPresent()) {
            Contrast contrast = command.contrast().get();
            List<ContrastTerm> terms = contrast.terms().isEmpty() ? List.of(new ContrastTerm(List.of(), List.of()))
                    : contrast.terms();
            Contrast placed = contrast.with(terms.stream().map(t -> placed(t, plan, margins)).toList());
            return Optional.of(Contrasts.of(placed, effects(plan, counts, margins), plan.results, Optional.of(margins)));
        }
        return command.pairwise().map(p -> pairs(plan, counts, margins, p));
    }

    /** Contrasts are taken within points of {@code at()}, groups and outcomes, unless these have an operator of their own. */
    private static ContrastTerm placed(ContrastTerm term, MarginsPlan plan, MarginalEstimates margins) {
        List<ContrastFactor> factors = new ArrayList<>(term.factors());
        List<ContrastFactor> within = new ArrayList<>(term.within());
        for (String variable : around(plan, margins)) {
            if (variable.equals(Margins.AT) && plan.command.atOperator().isPresent()) {
                factors.add(0, plan.command.atOperator().get());
            } else {
                within.add(ContrastFactor.of(variable));
            }
        }
        if (factors.isEmpty()) {
            throw EchelonException.misuse("margins, contrast: there is nothing to contrast; name factor variables, as in margins"
                    + " r.a, or give several points of at() and contrast(atcontrast(r))");
        }
        return new ContrastTerm(factors, within, term.nested());
    }

    /** What tells the margins of a term apart besides its own variables. */
    private static List<String> around(MarginsPlan plan, MarginalEstimates margins) {
        List<String> around = new ArrayList<>(plan.command.over());
        for (String variable : List.of(Margins.AT, Margins.OUTCOME)) {
            if (margins.blocks().stream().anyMatch(b -> b.variables().contains(variable))) {
                around.add(variable);
            }
        }
        return around;
    }

    private static PairwiseComparisons pairs(MarginsPlan plan, LevelCounts counts, MarginalEstimates margins, Pwcompare command) {
        List<String> around = around(plan, margins);
        List<ContrastTerm> terms = command.terms().isEmpty() ? List.of(new ContrastTerm(List.of(), List.of())) : command.terms();
        Pwcompare placed = command.with(terms.stream().map(t -> new ContrastTerm(Stream.concat(
                around.stream().map(ContrastFactor::of), t.factors().stream()).toList(), List.of())).toList());
        return PairwiseComparisons.of(placed, effects(plan, counts, margins), plan.results, Optional.of(margins));
    }

    /** The means of each effect, or those of the predictions. */
    private static List<MarginCells> effects(MarginsPlan plan, LevelCounts counts, MarginalEstimates margins) {
        List<String> names = plan.effects.isEmpty() ? List.of("") : plan.effects.stream().map(MarginsPlan.Effect::name).toList();
        return names.stream().map(e -> new MarginCells(plan, counts, margins, e)).toList();
    }

    @Override
    public String name() {
        return effect;
    }

    @Override
    public double[] levels(String variable) {
        return levels.get(variable).stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public double base(String variable) {
        return plan.covariates.names().contains(variable) ? plan.covariates.base(plan.covariates.source(variable))
                : levels.get(variable).first();
    }

    @Override
    public String label(String variable, double level) {
        List<String> labels = margins.labels().get(variable);
        return labels == null ? Inference.number(level) : labels.get((int) level - 1);
    }

    @Override
    public double[] frequencies(String variable) {
        return counts.of(variable, levels(variable));
    }

    @Override
    public CellMean mean(Map<String, Double> cell, List<String> continuous) {
        return means.get(cell);
    }
}
