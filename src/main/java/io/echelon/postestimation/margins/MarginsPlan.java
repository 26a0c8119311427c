package io.echelon.postestimation.margins;

import io.echelon.error.EchelonException;
import io.echelon.family.Ordinal;
import io.echelon.postestimation.ComparedMargins;
import io.echelon.postestimation.Dependence;
import io.echelon.postestimation.EstimateExpression;
import io.echelon.postestimation.LevelCounts;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.Results;
import io.echelon.postestimation.predict.FittedModel;
import io.echelon.postestimation.predict.PredictionPlan;
import io.echelon.postestimation.predict.Statistics;
import io.echelon.spec.Contrast;
import io.echelon.spec.Factor;
import io.echelon.spec.Margins;
import io.echelon.spec.Nlcom;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A {@code margins} command made out for a fitted model. Means, quantiles and ranges of covariates are taken first,
 * where they are asked for ({@link #summaries}); then one pass over the rows sums everything ({@link #kernel}).
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
    /** The predictions of an expression, and the expression; null where there is none. */
    private final List<MarginsPlan> parts = new ArrayList<>();
    private final EstimateExpression.Node expression;

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
        Margins.Prediction prediction = command.prediction();
        statistic = Statistics.choose(model, prediction.statistic(), "margins");
        random = Statistics.ofMargins(model, statistic, prediction.random());
        covariates = new Covariates(model, random == RandomPart.MARGINAL);
        if (command.expression().isPresent()) {
            Nlcom.Function f = command.expression().get();
            List<Margins.Prediction> predictions = new ArrayList<>();
            expression = new EstimateExpression(results.estimates()).of(f.expression(), f.text(), predictions);
            predictions.forEach(p -> parts.add(new MarginsPlan(command.of(p), results)));
        } else {
            expression = null;
        }
        command.at().stream().flatMap(List::stream).filter(s -> s.generated().isPresent()).flatMap(s -> covariates
                .expand(s.variables(), "at()").stream()).filter(results.estimates().labels()::containsKey).findFirst().ifPresent(v -> {
                    throw EchelonException.misuse("at(" + v + "=generate()): " + v + " holds strings; give it one of its levels"
                            + " by number, as in at(" + v + "=1)");
                });
        outcomes = command.expression().isPresent() ? new int[1] : outcomes();
        effects = effects();
        terms = terms();
    }

    private int[] outcomes() {
        List<String> all = model.outcomes();
        boolean apart = !all.isEmpty() && (statistic == Statistic.PR || model.multinomial().isPresent());
        if (command.prediction().outcome().isPresent() && !apart) {
            throw EchelonException.misuse("outcome() goes with pr after models of a categorical response");
        }
        return !apart ? new int[1] : command.prediction().outcome().map(o -> new int[] {PredictionPlan.outcome(all, o)})
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
        for (List<Factor> factors : factors()) {
            List<String> variables = factors.stream().map(Factor::variable).toList();
            int[] sources = variables.stream().mapToInt(covariates::factor).toArray();
            List<double[]> combinations = new ArrayList<>(List.of(new double[0]));
            for (int f = 0; f < sources.length; f++) {
                List<Double> levels = factors.get(f) instanceof Factor.Levels l ? l.levels() : covariates.levels(sources[f]);
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

    /** The factors of each term; those of contrasts with the factors within whose levels they are taken. */
    private List<List<Factor>> factors() {
        if (command.contrast().isEmpty()) {
            return command.terms().stream().map(Term::factors).toList();
        }
        List<List<Factor>> all = new ArrayList<>();
        for (Contrast.ContrastTerm term : command.contrast().get().terms()) {
            List<Factor> factors = new ArrayList<>();
            Stream.concat(term.factors().stream(), term.within().stream()).forEach(f -> {
                if (f.operator() == Contrast.Operator.CONTINUOUS) {
                    throw EchelonException.misuse("margins: slopes of " + f.variable() + " are contrasted by dydx("
                            + f.variable() + ") with contrasts of the factor variables alone");
                }
                factors.add(new Factor.Categorical(f.variable(), new Factor.Base.First()));
            });
            if (!all.contains(factors)) {
                all.add(factors);
            }
        }
        return all;
    }

    /** Whether means, quantiles or ranges of covariates are asked for. */
    public boolean needsSummaries() {
        return command.atmeans() || command.at().stream().flatMap(List::stream).anyMatch(s -> s.statistic().isPresent());
    }

    /** The sums of no rows, for means and ranges. */
    public CovariateSummaries summaries() {
        boolean ranks = command.at().stream().flatMap(List::stream).flatMap(a -> a.statistic().stream())
                .anyMatch(AtPoint::isQuantile);
        return new CovariateSummaries(covariates.names().stream().mapToInt(covariates::source).toArray(),
                covariates.names().stream().map(n -> covariates.categorical(covariates.source(n)) ? SourceSummary.Counted.LEVELS
                        : ranks ? SourceSummary.Counted.RANKS : SourceSummary.Counted.NOT)
                        .toArray(SourceSummary.Counted[]::new), weight());
    }

    int weight() {
        return results.design().weight().orElse(-1);
    }

    /** The sources a row must have: those of the prediction; the others of the model where the data have them. */
    public boolean[] needed() {
        boolean[] needed = new boolean[model.sources().size()];
        covariates.names().forEach(n -> needed[covariates.source(n)] = true);
        boolean offset = !command.prediction().nooffset();
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
        for (MarginsPlan part : parts) {
            boolean[] more = part.needed();
            for (int k = 0; k < needed.length; k++) {
                needed[k] |= more[k];
            }
        }
        return needed;
    }

    /**
     * The margins of a group of rows.
     *
     * @param points of {@code at()}: at least one
     * @param cells  the margins in the order of the table
     */
    public record Cells(List<AtPoint> points, List<MarginCell> cells) {}

    /**
     * The margins to be summed.
     *
     * @param summaries means, quantiles and ranges, where {@link #needsSummaries}; else ignored
     */
    public Cells cells(CovariateSummaries summaries) {
        List<AtPoint> points = AtPoint.of(command, covariates, summaries, model.sources().size());
        long count = (long) points.size() * outcomes.length * Math.max(1, effects.size())
                * terms.stream().mapToLong(t -> t.combinations().size()).sum();
        if (count > MOST_CELLS) {
            throw EchelonException.misuse("margins: " + count + " margins were asked for, and " + MOST_CELLS
                    + " are the most; give fewer values in at()");
        }
        List<MarginCell> cells = new ArrayList<>();
        forEach(points.size(), (effect, term, point, outcome, combination) ->
                cells.add(cell(effect, term, points.get(point).scenario(), outcome, combination)));
        return new Cells(points, cells);
    }

    /** What sums them over rows. */
    public MarginKernel kernel(Cells cells) {
        boolean collinear = model.omitted().stream().anyMatch(c -> c.status() == io.echelon.design.Column.Status.OMITTED);
        MarginKernel kernel = new MarginKernel(model, statistic, random, !command.prediction().nooffset(),
                cells.cells().stream().map(c -> c.bind(model)).toList(), weight(), collinear);
        return expression == null ? kernel : kernel.of(expression, parts.stream().map(p -> p.kernel(new Cells(cells.points(),
                cells.cells().stream().map(c -> c.with(p.outcome())).toList()))).toList());
    }

    /** The outcome of a prediction in an expression. */
    private int outcome() {
        if (outcomes.length > 1) {
            throw EchelonException.misuse("margins, expression(): predict(" + command.prediction().text()
                    + ") is not of one outcome; add outcome(), as in predict(pr outcome(2))");
        }
        return outcomes[0];
    }

    /** How columns left out depend on the others, from sums over all rows; null where none was left out for collinearity. */
    public Dependence dependence(MarginSums sums) {
        return new Dependence(model.columns().length, model.ownColumns(), model.omitted(), sums == null ? null : sums.products);
    }

    interface Visitor {
        void visit(Effect effect, Levels term, int point, int outcome, double[] combination);
    }

    /** All margins in the order of the table. */
    void forEach(int points, Visitor visitor) {
        List<Effect> all = new ArrayList<>(effects);
        if (all.isEmpty()) {
            all.add(null);
        }
        for (Effect effect : all) {
            for (Levels term : terms) {
                for (int point = 0; point < points; point++) {
                    for (int outcome : outcomes) {
                        for (double[] combination : term.combinations()) {
                            visitor.visit(effect, term, point, outcome, combination);
                        }
                    }
                }
            }
        }
    }

    private MarginCell cell(Effect effect, Levels term, Scenario point, int outcome, double[] combination) {
        Scenario scenario = point;
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

    /**
     * The margins, and their comparisons where the command asks for them.
     *
     * @param groups     for each group of {@code over()} (one without) the levels of its variables and its sums
     * @param overLabels values of those of its variables that are strings
     */
    public ComparedMargins compared(Map<List<Double>, Summed> groups, Map<String, List<String>> overLabels,
                                    LevelCounts counts) {
        MarginalEstimates margins = new MarginTable(this, new LinkedHashMap<>(groups), overLabels).estimates();
        return new ComparedMargins(margins, MarginCells.compared(this, counts, margins));
    }

    /** Sums of the margins of a group. */
    public record Summed(Cells cells, MarginSums sums) {}
}
