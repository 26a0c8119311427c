package io.echelon.estimate;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.family.Family;
import io.echelon.fit.Iteration;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.FixedLikelihood;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.LaplaceLikelihood;
import io.echelon.likelihood.generalized.QuadratureLikelihood;
import io.echelon.optimize.Maximizer;
import io.echelon.optimize.Objective;
import io.echelon.quadrature.Integration;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.LinearConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fits generalized linear mixed models by maximum likelihood from packed rows: first the model without random effects, then
 * starting values for the variances, then the whole.
 */
public final class GeneralizedEstimator {
    /** Variances tried by {@code startgrid()} without numbers. */
    private static final double[] DEFAULT_GRID = {0.1, 1, 10};

    private final Design design;
    private final PartStore<GroupBlock> parts;
    private final List<LinearConstraint> constraints;
    private final Consumer<Iteration> log;
    private final List<Iteration> iterations = new ArrayList<>();
    private final FamilyChoice choice;

    private GeneralizedEstimator(Design design, PartStore<GroupBlock> parts, List<LinearConstraint> constraints,
                                 Consumer<Iteration> log) {
        this.design = design;
        this.parts = parts;
        this.constraints = constraints;
        this.log = log;
        choice = FamilyChoice.of(design.spec());
    }

    /**
     * Fits the model of a design.
     *
     * @param design      the bound model; its {@code spec} says family, link, integration and maximisation
     * @param parts       packed rows of whole top-level groups
     * @param constraints the constraints that {@code constraints()} names
     * @param log         hears each iteration as it is made
     */
    public static GeneralizedFit fit(Design design, PartStore<GroupBlock> parts, List<LinearConstraint> constraints,
                                     Consumer<Iteration> log) {
        return new GeneralizedEstimator(design, parts, constraints, log).fit();
    }

    private GeneralizedFit fit() {
        Integration integration = integration();
        refuseWeights(integration);
        ResponseScan scan = scan();
        checkWeights(scan);
        Family family = family(scan);
        String complaint = parts.aggregate(b -> ResponseScan.complaint(b, family), (a, b) -> a.isEmpty() ? b : a);
        if (!complaint.isEmpty()) {
            throw EchelonException.failure(design.spec().fixed().response() + " has " + complaint);
        }
        Collinearity collinearity = RegressorProducts.collinearity(design.fixed(), parts, scan.rows());
        boolean[] omitted = omitted(collinearity);
        ParameterSpace fixedSpace = new ParameterSpace(design.withoutLevels(), omitted, family, constraintsOnFixed());
        GeneralizedObjective fixed = new GeneralizedObjective(parts, new FixedLikelihood(family), fixedSpace);
        double[] start = startOfFixed(fixedSpace, family.start(scan.summary(choice)));
        Maximizer.Result fixedEnd = maximize(fixed, point(fixed, start), "fixed");
        List<String> notes = new ArrayList<>(design.notes());
        notes.addAll(collinearity.notes());
        Design reported = design.with(collinearity.columns(), notes);
        if (design.levels().isEmpty()) {
            return new GeneralizedReport(reported, collinearity.kept(), choice, family, scan, fixedSpace, integration)
                    .fit(fixedEnd, iterations, fixedEnd.point().value(), block -> List.of());
        }
        double[] psi = fixedSpace.reduction().expand(fixedEnd.point().parameters());

        ParameterSpace space = new ParameterSpace(design, omitted, family, constraints);
        IntegratedLikelihood likelihood = likelihood(family, space, integration);
        GeneralizedObjective full = new GeneralizedObjective(parts, likelihood, space);
        Maximizer.Result end = maximize(full, bestOfGrid(full, space, psi), "full");
        EmpiricalBayes randomEffects = new EmpiricalBayes(RandomEffectsKernel.Names.of(design), likelihood,
                new LaplaceLikelihood(family, space.loadings()),
                space.parameters(end.point().parameters()).orElseThrow());
        return new GeneralizedReport(reported, collinearity.kept(), choice, family, scan, space, integration)
                .fit(end, iterations, fixedEnd.point().value(), randomEffects);
    }

    private ResponseScan scan() {
        boolean frequency = design.frequencyWeights();
        return parts.aggregate(block -> ResponseScan.of(block, frequency), ResponseScan::merge);
    }

    private void refuseWeights(Integration integration) {
        if (design.weighted() && integration.method() == Integration.Method.LAPLACE) {
            throw EchelonException.misuse("weights are not allowed with intmethod(laplace); use intmethod(mvaghermite)");
        }
        if (design.robust() && design.frequencyWeights() && design.levels().stream().anyMatch(l -> l.weight() >= 0)) {
            throw EchelonException.misuse("vce(robust) does not go with frequency weights of groups; write each group as often"
                    + " as it occurs, under numbers of its own");
        }
    }

    private void checkWeights(ResponseScan scan) {
        if (scan.leastWeight() < 0) {
            throw EchelonException.failure("a weight is " + scan.leastWeight() + ": weights must not be negative");
        }
        if (design.frequencyWeights() && scan.fractionalWeights()) {
            throw EchelonException.failure("a frequency weight is not a whole number; use pweight for sampling weights");
        }
    }

    private boolean[] omitted(Collinearity collinearity) {
        boolean[] omitted = new boolean[design.estimated().size()];
        Arrays.fill(omitted, true);
        for (int j : collinearity.kept()) {
            omitted[j] = false;
        }
        return omitted;
    }

