package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.spec.CommandName;
import io.echelon.spec.CovarianceChoice;
import io.echelon.spec.Expression;
import io.echelon.spec.Factor;
import io.echelon.spec.FixedEquation;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import io.echelon.spec.ResidualSpec;
import io.echelon.spec.Term;
import io.echelon.spec.Vce;
import io.echelon.spec.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Binds a model to a data set: looks every name up, asks for the levels of factor variables, and spells out the columns. */
public final class Binder {
    /** What {@code stset} calls the time at which a record begins, and whether it ends in failure. */
    private static final String SURVIVAL_ENTRY = "_t0";
    private static final String SURVIVAL_EVENT = "_d";

    private final ModelSpec spec;
    private final Schema schema;
    private final Map<String, double[][]> matrices;
    private final boolean indicators;
    private final Map<String, Integer> sourceIndex = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Binder(ModelSpec spec, Schema schema, Map<String, double[][]> matrices, boolean indicators) {
        this.spec = spec;
        this.schema = schema;
        this.matrices = matrices;
        this.indicators = indicators;
    }

    /**
     * The design of a model.
     *
     * @param survey   asked at most once, and only if the model has factor variables
     * @param matrices matrices by name, for {@code covariance(fixed())} and {@code covariance(pattern())}
     * @throws EchelonException naming the variable, level or option that does not fit the data set
     */
    public static Design bind(ModelSpec spec, Schema schema, Survey survey, Map<String, double[][]> matrices) {
        return new Binder(spec, schema, matrices, false).bind(survey);
    }

    /**
     * As {@link #bind}, with the effects of {@code _all: R.variable} as coefficients of the indicators of the variable
     * rather than as groups of their own: the levels are then nested.
     */
    public static Design bindWithIndicators(ModelSpec spec, Schema schema, Survey survey,
                                            Map<String, double[][]> matrices) {
        return new Binder(spec, schema, matrices, true).bind(survey);
    }

    private Design bind(Survey survey) {
        FixedEquation equation = spec.fixed();
        requireSurvivalTimes();
        boolean multinomial = spec.command() == CommandName.MEMLOGIT;
        if (multinomial) {
            schema.require(equation.response());
        } else {
            numeric(equation.response(), "the response");
        }
        List<Term> fixedTerms = Terms.resolve(equation.terms(), schema);
        List<Hierarchy> hierarchy = hierarchy();
        List<Term> all = new ArrayList<>(fixedTerms);
        hierarchy.forEach(h -> h.equations.forEach(e -> all.addAll(e.terms)));
        if (hierarchy.stream().anyMatch(h -> h.variable.equals(equation.response()))) {
            throw EchelonException.misuse(equation.response() + " is the response and cannot tell groups apart; name another"
                    + " level variable");
        }
        if (Terms.variables(all).contains(equation.response())) {
            throw EchelonException.misuse(equation.response() + " is the response and cannot explain itself; "
                    + "take it out of the regressors and of the random-effects equations");
        }

        FactorLevels levels = new FactorLevels(all, survey, completeVariables(all));
        Optional<OutcomeBinding> responses = multinomial
                ? Optional.of(new OutcomeBinding(spec, survey, completeVariables(all))) : Optional.empty();
        Optional<Outcomes> outcomes = responses.map(r -> r.outcomes(spec.generalized().baseOutcome()));
        int response = source(equation.response());
        List<Column> fixed = columns(fixedTerms, levels);
        if (!equation.noconstant() && !spec.ordinal()) {
            fixed.add(Column.constant());
        }
        if (allEmpty(hierarchy)) {
            notes.add("all random-effects equations are empty; model is linear regression");
            hierarchy.clear();
        }
        List<Level> bound = hierarchy.isEmpty() && spec.linear().residuals()
                .filter(r -> r.structure() != ResidualSpec.Structure.INDEPENDENT).isPresent()
                ? List.of(new Level(RandomEquation.ALL, ALL_PATH, List.of(), List.of(), -1))
                : hierarchy.stream().map(h -> level(h, levels, outcomes)).toList();
        OptionalInt weight = weightVariable().map(v -> OptionalInt.of(source(v))).orElse(OptionalInt.empty());
        Optional<Design.Offset> offset = offset();
        ResponseColumns responseColumns = outcomes.map(ResponseColumns::of).orElseGet(this::responseColumns);
        Optional<ResidualBinding> residuals = spec.linear().residuals().filter(ResidualSpec::structured).map(r -> new ResidualBinding(
                withNumericTimes(r), survey, completeVariables(all)));
        Optional<Residuals> boundResiduals = residuals.map(r -> r.bind(this::source));
        OptionalInt cluster = clusterVariable().map(v -> OptionalInt.of(source(v))).orElse(OptionalInt.empty());
        requireOneKindOfWeights();
        requireClusters();
        Map<String, Optional<List<String>>> labels = new HashMap<>();
        residuals.ifPresent(r -> spec.linear().residuals().flatMap(ResidualSpec::by).ifPresent(v -> labels.put(v, r.labels())));
        responses.ifPresent(r -> labels.put(equation.response(), r.labels()));
        clusterVariable().ifPresent(v -> labels.put(v, labels(v, survey, completeVariables(all))));
        List<Source> sources = sourceIndex.keySet().stream().map(n -> new Source(n,
                labels.getOrDefault(n, levels.labels(n)))).toList();
        return new Design(spec, sources, response, outcomes.map(o -> inEquations(fixed, o)).orElse(fixed), bound, weight, offset, notes, boundResiduals,
                responseColumns, cluster);
    }

