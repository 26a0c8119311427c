package io.echelon.estimate.linear;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Collinearity;
import io.echelon.estimate.ObservedInformation;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.estimate.effects.RandomEffectsKernel;
import io.echelon.fit.Certificate;
import io.echelon.fit.Clusters;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.Iteration;
import io.echelon.fit.ParameterCovariance;
import io.echelon.fit.Test;
import io.echelon.group.CrossedMoments;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.BestPredictor;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.LinearLikelihood;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.RootMoments;
import io.echelon.linalg.Packed;
import io.echelon.optimize.NewtonStep;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Gamma;

/** Fits linear mixed models by maximum or restricted maximum likelihood from cross-products. */
public final class MixedEstimator {
    private static final String CONSERVATIVE = "LR test is conservative and provided only for reference.";
    private static final String INTERIOR = "The reported degrees of freedom assumes the null hypothesis is not on the boundary"
            + " of the parameter space.  If this is not true, then the reported test is conservative.";
    /** Share of the response's variation that the fixed part must leave. */
    private static final double PERFECT = 1e-13;
    /** Share of the linear model's residual variance below which a mixed model fits the response exactly. */
    private static final double NO_RESIDUAL = 1e-11;

    /** Share of the variance around the fixed part that random effects have at the start. */
    private static final double USUAL_SHARE = 0.5;
    private static final double LARGE_SHARE = 0.95;

    private final Design design;
    private final Standardization standardization;
    private final MixedData data;
    private final RootMoments root;
    private final int[] kept;
    private final boolean reml;

    private MixedEstimator(Design design, MixedData data, Standardization standardization, int[] kept) {
        this.design = design;
        this.data = data;
        this.standardization = standardization;
        this.kept = kept;
        root = data.root();
        reml = design.spec().linear().reml();
    }

    /**
     * Fits the model of a design.
     *
     * @param design          the bound model; its {@code spec} says method and maximisation options
     * @param parts           cross-products of whole top-level groups
     * @param standardization the one the cross-products were made with
     * @param log             hears each iteration as it is made
     */
    public static MixedFit fit(Design design, PartStore<Moments> parts, Standardization standardization,
                               Consumer<Iteration> log) {
        MixedEstimator model = of(design, NestedData.of(parts, standardization.layout()), standardization);
        Maximum maximum = model.fit(log);
        RandomEffectsKernel effects = new RandomEffectsKernel(RandomEffectsKernel.Names.of(model.design), model.standardization,
                model.kept, new BestPredictor(maximum.parameters, maximum.evaluation.natural(), maximum.evaluation.beta(),
                        maximum.residual, maximum.betaVariance));
        return new MixedFit(model.design, maximum.estimates, effects, maximum.freedom);
    }

    /**
     * Fits the model of a design with crossed effects.
     *
     * @param design          the bound model; its levels are the terms of the cross-products
     * @param moments         cross-products of all rows
     * @param standardization the one the cross-products were made with
     * @param log             hears each iteration as it is made
     */
    public static CrossedFit fit(Design design, CrossedMoments moments, Standardization standardization,
                                 Consumer<Iteration> log) {
        MixedEstimator model = of(design, new CrossedData(moments), standardization);
        Maximum maximum = model.fit(log);
        CrossedMoments kept = moments.withFixed(model.kept);
        return new CrossedFit(model.design, maximum.estimates, () -> CrossedPredictions.of(model.design,
                model.standardization, kept, maximum.parameters, maximum.evaluation, maximum.betaVariance), maximum.freedom);
    }

    private static MixedEstimator of(Design design, MixedData data, Standardization standardization) {
        RootMoments all = data.root();
        requireRows(design, all);
        GroupCheck.require(design, all);
        int effects = standardization.layout().offset(standardization.layout().levels());
        double[] shift = Arrays.copyOfRange(standardization.shift(), effects, effects + all.p());
        Collinearity collinearity = Collinearity.of(design.fixed(), all.products(), shift, all.n());
        List<String> notes = new ArrayList<>(design.notes());
        notes.addAll(collinearity.notes());
        int[] kept = collinearity.kept();
        return new MixedEstimator(design.with(collinearity.columns(), notes), data.withFixed(kept),
                standardization.withFixed(kept), kept);
    }

