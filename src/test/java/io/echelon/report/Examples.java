package io.echelon.report;

import io.echelon.command.CommandReader;
import io.echelon.design.Column;
import io.echelon.fit.Certificate;
import io.echelon.fit.Clusters;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.Iteration;
import io.echelon.fit.ParameterCovariance;
import io.echelon.fit.Test;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.CommandName;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.FixedEquation;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.LinearOptions;
import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import io.echelon.spec.Sample;
import io.echelon.spec.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fits typed in, with the digits of the manual's pig examples (Stata 14 [ME] me, examples 1 and 4). */
final class Examples {
    private static final double NONE = Double.NaN;

    private Examples() {}

    static ModelSpec spec(String text, DisplayOptions display) {
        FixedEquation fixed = new FixedEquation("weight", List.of(), false, Optional.empty(), Optional.empty(), false);
        RandomEquation random =
                new RandomEquation("id", Optional.empty(), List.of(), false, false, Optional.empty(), Optional.empty(), false);
        return new ModelSpec(text, CommandName.MIXED, fixed,
                new Sample(Optional.empty(), Optional.empty(), Optional.empty()), List.of(random),
                LinearOptions.defaults(), GeneralizedOptions.defaults(), Optional.empty(), MaximizeOptions.defaults(),
                display);
    }

    static Estimates pigs(DisplayOptions display) {
        return new Estimates(spec("mixed weight week || id:", display), "Mixed-effects ML regression", "ML", 432,
                List.of(new GroupSummary("id", 48, 9, 9, 9)), -1014.926794, true,
                List.of(new Iteration("gradient", 0, -1014.926794, ""), new Iteration("gradient", 1, -1014.926794, "")),
                List.of(estimated("week", 6.209895833, .03901239, 159.1776, 0, 6.133433, 6.286359),
                        estimated("_cons", 19.35561343, .5974059, 32.39944, 0, 18.18472, 20.52651)),
                List.of(new VarianceComponent("id", 0, "Identity", "var(_cons)", "var(_cons[id])", 14.81751, 3.124226,
                                9.801716, 22.40002),
                        residual("var(Residual)", 4.383264, .3163348, 3.805112, 5.04926)),
                List.of(new VarianceComponent("id", 0, "Identity", "sd(_cons)", "sd(_cons[id])", 3.849352, .4058119,
                                3.130769, 4.732866),
                        residual("sd(Residual)", 2.093625, .0755472, 1.95067, 2.247056)),
                List.of(new VarianceComponent("id", 0, "", "lns1_1_1", "lns1_1_1", 1.347905, .1054238, 1.141278,
                                1.554531),
                        residual("lnsig_e", .7388970, .0360844, .6681729, .8096211)),
                new ParameterCovariance(List.of("week", "_cons"), new double[][] {{.001522, 0}, {0, .3568938}}),
                Optional.of(new Test.Wald(25337.49, 1, NONE, 0)),
                Optional.of(new Test.LikelihoodRatio(472.6476, 1, "chibar2(01)", 0, "", "linear model", -1251.250576)),
                new Certificate(1e-12, true, List.of(), Map.of(), List.of()), List.of(), Map.of(),
                Optional.empty());
    }