    /** The columns in the equations of all outcomes; the coefficients of the base outcome are zero. */
    private static List<Column> inEquations(List<Column> fixed, Outcomes outcomes) {
        List<Column> all = new ArrayList<>();
        for (int k = 0; k < outcomes.names().size(); k++) {
            for (Column c : fixed) {
                Column here = c.in(outcomes.names().get(k));
                all.add(k == outcomes.base() ? here.with(Column.Status.BASE) : here);
            }
        }
        return all;
    }

    /** A level as typed, with the equations given for it. */
    private static final class Hierarchy {
        final String variable;
        final List<String> path;
        final List<String> grouping;
        final List<Equation> equations = new ArrayList<>();

        Hierarchy(String variable, List<String> path, List<String> grouping) {
            this.variable = variable;
            this.path = path;
            this.grouping = grouping;
        }
    }

    private record Equation(RandomEquation typed, List<Term> terms) {}

    /** Whether no level of a linear model has effects, and no residuals are correlated within the groups. */
    private boolean allEmpty(List<Hierarchy> hierarchy) {
        return spec.command() == CommandName.MIXED && spec.linear().residuals().isEmpty() && !hierarchy.isEmpty()
                && hierarchy.stream().allMatch(h -> h.equations.stream().allMatch(e -> e.terms.isEmpty()
                && e.typed.factor().isEmpty() && e.typed.noconstant()));
    }

    private static final List<String> ALL_PATH = List.of(RandomEquation.ALL);

    private List<Hierarchy> hierarchy() {
        List<Hierarchy> found = new ArrayList<>();
        Set<String> closed = new LinkedHashSet<>();
        List<String> path = new ArrayList<>();
        for (RandomEquation e : spec.random()) {
            if (e.factor().isPresent() && e.level().equals(RandomEquation.ALL) && !indicators) {
                closed.add(e.level());
                if (!path.isEmpty()) {
                    throw EchelonException.misuse("_all: R." + e.factor().get() + " stands below " + path.get(0)
                            + "; write the equations of _all before those of all other levels");
                }
                String factor = schema.require(e.factor().get()).name();
                Hierarchy crossed = new Hierarchy(e.level(), ALL_PATH, List.of(factor));
                crossed.equations.add(new Equation(e, List.of()));
                found.add(crossed);
                continue;
            }
            Hierarchy last = found.isEmpty() ? null : found.get(found.size() - 1);
            if (last == null || !last.variable.equals(e.level()) || !last.grouping.equals(last.path)
                    && !last.grouping.isEmpty()) {
                if (!closed.add(e.level()) && !e.level().equals(RandomEquation.ALL)) {
                    throw EchelonException.misuse("level " + e.level() + " appears twice with another level in between; "
                            + "write the equations of one level next to each other");
                }
                if (!e.level().equals(RandomEquation.ALL)) {
                    schema.require(e.level());
                    path.add(e.level());
                }
                last = e.level().equals(RandomEquation.ALL) ? new Hierarchy(e.level(), ALL_PATH, List.of())
                        : new Hierarchy(e.level(), List.copyOf(path), List.copyOf(path));
                found.add(last);
            }
            last.equations.add(new Equation(e, e.factor().isPresent() ? indicators(e.factor().get())
                    : Terms.resolve(e.terms(), schema)));
        }
        return found;
    }

    /** An indicator for each value of a variable. */
    private List<Term> indicators(String variable) {
        return List.of(new Term(List.of(new Factor.Categorical(schema.require(variable).name(), new Factor.Base.None()))));
    }