    private Family family(ResponseScan scan) {
        String response = design.spec().fixed().response();
        Optional<double[]> outcomes = scan.outcomes();
        if (outcomes.isPresent() && outcomes.get().length == 1 && !choice.isSurvival() && !choice.hasTrials()) {
            throw EchelonException.failure(response + " does not vary in the estimation sample: all "
                    + scan.rows() + " values are " + outcomes.get()[0]);
        }
        if (choice.family().equals("bernoulli") && outcomes.isPresent() && !scan.occurs(0)) {
            throw EchelonException.failure(response + " has no zeros in the estimation sample: 0 stands for no and any other"
                    + " value for yes, and both must occur");
        }
        if (choice.hasTrials() && (scan.summary(choice).mean() == 0 || scan.summary(choice).mean() == 1)) {
            throw EchelonException.failure(response + " does not vary in the estimation sample: every count is "
                    + (scan.summary(choice).mean() == 0 ? "0" : "equal to its denominator"));
        }
        if (choice.isOrdinal() && outcomes.isEmpty()) {
            throw EchelonException.failure(response + " has more than 100 distinct values; an ordinal response has few: group"
                    + " them, or use a family for continuous responses");
        }
        return choice.family(outcomes.orElse(new double[0]));
    }

    private List<LinearConstraint> constraintsOnFixed() {
        String residual = ParameterNames.residual(design);
        return constraints.stream().filter(c -> c.summands().stream().allMatch(s -> {
            String equation = s.parameter().equation().orElse(s.parameter().name());
            return !equation.startsWith("var(") && !equation.startsWith("cov(") || equation.equals(residual);
        })).toList();
    }

    private double[] startOfFixed(ParameterSpace space, Family.Start start) {
        double[] beta = new double[space.coefficients()];
        List<Column> columns = design.estimated();
        for (int j = 0; j < beta.length; j++) {
            beta[j] = columns.get(j).isConstant() ? start.constant() : 0;
        }
        return space.start(beta, start.ancillary(), 0);
    }

    private Objective.Point point(GeneralizedObjective objective, double[] phi) {
        return objective.at(phi).orElseThrow(() -> EchelonException.failure("the log likelihood cannot be evaluated at the"
                + " starting values; give others with from(), or rescale the variables"));
    }

    private Maximizer.Result maximize(Objective objective, Objective.Point start, String phase) {
        return new Maximizer(objective, design.spec().maximize(), (i, value, note) -> say(phase, i, value, note))
                .maximize(start);
    }

    private void say(String phase, int iteration, double value, String note) {
        Iteration i = new Iteration(phase, iteration, value, note);
        iterations.add(i);
        log.accept(i);
    }

    private Integration integration() {
        GeneralizedOptions o = design.spec().generalized();
        int levels = design.levels().size();
        Integration.Method method = switch (o.method().orElse(defaultMethod())) {
            case MVAGHERMITE -> Integration.Method.MEAN_VARIANCE;
            case MCAGHERMITE, PCAGHERMITE -> Integration.Method.MODE_CURVATURE;
            case GHERMITE -> Integration.Method.NONADAPTIVE;
            case LAPLACE -> Integration.Method.LAPLACE;
        };
        int[] points = new int[levels];
        Arrays.fill(points, Integration.DEFAULT_POINTS);
        if (!o.points().isEmpty() && o.points().size() != 1 && o.points().size() != levels) {
            throw EchelonException.misuse("intpoints() has " + o.points().size() + " numbers for " + levels
                    + " levels; give one number, or one for each level");
        }
        for (int l = 0; l < levels && !o.points().isEmpty(); l++) {
            points[l] = o.points().get(o.points().size() == 1 ? 0 : l);
            if (points[l] < 1) {
                throw EchelonException.misuse("intpoints(" + points[l] + "): give at least one point");
            }
        }
        return new Integration(method, points);
    }

    /** As the manual has it: the Laplace approximation for crossed effects, mean-variance adaptive quadrature otherwise. */
    private GeneralizedOptions.IntegrationMethod defaultMethod() {
        boolean crossed = design.levels().stream().flatMap(l -> l.effects().stream()).anyMatch(e -> e.factor().isPresent());
        return crossed ? GeneralizedOptions.IntegrationMethod.LAPLACE : GeneralizedOptions.IntegrationMethod.MVAGHERMITE;
    }

    private static IntegratedLikelihood likelihood(Family family, ParameterSpace space, Integration integration) {
        return integration.method() == Integration.Method.LAPLACE
                ? new LaplaceLikelihood(family, space.loadings())
                : new QuadratureLikelihood(family, space.loadings(), integration);
    }

    /** Evaluates the starting variances of {@code startgrid()} and takes the best; one variance of 1 where none are given. */
    private Objective.Point bestOfGrid(GeneralizedObjective full, ParameterSpace space, double[] psi) {
        double[] beta = Arrays.copyOf(psi, space.coefficients());
        double[] ancillary = Arrays.copyOfRange(psi, space.coefficients(), space.coefficients() + space.ancillary());
        Objective.Point best = null;
        int node = 0;
        for (double variance : startingVariances()) {
            Optional<Objective.Point> here = full.at(space.start(beta, ancillary, variance));
            if (here.isPresent()) {
                say("grid", node, here.get().value(), "");
                if (best == null || here.get().value() > best.value()) {
                    best = here.get();
                }
            }
            node++;
        }
        if (best == null) {
            throw EchelonException.failure("the log likelihood cannot be evaluated at the starting values; give variances"
                    + " with startgrid() or starting values with from()");
        }
        return best;
    }

    private double[] startingVariances() {
        Optional<String> grid = design.spec().generalized().startGrid();
        if (grid.isEmpty()) {
            return new double[] {1};
        }
        if (grid.get().isBlank()) {
            return DEFAULT_GRID;
        }
        try {
            return Arrays.stream(grid.get().trim().split("[\\s,]+")).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException notNumbers) {
            throw EchelonException.misuse("startgrid(" + grid.get() + "): give variances, as in startgrid(0.1 1 10)");
        }
    }
}