    private static void requireRows(Design design, RootMoments all) {
        if (all.p() > all.n()) {
            throw EchelonException.failure("the model has " + all.p() + " fixed-effects coefficients but only "
                    + all.n() + " observations: leave out regressors");
        }
        String response = design.sources().get(design.response()).name();
        boolean constant = design.estimated().stream().anyMatch(Column::isConstant);
        if (constant && all.products()[Packed.index(all.p(), all.p())] <= 1e-26 * all.n()) {
            throw EchelonException.failure("the response " + response
                    + " is constant in the estimation sample: there is nothing to explain");
        }
    }

    /**
     * A fit and what predictions need of it.
     *
     * @param residual     σ² in standardised coordinates
     * @param betaVariance Var(β̂) in standardised coordinates, or null in maximum likelihood, where β is taken as known
     */
    private record Maximum(Estimates estimates, CovarianceParameters parameters, MixedLikelihood.Evaluation evaluation,
                           double residual, double[][] betaVariance, Optional<DenominatorDf> freedom) {}

    private Maximum fit(Consumer<Iteration> log) {
        CovarianceParameters parameters = new CovarianceParameters(design, standardization);
        MixedLikelihood likelihood = data.likelihood(parameters, standardization, reml);
        MixedLikelihood.Evaluation linear = linearModel();
        double variance = linear.natural()[0];
        StartingValues starts = new StartingValues(design.levels(), parameters, standardization);
        List<double[]> all = startingValues(starts, parameters, likelihood, linear);
        LinearMaximization.Outcome outcome = new SeveralStarts(likelihood, parameters, design.spec().maximize(),
                root.groups(), root.n(), log).from(all.get(0), all.subList(1, all.size()));
        double residual = outcome.point().evaluation().natural()[parameters.count()];
        if (residual < NO_RESIDUAL * variance) {
            throw EchelonException.failure("the random effects fit the response exactly: the residual variance is zero."
                    + " Leave out a random effect, or a level whose groups hold one observation each");
        }
        return assemble(outcome.parameters(), likelihood, outcome, linear, residual);
    }

    /** Natural parameters to start from, the first ones those to begin with. */
    private List<double[]> startingValues(StartingValues starts, CovarianceParameters parameters, MixedLikelihood likelihood,
                                          MixedLikelihood.Evaluation linear) {
        double variance = linear.natural()[0];
        double[] usual = starts.ofVariance(variance, USUAL_SHARE);
        Optional<String> from = design.spec().maximize().from();
        if (from.isPresent()) {
            return List.of(starts.from(from.get(), usual, design.fixed()));
        }
        List<double[]> all = new ArrayList<>();
        double unit = standardization.responseScale() * standardization.responseScale();
        data.startingVariances().ifPresent(v ->
                all.add(starts.fromVariances(Arrays.stream(v).map(x -> x * unit).toArray())));
        all.add(usual);
        parameters.residual().filter(ResidualModel::startsFromProducts)
                .flatMap(r -> data.residualProducts(linear.beta()))
                .flatMap(products -> starts.fromProducts(products, variance, unit, likelihood))
                .ifPresent(start -> all.add(parameters.blocks().isEmpty() ? 0 : all.size(), start));
        if (!parameters.blocks().isEmpty()) {
            all.add(starts.ofVariance(variance, LARGE_SHARE));
        }
        return all;
    }

    /** The model without random effects at its maximum: natural parameters {σ²}. */
    private MixedLikelihood.Evaluation linearModel() {
        Design fixedOnly = new Design(design.spec(), design.sources(), design.response(), design.fixed(), List.of(),
                design.weight(), design.offset(), List.of());
        MixedLikelihood likelihood = LinearLikelihood.withoutEffects(root,
                new CovarianceParameters(fixedOnly, standardization), standardization, reml);
        MixedLikelihood.Evaluation any = likelihood.evaluate(new double[] {1}).orElseThrow();
        double total = root.products()[Packed.index(root.p(), root.p())];
        double degrees = reml ? root.mass() - root.p() : root.mass();
        if (any.distance() <= PERFECT * total || degrees <= 0) {
            throw EchelonException.failure("the fixed effects fit the response exactly (" + root.n()
                    + " observations, " + root.p() + " coefficients): leave out regressors");
        }
        double scale = standardization.responseScale();
        return likelihood.evaluate(new double[] {any.distance() / degrees * scale * scale}).orElseThrow();
    }

