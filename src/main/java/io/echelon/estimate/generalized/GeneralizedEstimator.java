package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.FromValues;
import io.echelon.estimate.ParameterNames;
import io.echelon.estimate.effects.EmpiricalBayes;
import io.echelon.estimate.effects.RandomEffectsKernel;
import io.echelon.family.Family;
import io.echelon.fit.Iteration;
import io.echelon.group.BlockScales;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.generalized.Factorization;
import io.echelon.likelihood.generalized.FixedLikelihood;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.LaplaceLikelihood;
import io.echelon.likelihood.generalized.Loadings;
import io.echelon.likelihood.generalized.QuadratureLikelihood;
import io.echelon.optimize.Maximizer;
import io.echelon.optimize.Objective;
import io.echelon.quadrature.Integration;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.MaximizeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Fits generalized linear mixed models by maximum likelihood from packed rows: first the model without random effects, then
 * starting values for the variances, then the whole.
 */
public final class GeneralizedEstimator {
    /** Iterations after which the sizes of the random effects are known well enough to tell which are small. */
    private static final int SETTLING = 8;

    private final Design design;
    private final PartStore<GroupBlock> parts;
    private final List<LinearConstraint> constraints;
    private final Map<String, double[][]> matrices;
    private final Consumer<Iteration> log;
    private final List<Iteration> iterations = new ArrayList<>();
    private final FamilyChoice choice;

    private GeneralizedEstimator(Design design, PartStore<GroupBlock> parts, List<LinearConstraint> constraints,
                                 Map<String, double[][]> matrices, Consumer<Iteration> log) {
        this.design = design;
        this.parts = parts;
        this.constraints = constraints;
        this.matrices = matrices;
        this.log = log;
        choice = FamilyChoice.of(design.spec());
    }

    /**
     * Fits the model of a design.
     *
     * @param design      the bound model; its {@code spec} says family, link, integration and maximisation
     * @param parts       packed rows of whole top-level groups
     * @param constraints the constraints that {@code constraints()} names
     * @param matrices    matrices by name, for {@code from()}
     * @param log         hears each iteration as it is made
     */
    public static GeneralizedFit fit(Design design, PartStore<GroupBlock> parts, List<LinearConstraint> constraints,
                                     Map<String, double[][]> matrices, Consumer<Iteration> log) {
        return new GeneralizedEstimator(design, parts, constraints, matrices, log).fit();
    }

    private GeneralizedFit fit() {
        Integration integration = IntegrationChoice.of(design);
        refuseWeights();
        UsableSample usable = UsableSample.of(design, choice, parts);
        IntegrationChoice.requireMemory(integration, design, usable.parts());
        Family family = usable.family();
        boolean[] omitted = usable.omitted(design.estimated().size());
        Family.Start start = family.start(usable.scan().summary(choice));
        Standardization standardization = BlockScales.of(design, usable.parts());
        Coordinates coordinates = Coordinates.of(design, family, usable.products(), usable.kept(), standardization);
        ParameterSpace fixedSpace = new ParameterSpace(design.withoutLevels(), omitted, family, constraintsOnFixed(), coordinates);
        Maximizer.Result fixedEnd = maximizeFixed(usable, fixedSpace, start);
        Optional<String> separation = Separation.of(fixedEnd.point(), fixedSpace, usable, design.estimated());
        List<String> notes = new ArrayList<>(design.notes());
        notes.addAll(usable.notes());
        notes.addAll(Coordinates.notes(design, standardization));
        LaplaceStart.note(design, integration).ifPresent(notes::add);
        Design reported = design.with(usable.columns(), notes);
        if (design.levels().isEmpty()) {
            return new GeneralizedReport(reported, usable, choice, fixedSpace, integration, separation)
                    .fit(fixedEnd, iterations, fixedEnd.point().value(), Optional.empty(), block -> List.of());
        }
        UsableSample sample = usable.merged();
        Function<Design, Whole> factored = d -> {
            ParameterSpace space = new ParameterSpace(d, omitted, family, constraints, coordinates);
            IntegratedLikelihood likelihood = likelihood(integration, family, space.loadings());
            return new Whole(space, likelihood, new GeneralizedObjective(sample.parts(), likelihood, space));
        };
        Whole full = factored.apply(design);
        ParameterSpace space = full.space;
        GeneralizedStart starts = new GeneralizedStart(design, space, family, full.objective,
                (node, value, note) -> say("grid", node, value, note));
        double[] psi = startOfFull(sample, fixedSpace, start, fixedEnd, coordinates);
        double[] natural = space.natural(Arrays.copyOf(psi, space.coefficients()),
                Arrays.copyOfRange(psi, space.coefficients(), space.coefficients() + space.ancillary()), 1);
        SlopeScales.apply(natural, space.coefficients() + space.ancillary(),
                design.levels().stream().map(Level::effects).toList(), standardization);
        Objective.Point first = design.spec().maximize().from().map(text -> starts.from(FromValues.of(text, matrices), natural))
                .orElseGet(() -> starts.best(worthLaplace(integration) ? LaplaceStart.of(family, space, sample.parts(), natural)
                        .orElse(natural) : natural));
        Maximized there = maximized(full, first, factored, standardization);
        Maximizer.Result end = there.end;
        ParameterSpace last = there.whole.space;
        EmpiricalBayes randomEffects = new EmpiricalBayes(RandomEffectsKernel.Names.of(design), there.whole.likelihood,
                laplace(family, last.loadings()), last.parameters(end.point().parameters()).orElseThrow());
        Optional<DoubledPoints> doubled = integration.method() == Integration.Method.LAPLACE ? Optional.empty()
                : DoubledPoints.at(end.point(), design, family, last, integration, sample.parts(), sample.scan(),
                        there.whole.objective.evaluations());
        return new GeneralizedReport(reported, sample, choice, last, integration, separation)
                .fit(end, iterations, fixedEnd.point().value(), doubled, randomEffects);
    }