    private Level level(Hierarchy h, FactorLevels levels, Optional<Outcomes> outcomes) {
        List<Effects> effects = new ArrayList<>();
        for (int i = 0; i < h.equations.size(); i++) {
            Equation e = h.equations.get(i);
            if (e.typed.factor().isPresent()) {
                List<Column> ofFactor = e.terms.isEmpty() ? List.of(Column.constant()) : columns(e.terms, levels);
                effects.add(new Effects(ofFactor, CovarianceBinding.ofFactor(e.typed, ofFactor.size()), e.typed.factor()));
                continue;
            }
            List<Column> columns = new ArrayList<>(
                    columns(e.terms, levels).stream().filter(c -> c.status() == Column.Status.ESTIMATED).toList());
            // With several equations for one level the constant belongs to the last one that may have it.
            boolean last = h.equations.stream().skip(i + 1L)
                    .allMatch(other -> other.typed.factor().isPresent() || other.typed.noconstant());
            if (!e.typed.noconstant() && last) {
                columns.add(Column.constant());
            }
            if (!columns.isEmpty()) {
                List<Column> entered = outcomes.filter(o -> !e.typed.shared()).map(o -> o.equations().stream()
                        .flatMap(name -> columns.stream().map(c -> c.in(name))).toList()).orElse(columns);
                if (entered.size() == 1 && e.typed.covariance().filter(c -> c instanceof CovarianceChoice.Unstructured
                        || c instanceof CovarianceChoice.Exchangeable).isPresent()) {
                    notes.add("single-variable random-effects specification in " + h.variable
                            + " equation; covariance structure set to identity");
                }
                effects.add(new Effects(entered, CovarianceBinding.of(e.typed, entered.size(), matrices)));
            } else if (spec.linear().residuals().isEmpty()) {
                if (!last) {
                    throw EchelonException.misuse("with several equations for " + h.variable + " the constant belongs to the"
                            + " last one, so the others need a variable: || " + h.variable + ": x || " + h.variable + ":");
                }
                throw EchelonException.misuse("the random-effects equation for " + h.variable
                        + " is empty; leave out noconstant or name a variable: || " + h.variable + ": x, noconstant");
            }
        }
        int weight = h.equations.stream().flatMap(e -> e.typed.weight().stream())
                .mapToInt(w -> source(weightVariable(w))).findFirst().orElse(-1);
        return new Level(h.variable, h.path, h.grouping, effects, weight);
    }

    private List<Column> columns(List<Term> terms, FactorLevels levels) {
        FactorColumns spelling = new FactorColumns(terms, levels, this::source);
        List<Column> columns = new ArrayList<>();
        terms.forEach(t -> columns.addAll(spelling.of(t)));
        return columns;
    }

    private int source(String variable) {
        Integer known = sourceIndex.putIfAbsent(variable, sourceIndex.size());
        return known == null ? sourceIndex.size() - 1 : known;
    }

    private List<String> completeVariables(List<Term> terms) {
        Set<String> used = new LinkedHashSet<>();
        used.add(spec.fixed().response());
        used.addAll(Terms.variables(terms));
        spec.random().stream().map(RandomEquation::level).filter(l -> !l.equals(RandomEquation.ALL)).forEach(used::add);
        spec.random().stream().flatMap(e -> e.factor().stream()).forEach(f -> used.add(schema.require(f).name()));
        weightVariable().ifPresent(used::add);
        spec.random().stream().flatMap(e -> e.weight().stream()).map(this::weightVariable).forEach(used::add);
        spec.fixed().offset().ifPresent(used::add);
        spec.fixed().exposure().ifPresent(used::add);
        spec.trials().filter(t -> !isNumber(t)).ifPresent(used::add);
        if (spec.command() == CommandName.MESTREG) {
            used.addAll(List.of(SURVIVAL_ENTRY, SURVIVAL_EVENT));
        }
        spec.linear().residuals().flatMap(ResidualSpec::by).ifPresent(v -> used.add(schema.require(v).name()));
        spec.linear().residuals().flatMap(ResidualSpec::time).ifPresent(v -> used.add(schema.require(v).name()));
        clusterVariable().ifPresent(used::add);
        return List.copyOf(used);
    }

    private Optional<String> weightVariable() {
        return spec.sample().weight().map(this::weightVariable);
    }

    private String weightVariable(Weight weight) {
        if (weight.value() instanceof Expression.Name name) {
            return numeric(name.name(), "the weight");
        }
        throw EchelonException.misuse("a weight must be a variable; make one first with generate w = ...");
    }

    /** The variable of vce(cluster) unless it is the top level itself, whose groups are known anyway. */
    private Optional<String> clusterVariable() {
        return spec.vce().filter(Vce.Cluster.class::isInstance).map(v -> ((Vce.Cluster) v).variable())
                .filter(v -> spec.random().isEmpty() || !spec.random().get(0).level().equals(v))
                .map(v -> schema.require(v).kind() == Schema.Kind.STRING ? v : numeric(v, "the variable of vce(cluster)"));
    }