    /** Stata 14 [ME] me, example 3. */
    static Estimates admissions() {
        DisplayOptions odds = new DisplayOptions(95, DisplayOptions.Metric.VARIANCE, false, false, false, false, false,
                false, false, false, false, false, false, Optional.of("Odds Ratio"), false, false);
        ModelSpec spec = ((Statement.Estimation) CommandReader
                .read("melogit nadmitted female || department:, binomial(napplied)")).spec();
        ModelSpec shown = new ModelSpec(spec.text(), spec.command(), spec.fixed(), spec.sample(), spec.random(),
                spec.linear(), spec.generalized(), spec.vce(), spec.maximize(), odds);
        return new Estimates(shown, "Mixed-effects logistic regression", "mvaghermite", 46,
                List.of(new GroupSummary("department", 23, 2, 2, 2)), -140.61628, true,
                List.of(new Iteration("fixed", 0, -299.99934, ""), new Iteration("grid", 0, -145.08843, ""),
                        new Iteration("full", 0, -145.08843, "(not concave)"), new Iteration("full", 1, -140.61628, "")),
                List.of(estimated("female", Math.log(1.176898), .1310535 / 1.176898, 1.46, .14352, Math.log(.9461357),
                                Math.log(1.463944)),
                        estimated("_cons", Math.log(.7907009), .2057191 / .7907009, -.9, .367, Math.log(.4748457),
                                Math.log(1.316655))),
                List.of(new VarianceComponent("department", 0, "Identity", "var(_cons)", "var(_cons[department])", 1.345383,
                        .460702, .6876497, 2.632234)),
                List.of(), List.of(), new ParameterCovariance(List.of(), new double[0][]),
                Optional.of(new Test.Wald(2.14, 1, NONE, .1435)),
                Optional.of(new Test.LikelihoodRatio(318.77, 1, "chibar2(01)", 0, "", "logistic model", -299.99934)),
                new Certificate(1e-12, true, List.of(), Map.of(), List.of()), List.of(), Map.of(),
                Optional.empty());
    }

    static VarianceComponent residual(String label, double estimate, double se, double low, double high) {
        return new VarianceComponent("Residual", 0, "", label, label, estimate, se, low, high);
    }

    static Coefficient estimated(String term, double b, double se, double z, double p, double low, double high) {
        return new Coefficient("weight", term, Column.Status.ESTIMATED, b, se, z, NONE, p, low, high);
    }

    static Coefficient fixedAtZero(String term, Column.Status status) {
        return new Coefficient("weight", term, status, 0, NONE, NONE, NONE, NONE, NONE, NONE);
    }

    /** The pig fit with another coefficient table. */
    static Estimates with(Estimates e, List<Coefficient> coefficients, Map<String, List<String>> labels) {
        return new Estimates(e.spec(), e.title(), e.method(), e.observations(), e.groups(), e.logLikelihood(),
                e.converged(), e.iterations(), coefficients, e.varianceComponents(), e.standardDeviations(),
                e.estimationMetric(), e.vcov(), e.wald(), e.lr(), e.certificate(), e.notes(), labels, e.clusters());
    }

    /** A fit with other random-effects parameters. */
    static Estimates with(List<VarianceComponent> components, Estimates e) {
        return new Estimates(e.spec(), e.title(), e.method(), e.observations(), e.groups(), e.logLikelihood(),
                e.converged(), e.iterations(), e.coefficients(), components, e.standardDeviations(),
                e.estimationMetric(), e.vcov(), e.wald(), e.lr(), e.certificate(), e.notes(), e.labels(),
                e.clusters());
    }

    /** The pig fit with other groups. */
    static Estimates with(Estimates e, List<GroupSummary> groups) {
        return new Estimates(e.spec(), e.title(), e.method(), e.observations(), groups, e.logLikelihood(),
                e.converged(), e.iterations(), e.coefficients(), e.varianceComponents(), e.standardDeviations(),
                e.estimationMetric(), e.vcov(), e.wald(), e.lr(), e.certificate(), e.notes(), e.labels(),
                e.clusters());
    }

    /** The pig fit with robust standard errors. */
    static Estimates robust() {
        Estimates e = pigs(DisplayOptions.defaults());
        ModelSpec spec = ((Statement.Estimation) CommandReader.read("mixed weight week || id:, vce(robust)")).spec();
        return new Estimates(spec, "Mixed-effects regression", "QML", e.observations(), e.groups(), e.logLikelihood(),
                e.converged(), e.iterations(), e.coefficients(), e.varianceComponents(), e.standardDeviations(),
                e.estimationMetric(), e.vcov(), e.wald(), Optional.empty(), e.certificate(), e.notes(), e.labels(),
                Optional.of(new Clusters("id", 48)));
    }
}
