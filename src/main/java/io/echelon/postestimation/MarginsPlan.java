package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.family.Ordinal;
import io.echelon.spec.Factor;
import io.echelon.spec.Margins;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A {@code margins} command made out for a fitted model. Means and ranges of covariates are taken first, where they are
 * asked for ({@link #summaries}); then one pass over the rows sums everything ({@link #kernel}).
 */
public final class MarginsPlan {
    private static final int MOST_CELLS = 100_000;

    final Margins command;
    final Results results;
    final FittedModel model;
    final Statistic statistic;
    final RandomPart random;
    final Covariates covariates;
    final int[] outcomes;
    final List<Effect> effects;
    final List<Levels> terms;
    List<AtPoint> points = List.of();
    private final List<MarginCell> cells = new ArrayList<>();

    /** The variable of an effect, and for a factor variable the level that is compared with the base. */
    record Effect(String name, int source, double level) {
        boolean discrete() {
            return !Double.isNaN(level);
        }
    }

    /** The factor variables of a term and the combinations of their levels. */
    record Levels(List<String> variables, int[] sources, List<double[]> combinations) {}

    /** Makes out a command. */
    public MarginsPlan(Margins command, Results results) {
        this.command = command;
        this.results = results;
        model = FittedModel.of(results);
        statistic = Statistics.choose(model, command.statistic(), "margins");
        random = Statistics.ofMargins(model, statistic, command.random());
        covariates = new Covariates(model, random == RandomPart.MARGINAL);
        outcomes = outcomes();
        effects = effects();
        terms = terms();
        if (!command.over().isEmpty() && needsSummaries()) {
            throw EchelonException.misuse("margins, over() goes with values as observed or given; leave atmeans and statistics of"
                    + " at() out, or restrict the rows with if");
        }
    }

    private int[] outcomes() {
        List<String> all = model.outcomes();
        boolean apart = !all.isEmpty() && (statistic == Statistic.PR || model.multinomial().isPresent());
        if (command.outcome().isPresent() && !apart) {
            throw EchelonException.misuse("outcome() goes with pr after models of a categorical response");
        }
        return !apart ? new int[1] : command.outcome().map(o -> new int[] {PredictionPlan.outcome(all, o)})
                .orElseGet(() -> IntStream.range(0, all.size()).toArray());
    }

    private List<Effect> effects() {
        List<Effect> all = new ArrayList<>();
        command.effect().ifPresent(e -> {
            String option = e.kind().name().toLowerCase(java.util.Locale.ROOT) + "()";
            for (String name : covariates.expand(e.variables().contains("*") ? List.of("_all") : e.variables(), option)) {
                int source = covariates.source(name);
                if (!covariates.categorical(source)) {
                    all.add(new Effect(name, source, Double.NaN));
                    continue;
                }
                for (double level : covariates.levels(source)) {
                    if (level != covariates.base(source)) {
                        all.add(new Effect(Ordinal.text(level) + "." + name, source, level));
                    }
                }
            }
        });
        return all;
    }

    private List<Levels> terms() {
        List<Levels> all = new ArrayList<>();
        for (Term term : command.terms()) {
            List<String> variables = term.factors().stream().map(Factor::variable).toList();
            int[] sources = variables.stream().mapToInt(covariates::factor).toArray();
            List<double[]> combinations = new ArrayList<>(List.of(new double[0]));
            for (int f = 0; f < sources.length; f++) {
                List<Double> levels = term.factors().get(f) instanceof Factor.Levels l ? l.levels() : covariates.levels(sources[f]);
                List<double[]> longer = new ArrayList<>();
                for (double[] c : combinations) {
                    for (double level : levels) {
                        double[] next = java.util.Arrays.copyOf(c, c.length + 1);
                        next[c.length] = level;
                        longer.add(next);
                    }
                }
                combinations = longer;
            }
            all.add(new Levels(variables, sources, combinations));
        }
        if (all.isEmpty()) {
            all.add(new Levels(List.of(), new int[0], List.of(new double[0])));
        }
        return all;
    }

    /** Whether means or ranges of covariates are asked for. */
    public boolean needsSummaries() {
        return command.atmeans() || command.at().stream().flatMap(List::stream).anyMatch(s -> s.statistic().isPresent());
    }

    /** The sums of no rows, for means and ranges. */
    public CovariateSummaries summaries() {
        return new CovariateSummaries(covariates.names().stream().mapToInt(covariates::source).toArray(),
                covariates.names().stream().map(n -> covariates.categorical(covariates.source(n))).toArray(Boolean[]::new),
                weight());
    }

    int weight() {
        return results.design().weight().orElse(-1);
    }

    /** The sources a row must have: those of the prediction; the others of the model where the data have them. */
    public boolean[] needed() {
        boolean[] needed = new boolean[model.sources().size()];
        covariates.names().forEach(n -> needed[covariates.source(n)] = true);
        boolean offset = !command.nooffset();
        model.offset().filter(o -> offset).ifPresent(o -> needed[o.source()] = true);
        if (model.trials() >= 0 && statistic == Statistic.MU) {
            needed[model.trials()] = true;
        }
        if (Statistics.needsResponse(statistic)) {
            needed[model.response()] = true;
        }
        if (weight() >= 0) {
            needed[weight()] = true;
        }
        return needed;
    }

    /**
     * The sums to be made over the rows.
     *
     * @param summaries means and ranges, where {@link #needsSummaries}; else ignored
     */
    public MarginKernel kernel(CovariateSummaries summaries) {
        points = AtPoint.of(command, covariates, summaries);
        long count = (long) points.size() * outcomes.length * Math.max(1, effects.size())
                * terms.stream().mapToLong(t -> t.combinations().size()).sum();
        if (count > MOST_CELLS) {
            throw EchelonException.misuse("margins: " + count + " margins were asked for, and " + MOST_CELLS
                    + " are the most; give fewer values in at()");
        }
        cells.clear();
        forEach((effect, term, point, outcome, combination) -> cells.add(cell(effect, term, point, outcome, combination)));
        boolean collinear = model.omitted().stream().anyMatch(c -> c.status() == io.echelon.design.Column.Status.OMITTED);
        return new MarginKernel(model, statistic, random, !command.nooffset(),
                cells.stream().map(c -> c.bind(model)).toList(), weight(), collinear);
    }

    /** Sums of no rows, to which others are added. */
    MarginSums kernelOfNone() {
        return new MarginSums(cells.size(), model.covariance().length, model.columns().length + model.omitted().size(), true);
    }

    interface Visitor {
        void visit(Effect effect, Levels term, int point, int outcome, double[] combination);
    }

    /** All margins in the order of the table. */
    void forEach(Visitor visitor) {
        List<Effect> all = new ArrayList<>(effects);
        if (all.isEmpty()) {
            all.add(null);
        }
        for (Effect effect : all) {
            for (Levels term : terms) {
                for (int point = 0; point < points.size(); point++) {
                    for (int outcome : outcomes) {
                        for (double[] combination : term.combinations()) {
                            visitor.visit(effect, term, point, outcome, combination);
                        }
                    }
                }
            }
        }
    }

    private MarginCell cell(Effect effect, Levels term, int point, int outcome, double[] combination) {
        Scenario scenario = points.get(point).scenario();
        for (int f = 0; f < combination.length; f++) {
            scenario = scenario.with(term.sources()[f], combination[f]);
        }
        Margins.Derivative derivative = command.effect().map(Margins.Effect::kind).orElse(Margins.Derivative.DYDX);
        if (effect == null) {
            return new MarginCell(scenario, Optional.empty(), -1, Margins.Derivative.DYDX, outcome);
        }
        return effect.discrete() ? new MarginCell(scenario.with(effect.source(), effect.level()),
                Optional.of(scenario.with(effect.source(), covariates.base(effect.source()))), -1, derivative, outcome)
                : new MarginCell(scenario, Optional.empty(), effect.source(), derivative, outcome);
    }

    /** Whether every covariate of a margin is set to something. */
    boolean allSet(Scenario scenario, int apart) {
        return !covariates.names().isEmpty() && covariates.names().stream().map(covariates::source)
                .allMatch(s -> s == apart || scenario.sets(s));
    }

    List<MarginCell> cells() {
        return cells;
    }

    /**
     * The margins.
     *
     * @param sums for each group of {@code over()} (one without) the levels of its variables and its sums
     */
    public MarginalEstimates estimates(Map<List<Double>, MarginSums> sums, Map<String, List<String>> overLabels) {
        return new MarginTable(this, new LinkedHashMap<>(sums), overLabels).estimates();
    }
}