    private Maximum assemble(CovarianceParameters parameters, MixedLikelihood likelihood,
                             LinearMaximization.Outcome outcome, MixedLikelihood.Evaluation linear, double residual) {
        LinearObjective.At point = outcome.point();
        double scale = standardization.responseScale();
        double standardResidual = residual / (scale * scale);
        FixedEffects gls = FixedEffects.of(point.evaluation(), standardization, standardResidual);
        double level = design.spec().display().level();
        double z = new NormalDistribution().inverseCumulativeProbability(0.5 + level / 200);
        ObservedInformation information = ObservedInformation.of(point);
        double[][] jacobian = columns(parameters.jacobian(point.all()), outcome.free());
        Optional<DenominatorDf> freedom = design.spec().linear().dfMethod().map(method ->
                new DegreesOfFreedom(design.levels(), design.estimated(), data, standardization, gls.variance())
                        .by(method, likelihood, point.evaluation(), information, jacobian));
        Optional<RobustVariance> robust = design.robust() ? Optional.of(RobustVariance.of(
                likelihood.scores(point.evaluation()), parameters, point.evaluation(), standardization, standardResidual,
                information, jacobian)) : Optional.empty();
        FixedEffects fixed = new FixedEffects(gls.beta(), robust.map(RobustVariance::fixed)
                .or(() -> freedom.map(DenominatorDf::variance)).orElse(gls.variance()));
        ObservedInformation used = design.spec().linear().nostderr() ? information.unknown()
                : robust.map(v -> information.with(v.parameters())).orElse(information);
        VarianceTables tables = new VarianceTables(design.levels(), parameters, point.evaluation().natural(), jacobian,
                used, z, point.natural().gradient(), outcome.limit().map(ResidualBoundary.Limit::slopes).orElse(Map.of()));
        String response = design.sources().get(design.response()).name();
        String method = reml ? "REML" : robust.isPresent() ? "QML" : "ML";
        String title = robust.isPresent() ? "Mixed-effects regression" : "Mixed-effects " + method + " regression";
        Estimates estimates = new Estimates(design.spec(), title, method, root.n(),
                groups(), outcome.value(), outcome.convergence().converged(), outcome.iterations(),
                fixed.table(response, design.fixed(), level, freedom), tables.variances, tables.deviations, tables.estimation,
                covariance(new FixedEffects(gls.beta(), robust.map(RobustVariance::fixed).orElse(gls.variance())), tables, used,
                        robust), fixed.wald(design.estimated(), freedom),
                robust.isPresent() ? Optional.empty() : likelihoodRatio(parameters, outcome.value(), linear.value()),
                certificate(outcome, tables, information, jacobian), design.notes(), labels(),
                robust.map(v -> new Clusters(clusterVariable(), v.clusters())));
        double[][] betaVariance = reml ? scaled(point.evaluation().factor().inverse(), standardResidual) : null;
        return new Maximum(estimates, parameters, point.evaluation(), standardResidual, betaVariance, freedom);
    }

