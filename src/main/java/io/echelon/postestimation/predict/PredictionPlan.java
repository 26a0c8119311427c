package io.echelon.postestimation.predict;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.postestimation.Inference;
import io.echelon.postestimation.Results;
import io.echelon.postestimation.predict.RowPrediction.DeltaLimit;
import io.echelon.postestimation.predict.RowPrediction.Effect;
import io.echelon.postestimation.predict.RowPrediction.Limit;
import io.echelon.postestimation.predict.RowPrediction.Linear;
import io.echelon.postestimation.predict.RowPrediction.LinearError;
import io.echelon.postestimation.predict.RowPrediction.OutcomeResidual;
import io.echelon.postestimation.predict.RowPrediction.Predictor;
import io.echelon.postestimation.predict.RowPrediction.Probability;
import io.echelon.postestimation.predict.RowPrediction.ProbabilityLimit;
import io.echelon.postestimation.predict.RowPrediction.Residual;
import io.echelon.postestimation.predict.RowPrediction.Response;
import io.echelon.postestimation.predict.RowPrediction.Standardized;
import io.echelon.quadrature.Integration;
import io.echelon.spec.Predict;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@code predict} command made out for a fitted model: the new variables and how the value of each is found. */
public final class PredictionPlan {
    private final Predict command;
    private final FittedModel model;
    private final Statistic statistic;
    private final RandomPart random;
    private final List<RowPredictor> predictors = new ArrayList<>();
    private final boolean groups;
    private final String points;

    /**
     * The plan of a command.
     *
     * @throws EchelonException if the model has no such statistic, or the new variables are too few or too many
     */
    public PredictionPlan(Predict command, Results results) {
        this.command = command;
        model = FittedModel.of(results);
        points = points(results.estimates());
        statistic = Statistics.choose(model, command.statistic(), "predict");
        random = Statistics.randomPart(model, statistic, command.random());
        requireMatchingOptions();
        boolean inPredictor = statistic != Statistic.XB && statistic != Statistic.STDP;
        groups = inPredictor && (random == RandomPart.MEANS || random == RandomPart.MODES) && !model.levels().isEmpty();
        List<RowPrediction> values = values();
        List<String> names = names(command.names(), values.size(), "");
        for (int k = 0; k < values.size(); k++) {
            add(names.get(k), values.get(k));
        }
        command.interval().ifPresent(i -> addLimits(i, names, values));
        if (!command.errors().isEmpty()) {
            List<RowPrediction> errors = effects(true);
            List<String> errorNames = names(command.errors(), errors.size(), "reses(): ");
            for (int k = 0; k < errors.size(); k++) {
                add(errorNames.get(k), errors.get(k));
            }
        }
    }

    /** The limits of the one variable that is predicted. */
    private void addLimits(Predict.Interval interval, List<String> names, List<RowPrediction> values) {
        boolean linear = statistic == Statistic.XB || statistic == Statistic.FITTED || statistic == Statistic.ETA;
        boolean response = statistic == Statistic.MU || statistic == Statistic.PR || statistic == Statistic.MEAN
                || statistic == Statistic.MEDIAN;
        if (!linear && !response || names.size() != 1) {
            throw EchelonException.misuse("option ci goes with " + (model.family().isEmpty() ? "xb and fitted"
                    : "xb, eta and one mean, median or probability") + ", not with " + (!linear && !response ? statistic.text()
                    : names.size() + " variables; give one name and the outcome, as in outcome(" + model.outcomes().get(0) + ")"));
        }
        if (command.relevel().isPresent()) {
            throw EchelonException.misuse("option ci goes with all random effects; leave relevel() out");
        }
        double z = Inference.quantile(0.5 + interval.level() / 200, Double.NaN);
        List<String> limits = interval.names().isEmpty() ? List.of(names.get(0) + "_lb", names.get(0) + "_ub") : interval.names();
        add(limits.get(0), limit(values.get(0), -z));
        add(limits.get(1), limit(values.get(0), z));
    }