    /** The whole model under one order of the factors of its covariance matrices. */
    private record Whole(ParameterSpace space, IntegratedLikelihood likelihood, GeneralizedObjective objective) {}

    private record Maximized(Whole whole, Maximizer.Result end) {}

    private IntegratedLikelihood likelihood(Integration integration, Family family, Loadings loadings) {
        return integration.method() == Integration.Method.LAPLACE ? laplace(family, loadings)
                : new QuadratureLikelihood(family, loadings, integration, factorization());
    }

    private LaplaceLikelihood laplace(Family family, Loadings loadings) {
        return new LaplaceLikelihood(family, loadings, factorization());
    }

    private Factorization factorization() {
        return design.spec().command().orthogonal() ? Factorization.QR : Factorization.CHOLESKY;
    }

    /**
     * Maximises, with the order of the factors that suits the place once it is known; not where integration points depend on
     * the order.
     */
    private Maximized maximized(Whole start, Objective.Point first, Function<Design, Whole> factored, Standardization standardization) {
        MaximizeOptions options = design.spec().maximize();
        say("full", 0, first.value(), "");
        int most = options.iterate();
        boolean inStages = start.likelihood instanceof LaplaceLikelihood && RootOrder.matters(design)
                && options.technique().size() == 1 && most > SETTLING;
        Maximizer.Result end = maximizer(start).maximize(first, 0, inStages ? SETTLING : most);
        if (!inStages || end.convergence().converged()) {
            return new Maximized(start, end);
        }
        double[] phi = end.point().parameters();
        Whole other = factored.apply(RootOrder.at(design, start.space, phi, standardization));
        Optional<Objective.Point> same = other.space.start(start.space.naturals(phi)).flatMap(other.objective::at);
        return new Maximized(same.isPresent() ? other : start, maximizer(same.isPresent() ? other : start)
                .maximize(same.orElse(end.point()), end.iterations(), most));
    }

    private Maximizer maximizer(Whole whole) {
        return new Maximizer(whole.objective, design.spec().maximize(), (i, value, note) -> say("full", i, value, note));
    }

    private void refuseWeights() {
        if (design.robust() && design.frequencyWeights() && design.levels().isEmpty() && design.cluster().isEmpty()) {
            throw EchelonException.misuse("vce(robust) does not go with frequency weights where there are no groups; write each"
                    + " observation as often as it occurs, or name clusters with vce(cluster v)");
        }
        if (design.robust() && design.frequencyWeights() && design.levels().stream().anyMatch(l -> l.weight() >= 0)) {
            throw EchelonException.misuse("vce(robust) does not go with frequency weights of groups; write each group as often"
                    + " as it occurs, under numbers of its own");
        }
    }