    private List<GroupSummary> groups() {
        List<GroupSummary> groups = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            Level level = design.levels().get(l);
            if (level.path().equals(level.grouping())) {
                groups.add(new GroupSummary(level.variable(), root.groups()[l], root.smallest()[l],
                        (double) root.n() / root.groups()[l], root.largest()[l]));
            } else if (groups.isEmpty()) {
                // Equations of _all, whatever factors they name, are one level with one group.
                groups.add(new GroupSummary(level.variable(), 1, root.n(), root.n(), root.n()));
            }
        }
        return groups;
    }

    private String clusterVariable() {
        return design.cluster().isPresent() ? design.sources().get(design.cluster().getAsInt()).name()
                : design.levels().get(0).variable();
    }

    private Map<String, List<String>> labels() {
        return design.sources().stream().filter(s -> s.labels().isPresent())
                .collect(Collectors.toMap(Source::name, s -> s.labels().orElseThrow(), (a, b) -> a));
    }

    private ParameterCovariance covariance(FixedEffects fixed, VarianceTables tables, ObservedInformation information,
                                           Optional<RobustVariance> robust) {
        List<String> names = new ArrayList<>(design.estimated().stream().map(Column::name).toList());
        tables.estimation.forEach(c -> names.add(c.term()));
        int p = fixed.beta().length;
        double[][] matrix = new double[names.size()][names.size()];
        for (int i = 0; i < p; i++) {
            System.arraycopy(fixed.variance()[i], 0, matrix[i], 0, p);
        }
        for (int i = p; i < names.size(); i++) {
            for (int j = p; j < names.size(); j++) {
                matrix[i][j] = information.covariance(tables.gradients.get(i - p), tables.gradients.get(j - p));
            }
        }
        robust.ifPresent(v -> {
            for (int i = p; i < names.size(); i++) {
                double[] gradient = tables.gradients.get(i - p);
                for (int a = 0; a < gradient.length; a++) {
                    for (int j = 0; j < p; j++) {
                        matrix[i][j] += gradient[a] * v.cross()[a][j];
                        matrix[j][i] = matrix[i][j];
                    }
                }
            }
        });
        return new ParameterCovariance(names, matrix);
    }

    private Optional<Test.LikelihoodRatio> likelihoodRatio(CovarianceParameters parameters, double value, double linear) {
        int df = parameters.count();
        if (df == 0) {
            return Optional.empty();
        }
        double gain = 2 * (value - linear);
        double statistic = gain > 1e-10 * (1 + Math.abs(linear)) ? gain : 0;
        double tail = Gamma.regularizedGammaQ(df / 2.0, statistic / 2);
        boolean one = df == 1 && parameters.residual().isEmpty() && parameters.blocks().get(0).covariance().roots() == 1;
        double p = !one ? tail : statistic == 0 ? 1 : tail / 2;
        return Optional.of(new Test.LikelihoodRatio(statistic, df, one ? "chibar2(01)" : "chi2(" + df + ")", p,
                one ? "" : parameters.blocks().isEmpty() ? INTERIOR : CONSERVATIVE, "linear model", linear));
    }

    private Certificate certificate(LinearMaximization.Outcome outcome, VarianceTables tables,
                                    ObservedInformation information, double[][] jacobian) {
        List<String> warnings = new ArrayList<>();
        if (!outcome.convergence().converged()) {
            warnings.add(outcome.convergence().sentence());
        }
        for (double[] direction : information.flat()) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < tables.variances.size(); i++) {
                if (information.share(tables.ofVariances.get(i), direction) > ObservedInformation.UNIDENTIFIED) {
                    names.add(tables.variances.get(i).term());
                }
            }
            String warning = names.size() == 1
                    ? names.get(0) + " cannot be determined from these data: the likelihood is the same for all its values."
                    : (names.isEmpty() ? "the covariance parameters" : listed(names)) + " cannot be told apart by"
                            + " these data: the likelihood is the same along a whole ridge; leave one of them out.";
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
        }
        NewtonStep step = NewtonStep.at(outcome.point(), false);
        return new Certificate(step.scaledGradient(), outcome.definite(), tables.boundary, tables.slopes, warnings);
    }

    /** {@code a, b and c}. */
    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static double[][] columns(double[][] matrix, int[] columns) {
        double[][] selected = new double[matrix.length][columns.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                selected[i][j] = matrix[i][columns[j]];
            }
        }
        return selected;
    }

    private static double[][] scaled(double[][] matrix, double factor) {
        double[][] out = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            out[i] = Arrays.stream(matrix[i]).map(v -> v * factor).toArray();
        }
        return out;
    }
}