    private RowPrediction limit(RowPrediction value, double quantiles) {
        if (value instanceof Probability p) {
            return new ProbabilityLimit(p, quantiles, groups);
        }
        if (value instanceof Response r) {
            boolean further = statistic == Statistic.MEAN || statistic == Statistic.MEDIAN
                    || statistic == Statistic.PR && !model.outcomes().isEmpty();
            return further ? new DeltaLimit(r, quantiles, groups) : new Limit(r.predictor(), 0, r, quantiles, groups);
        }
        int equation = value instanceof Linear l ? l.predictor() : ((Predictor) value).predictor();
        return new Limit(value, equation, null, quantiles, groups);
    }

    /** Whether the errors of predicted random effects are needed, beside these and their standard errors. */
    public boolean needsErrors() {
        return command.interval().isPresent() && groups;
    }

    /** Requires that limits can be told from the standard errors of the random effects, where nothing more is known. */
    public void requireSimpleEffects() {
        if (model.levels().stream().anyMatch(l -> l.size() > 1)
                || model.family().isEmpty() && model.levels().size() > 1) {
            throw EchelonException.misuse("option ci with predicted random effects needs the joint errors of several effects, which"
                    + " are known for nested levels, and for crossed terms of which each has a level of its own; use xb"
                    + (model.family().isEmpty() ? "" : " or conditional(fixedonly)"));
        }
    }

    /**
     * How the residuals of a group are standardized together, which the predictor leaves as they are; empty for what a row tells
     * by itself.
     */
    public Optional<StandardizedResiduals> whitened() {
        return statistic == Statistic.RSTANDARD ? model.standardized().filter(StandardizedResiduals::correlated) : Optional.empty();
    }

    private void add(String name, RowPrediction value) {
        if (predictors.stream().anyMatch(p -> p.name().equals(name))) {
            throw EchelonException.misuse("predict: the new variable " + name + " is named twice");
        }
        predictors.add(new RowPredictor(name, model, value));
    }

    /** The new variables. */
    public List<RowPredictor> predictors() {
        return predictors;
    }

    /** Whether predicted random effects of the groups are needed. */
    public boolean needsGroups() {
        return groups;
    }

    /** Whether these are empirical Bayes modes. */
    public boolean modes() {
        return random == RandomPart.MODES;
    }

    /** The statistic, in words; of a categorical response with the outcomes, one a variable. */
    public String title() {
        if (statistic != Statistic.PR && statistic != Statistic.PEARSON || model.outcomes().isEmpty()) {
            return statistic.title();
        }
        return statistic.title() + " of " + model.sources().get(model.response()) + " = "
                + outcomes(0).stream().map(model.outcomes()::get).collect(Collectors.joining(", "));
    }

    /** The statistic as typed. */
    public String statistic() {
        return statistic.text();
    }

    /** What the predictions are based on, in the words of the manual. */
    public List<String> notes() {
        if (statistic == Statistic.XB || statistic == Statistic.STDP || model.family().isEmpty() || model.levels().isEmpty()) {
            return List.of();
        }
        if (random == RandomPart.FIXEDONLY) {
            return List.of("predictions based on fixed effects only");
        }
        if (random == RandomPart.MARGINAL) {
            return List.of("predictions marginal with respect to random effects");
        }
        String posterior = (random == RandomPart.MEANS ? "posterior means" : "posterior modes") + " of random effects";
        String based = statistic == Statistic.REFFECTS ? "calculating " + posterior
                : "predictions based on fixed effects and " + posterior;
        return random == RandomPart.MEANS && !points.isEmpty() ? List.of(based, "using " + points + " quadrature points")
                : List.of(based);
    }

    /** The integration points of a fit: {@code 7}, {@code 7 and 5}; empty for the Laplace approximation. */
    private static String points(Estimates estimates) {
        if (estimates.method().equals("laplace")) {
            return "";
        }
        List<Integer> given = estimates.spec().generalized().points();
        return given.isEmpty() ? String.valueOf(Integration.DEFAULT_POINTS)
                : given.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }

    /** The levels of random effects in the order of {@link GroupEffects}: their paths in the table of random effects. */
    public List<PredictedLevel> levels() {
        return model.levels().stream().map(l -> new PredictedLevel(l.path(), l.grouping(), l.terms())).toList();
    }

    /**
     * The sources a row must have: numbers in the order of the design of the model.
     *
     * @return for each source whether a prediction reads it
     */
    public boolean[] needed() {
        boolean[] needed = new boolean[model.sources().size()];
        if (statistic != Statistic.REFFECTS) {
            for (Column c : model.columns()) {
                mark(c, needed);
            }
            boolean zs = groups || random == RandomPart.MARGINAL && statistic != Statistic.XB && statistic != Statistic.STDP;
            if (zs) {
                model.levels().forEach(l -> l.columns().forEach(c -> mark(c, needed)));
            }
            boolean offset = statistic != Statistic.STDP && !command.nooffset();
            model.offset().filter(o -> offset).ifPresent(o -> needed[o.source()] = true);
        }
        if (Statistics.needsResponse(statistic)) {
            needed[model.response()] = true;
        }
        model.standardized().filter(s -> statistic == Statistic.RSTANDARD).ifPresent(s -> {
            s.time().ifPresent(t -> needed[t] = true);
            s.by().ifPresent(b -> needed[b] = true);
        });
        if (statistic != Statistic.REFFECTS && statistic != Statistic.XB && statistic != Statistic.STDP
                && statistic != Statistic.PR && statistic != Statistic.ETA && model.trials() >= 0) {
            needed[model.trials()] = true;
        }
        return needed;
    }

    private static void mark(Column column, boolean[] needed) {
        column.parts().forEach(p -> needed[p.source()] = true);
    }

    private void requireMatchingOptions() {
        if (statistic != Statistic.REFFECTS && !command.errors().isEmpty()) {
            throw EchelonException.misuse("reses() goes with reffects only");
        }
        if (command.relevel().isPresent() && statistic != Statistic.REFFECTS && statistic != Statistic.FITTED
                && statistic != Statistic.RESIDUALS && statistic != Statistic.RSTANDARD) {
            throw EchelonException.misuse("relevel() goes with reffects, fitted, residuals and rstandard, not with "
                    + statistic.text());
        }
        boolean ofEquation = model.multinomial().isPresent() && (statistic == Statistic.XB || statistic == Statistic.ETA
                || statistic == Statistic.STDP || statistic == Statistic.PEARSON);
        if (command.outcome().isPresent() && !ofEquation && (statistic != Statistic.PR || model.outcomes().isEmpty())) {
            throw EchelonException.misuse("outcome() goes with pr after models of a categorical response, not with "
                    + statistic.text() + " after " + model.command().text());
        }
        if (statistic == Statistic.REFFECTS && model.levels().isEmpty()) {
            throw EchelonException.misuse("predict, reffects: the model has no random effects");
        }
        if (statistic == Statistic.REFFECTS && (random == RandomPart.FIXEDONLY || random == RandomPart.MARGINAL)) {
            throw EchelonException.misuse("predict, reffects takes ebmeans or ebmodes");
        }
    }

    private List<RowPrediction> values() {
        boolean offset = !command.nooffset();
        return switch (statistic) {
            case XB -> ofEquations(e -> new Linear(offset, e));
            case STDP -> ofEquations(LinearError::new);
            case FITTED -> List.of(predictor(0));
            case RESIDUALS, RSTANDARD -> List.of(residual());
            case REFFECTS -> effects(false);
            case PR -> model.outcomes().isEmpty() ? List.of(response(0)) : outcomes(0).stream().map(this::response).toList();
            case PEARSON -> model.multinomial().isEmpty() ? List.of(response(0))
                    : outcomes(0).stream().map(k -> (RowPrediction) new OutcomeResidual((Probability) response(k))).toList();
            case ETA -> model.multinomial().isPresent() ? ofEquations(this::predictor) : List.of(response(0));
            default -> List.of(response(0));
        };
    }