    private boolean worthLaplace(Integration integration) {
        return integration.method() != Integration.Method.LAPLACE && !design.weighted() && !design.crossed()
                && design.spec().generalized().startGrid().isEmpty()
                && DoubledPoints.points(design, integration) >= LaplaceStart.MANY;
    }

    private List<LinearConstraint> constraintsOnFixed() {
        String residual = ParameterNames.residual(design);
        return constraints.stream().filter(c -> c.summands().stream().allMatch(s -> {
            String equation = s.parameter().equation().orElse(s.parameter().name());
            return !equation.startsWith("var(") && !equation.startsWith("cov(") || equation.equals(residual);
        })).toList();
    }

    /** The model without random effects; {@code iterate()} and {@code from()} concern the whole model unless this is it. */
    private Maximizer.Result maximizeFixed(UsableSample sample, ParameterSpace space, Family.Start start) {
        GeneralizedObjective fixed = objective(sample, space);
        MaximizeOptions options = design.spec().maximize();
        boolean whole = design.levels().isEmpty();
        double[] natural = space.natural(startingCoefficients(space, start), start.ancillary(), 1);
        Objective.Point first = whole && options.from().isPresent()
                ? new GeneralizedStart(design, space, sample.family(), fixed, (i, value, note) -> { })
                        .from(FromValues.of(options.from().get(), matrices), natural)
                : point(fixed, space.start(natural).orElseThrow());
        return new Maximizer(fixed, whole ? options : MaximizeOptions.defaults(),
                (i, value, note) -> say("fixed", i, value, note)).maximize(first);
    }

    /** Coefficients and ancillary parameters that {@code startvalues()} asks for. */
    private double[] startOfFull(UsableSample sample, ParameterSpace fixedSpace, Family.Start start, Maximizer.Result fixedEnd,
                                 Coordinates coordinates) {
        String method = design.spec().generalized().startValues().orElse("fixedonly");
        if (method.equals("fixedonly")) {
            return fixedSpace.reduction().expand(fixedEnd.point().parameters());
        }
        if (method.equals("zero")) {
            return fixedSpace.reduction().expand(fixedSpace.start(fixedSpace.natural(new double[fixedSpace.coefficients()],
                    start.ancillary(), 1)).orElseThrow());
        }
        boolean[] omitted = new boolean[design.estimated().size()];
        for (int j = 0; j < omitted.length; j++) {
            omitted[j] = !design.estimated().get(j).isConstant();
        }
        ParameterSpace space = new ParameterSpace(design.withoutLevels(), omitted, sample.family(), List.of(),
                coordinates.withoutColumns());
        GeneralizedObjective constant = objective(sample, space);
        Objective.Point first = point(constant, space.start(space.natural(startingCoefficients(space, start),
                start.ancillary(), 1)).orElseThrow());
        return space.reduction().expand(new Maximizer(constant, MaximizeOptions.defaults(), (i, value, note) -> { })
                .maximize(first).point().parameters());
    }

    private GeneralizedObjective objective(UsableSample sample, ParameterSpace space) {
        boolean apart = design.levels().isEmpty() && (design.robust() || design.spec().maximize().technique().stream()
                .anyMatch(t -> t.algorithm() == MaximizeOptions.Algorithm.BHHH));
        return new GeneralizedObjective(sample.parts(), new FixedLikelihood(sample.family(), apart), space);
    }

    private double[] startingCoefficients(ParameterSpace space, Family.Start start) {
        double[] beta = new double[space.coefficients()];
        List<Column> columns = design.estimated();
        for (int j = 0; j < beta.length; j++) {
            beta[j] = columns.get(j).isConstant() ? start.constants()[design.predictorOf(columns.get(j))] : 0;
        }
        return beta;
    }

    private Objective.Point point(GeneralizedObjective objective, double[] phi) {
        return objective.at(phi).orElseThrow(() -> EchelonException.failure("the log likelihood cannot be evaluated at the"
                + " starting values; give others with from(), or rescale the variables"));
    }

    private void say(String phase, int iteration, double value, String note) {
        Iteration i = new Iteration(phase, iteration, value, note);
        iterations.add(i);
        log.accept(i);
    }
}