    /** The values of a string variable in sorted order; empty for a numeric one. */
    private Optional<List<String>> labels(String variable, Survey survey, List<String> complete) {
        return schema.require(variable).kind() != Schema.Kind.STRING ? Optional.empty()
                : Optional.of(survey.observe(List.of(List.of(variable)), complete).get(0).stream()
                        .map(c -> (String) c.values().get(0)).sorted().toList());
    }

    private void requireOneKindOfWeights() {
        if (spec.weightKinds().size() > 1) {
            throw EchelonException.misuse("the weights of rows and groups must be of one kind: choose fweight or pweight"
                    + " at every level");
        }
        long levels = spec.random().stream().map(RandomEquation::level).distinct().count();
        if (spec.linear().pwscale().isPresent() && (levels != 1 || spec.sample().weight().isEmpty()
                || !spec.weightKinds().contains(Weight.Kind.SAMPLING))) {
            throw EchelonException.misuse("pwscale() scales the sampling weights of rows within the groups of one level:"
                    + " write mixed y x [pweight=w] || id:, pwscale(size)");
        }
        if (spec.sample().weight().filter(w -> w.kind() == Weight.Kind.SAMPLING).isPresent() && spec.linear().residuals()
                .filter(r -> r.structure() != ResidualSpec.Structure.INDEPENDENT).isPresent()) {
            throw EchelonException.misuse("rows cannot have sampling weights where residuals are correlated: the"
                    + " pseudolikelihood weighs the density of each row given the random effects, and correlated rows have"
                    + " none of their own; weigh the groups, with pweight() after the comma of their equation");
        }
    }

    /** Robust standard errors need independent groups, and rows that share effects of {@code _all} are one group. */
    private void requireClusters() {
        if (spec.robust() && !spec.random().isEmpty() && spec.random().get(0).level().equals(RandomEquation.ALL)) {
            throw EchelonException.misuse((spec.vce().isPresent() ? "vce(" + spec.varianceEstimator().text() + ") needs"
                    : "sampling weights come with robust standard errors, which need") + " independent groups, and effects of"
                    + " _all make one group of all rows: " + (spec.vce().isPresent() ? "leave vce() out"
                    : "use fweight, or add vce(oim) for the standard errors of the model"));
        }
    }

    private Optional<Design.Offset> offset() {
        FixedEquation f = spec.fixed();
        Optional<Design.Offset> offset = f.offset().map(v -> new Design.Offset(source(numeric(v, "offset()")), false));
        return offset.or(() -> f.exposure().map(v -> new Design.Offset(source(numeric(v, "exposure()")), true)));
    }

    private ResidualSpec withNumericTimes(ResidualSpec residuals) {
        residuals.time().ifPresent(t -> numeric(t, "t()"));
        return residuals;
    }

    private void requireSurvivalTimes() {
        if (spec.command() == CommandName.MESTREG
                && !schema.names().containsAll(List.of(spec.fixed().response(), SURVIVAL_ENTRY, SURVIVAL_EVENT))) {
            throw EchelonException.misuse("mestreg needs survival times; declare them first, as in"
                    + " stset time, failure(event)");
        }
    }

    private ResponseColumns responseColumns() {
        if (spec.command() == CommandName.MESTREG) {
            return ResponseColumns.survival(source(SURVIVAL_ENTRY), source(SURVIVAL_EVENT));
        }
        return spec.trials().map(t -> isNumber(t) ? ResponseColumns.trials(wholeTrials(t))
                : ResponseColumns.trials(source(numeric(t, "the binomial denominator")))).orElse(ResponseColumns.none());
    }

    private static boolean isNumber(String text) {
        return !Character.isLetter(text.charAt(0)) && text.charAt(0) != '_';
    }

    private static double wholeTrials(String text) {
        double n = Double.parseDouble(text);
        if (n < 1 || n != Math.rint(n)) {
            throw EchelonException.misuse("the binomial denominator must be a whole number, 1 or more, not " + text);
        }
        return n;
    }

    private String numeric(String name, String role) {
        Schema.Variable variable = schema.require(name);
        if (variable.kind() == Schema.Kind.NUMERIC) {
            return name;
        }
        String what = role + " " + name + " is not numeric";
        if (variable.kind() == Schema.Kind.STRING) {
            throw new TextVariable(what, name, "make a number of it first, with generate x = real(" + name
                    + ") if it holds numbers, or egen x = group(" + name + ") to number its values");
        }
        throw EchelonException.misuse(what + "; make a number of it first with generate");
    }
}