    /** Of a multinomial model one for each outcome asked for, the first that has an equation where one variable is named. */
    private List<RowPrediction> ofEquations(IntFunction<RowPrediction> prediction) {
        return model.multinomial().map(family -> outcomes(family.base() == 0 ? 1 : 0).stream()
                .map(k -> prediction.apply(family.predictor(k))).toList()).orElseGet(() -> List.of(prediction.apply(0)));
    }

    private RowPrediction predictor(int equation) {
        return new Predictor(!command.nooffset(), groups ? levelsUsed() : 0, equation);
    }

    private int levelsUsed() {
        return command.relevel().map(r -> level(r) + 1).orElse(model.levels().size());
    }

    private int level(String name) {
        List<String> known = model.levels().stream().map(EffectLevel::level).toList();
        int place = known.indexOf(name);
        if (place < 0) {
            throw EchelonException.misuse("relevel(" + name + "): no such level of random effects; there are "
                    + String.join(", ", known));
        }
        return place;
    }

    private RowPrediction residual() {
        if (model.family().isPresent()) {
            return response(0);
        }
        boolean several = model.standardized().isPresent();
        RowPrediction residual = new Residual(predictor(0), statistic == Statistic.RSTANDARD && !several
                ? Math.sqrt(model.residualVariance()) : 1);
        return statistic == Statistic.RSTANDARD && several && whitened().isEmpty() ? new Standardized(residual) : residual;
    }

    private RowPrediction response(int outcome) {
        return model.multinomial().map(family -> (RowPrediction) new Probability(outcome, random == RandomPart.MARGINAL ? List.of()
                : IntStream.range(0, family.predictors()).mapToObj(this::predictor).toList(), !command.nooffset()))
                .orElseGet(() -> new Response(statistic, outcome, predictor(0), random));
    }

    /** The numbers of the outcomes that are predicted, one a variable; the given one where one variable is named. */
    private List<Integer> outcomes(int alone) {
        if (command.outcome().isPresent()) {
            return List.of(outcome(model.outcomes(), command.outcome().get()));
        }
        return command.names().size() == 1 && !command.names().get(0).endsWith("*") ? List.of(alone)
                : IntStream.range(0, model.outcomes().size()).boxed().toList();
    }

    /** The number of an outcome, from 0. */
    public static int outcome(List<String> outcomes, Predict.Outcome asked) {
        int number = asked.place() ? asked.name().matches("\\d{1,9}") ? Integer.parseInt(asked.name()) - 1 : -1
                : outcomes.indexOf(asked.name());
        if (number < 0 || number >= outcomes.size()) {
            throw EchelonException.misuse("outcome(" + (asked.place() ? "#" : "") + asked.name() + "): the response has the values "
                    + String.join(", ", outcomes));
        }
        return number;
    }

    private List<RowPrediction> effects(boolean errors) {
        int first = command.relevel().map(this::level).orElse(0);
        int last = command.relevel().map(this::level).orElse(model.levels().size() - 1);
        List<RowPrediction> all = new ArrayList<>();
        for (int l = first; l <= last; l++) {
            for (int i = 0; i < model.levels().get(l).size(); i++) {
                all.add(new Effect(l, i, errors));
            }
        }
        return all;
    }

    /** The names given, or made of a stub: u1, u2, ... */
    static List<String> names(List<String> given, int wanted, String option) {
        if (given.size() == 1 && given.get(0).endsWith("*")) {
            String stub = given.get(0).substring(0, given.get(0).length() - 1);
            return IntStream.rangeClosed(1, wanted).mapToObj(k -> stub + k).toList();
        }
        if (given.size() != wanted) {
            throw EchelonException.misuse("predict: " + option + "there are " + wanted + " variables to make and " + given.size()
                    + (given.size() == 1 ? " name" : " names") + "; give " + wanted + (wanted == 1 ? " name" : " names, or a stub:"
                    + " " + given.get(0).replaceAll("[0-9]+$", "") + "*"));
        }
        return given;
    }
}
