package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.spec.CommandName;
import io.echelon.spec.CovarianceChoice;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.Expression;
import io.echelon.spec.Factor;
import io.echelon.spec.FixedEquation;
import io.echelon.spec.GeneralizedOptions.FamilyChoice;
import io.echelon.spec.GeneralizedOptions.IntegrationMethod;
import io.echelon.spec.LinearOptions.DfMethod;
import io.echelon.spec.LinearOptions.DfTable;
import io.echelon.spec.LinearOptions.PwScale;
import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.MaximizeOptions.Algorithm;
import io.echelon.spec.MaximizeOptions.Technique;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import io.echelon.spec.ResidualSpec;
import io.echelon.spec.ResidualSpec.Structure;
import io.echelon.spec.Sample;
import io.echelon.spec.Statement;
import io.echelon.spec.Term;
import io.echelon.spec.Vce;
import io.echelon.spec.Weight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimation commands: what the specification holds. */
class EstimationTest {
    static ModelSpec model(String command) {
        return ((Statement.Estimation) CommandReader.read(command)).spec();
    }

    private static Term variable(String name) {
        return new Term(List.of(new Factor.Continuous(name)));
    }

    private static Expression name(String name) {
        return new Expression.Name(name);
    }

    @Test
    void theWholeOfAPlainModel() {
        ModelSpec m = model("mixed weight week || id: week, covariance(unstructured)");
        assertEquals(CommandName.MIXED, m.command());
        assertEquals(new FixedEquation("weight", List.of(variable("week")), false, Optional.empty(), Optional.empty(),
                false), m.fixed());
        assertEquals(List.of(new RandomEquation("id", Optional.empty(), List.of(variable("week")), false, false,
                Optional.of(new CovarianceChoice.Unstructured()), Optional.empty(), false)), m.random());
        assertEquals(MaximizeOptions.defaults(), m.maximize());
        assertEquals(DisplayOptions.defaults(), m.display());
        assertEquals("mixed weight week || id: week, covariance(unstructured)", m.text());
    }

    @Test
    void severalLevelsAndSeveralEquationsOfOneLevel() {
        ModelSpec m = model("melogit c_use urban age child* || district: child*, cov(exch) || district:, or");
        assertEquals(List.of("district", "district"), m.random().stream().map(RandomEquation::level).toList());
        assertEquals(List.of(variable("child*")), m.random().get(0).terms());
        assertEquals(Optional.of(new CovarianceChoice.Exchangeable()), m.random().get(0).covariance());
        assertEquals(List.of(), m.random().get(1).terms());
        assertEquals(Optional.of("Odds Ratio"), m.display().eform());
    }

    @Test
    void crossedEffects() {
        ModelSpec m = model("mixed y x || _all: R.a, cov(id) || b: x, nocons");
        assertEquals(RandomEquation.ALL, m.random().get(0).level());
        assertEquals(Optional.of("a"), m.random().get(0).factor());
        assertEquals(List.of(), m.random().get(0).terms());
        assertEquals(Optional.of(new CovarianceChoice.Identity()), m.random().get(0).covariance());
        assertTrue(m.random().get(1).noconstant());
    }

    @Test
    void sampleAndWeightsAtEveryLevel() {
        ModelSpec m = model("mixed y x if x < . in f/-2 [pw=w1] || a: x, pweight(w2) || b:, fw(2*w3) pwscale(eff)");
        assertEquals(new Sample(Optional.of(new Expression.Binary("<", name("x"), new Expression.Missing())),
                Optional.of(new Sample.Range(1, -2)),
                Optional.of(new Weight(Weight.Kind.SAMPLING, name("w1")))), m.sample());
        assertEquals(Optional.of(new Weight(Weight.Kind.SAMPLING, name("w2"))), m.random().get(0).weight());
        assertEquals(Optional.of(new Weight(Weight.Kind.FREQUENCY,
                new Expression.Binary("*", new Expression.Number(2), name("w3")))), m.random().get(1).weight());
        assertEquals(Optional.of(PwScale.EFFECTIVE), m.linear().pwscale());
    }

    @ParameterizedTest
    @CsvSource({"fw, FREQUENCY", "fweight, FREQUENCY", "weight, FREQUENCY", "pw, SAMPLING", "iw, IMPORTANCE"})
    void kindsOfWeights(String typed, Weight.Kind kind) {
        Sample sample = model("melogit y x [" + typed + "=w] || id:").sample();
        assertEquals(Optional.of(new Weight(kind, name("w"))), sample.weight());
    }

    @Test
    void noconstantBelongsToItsEquation() {
        ModelSpec m = model("mixed y ibn.g, noconstant || id: x, nocons reml");
        assertTrue(m.fixed().noconstant());
        assertTrue(m.random().get(0).noconstant());
        assertTrue(m.linear().reml());
    }

    @Test
    void optionsOfTheModelMayFollowAnyComma() {
        for (String command : List.of("mixed y x, reml l(90) || id:", "mixed y x || id: x, cov(un) reml l(90)",
                "mixed y x || a:, reml || b:, l(90)", "mixed y x, reml l(90)")) {
            ModelSpec m = model(command);
            assertTrue(m.linear().reml(), command);
            assertEquals(90, m.display().level(), command);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "independent; INDEPENDENT; ; ; ", "ind, by(g); INDEPENDENT; ; g; ", "exch; EXCHANGEABLE; ; ; ",
        "ar, t(t); AR; ; ; t", "ar 2, t(t) by(g); AR; 2; g; t", "ma 1, t(t); MA; 1; ; t", "un, t(t); UNSTRUCTURED; ; ; t",
        "banded 1, t(t); BANDED; 1; ; t", "toep 3, t(t); TOEPLITZ; 3; ; t", "exponential, t(t); EXPONENTIAL; ; ; t"})
    void residualStructures(String typed, Structure structure, Integer order, String by, String time) {
        assertEquals(Optional.of(new ResidualSpec(structure, Optional.ofNullable(order), Optional.ofNullable(by),
                Optional.ofNullable(time))), model("mixed y x || id:, res(" + typed + ")").linear().residuals());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"kroger; KROGER; true", "kr, eim; KROGER; true", "sat, oim; SATTERTHWAITE; false",
        "residual; RESIDUAL; false", "rep; REPEATED; false", "anova; ANOVA; false"})
    void degreesOfFreedom(String typed, DfMethod.Name name, boolean expected) {
        var linear = model("mixed y x || id:, reml dfm(" + typed + ") dftable(pv) small").linear();
        assertEquals(Optional.of(new DfMethod(name, expected)), linear.dfMethod());
        assertEquals(Optional.of(DfTable.PVALUE), linear.dftable());
        assertTrue(linear.small());
    }

    @Test
    void varianceEstimators() {
        assertEquals(Optional.of(new Vce.Oim()), model("mixed y x || id:, vce(oim)").vce());
        assertEquals(Optional.of(new Vce.Robust()), model("mixed y x || id:, vce(r)").vce());
        assertEquals(Optional.of(new Vce.Cluster("g")), model("melogit y x || id:, vce(cl g)").vce());
        assertEquals(Optional.empty(), model("mixed y x || id:").vce());
    }

    @Test
    void maximization() {
        MaximizeOptions m = model("mixed y x || id:, emiter(5) emtol(1e-4) emonly emlog iter(0) tol(1e-5) ltol(0) nonrtol "
                + "dif tech(nr 5 bfgs) from(b, skip)").maximize();
        assertEquals(new MaximizeOptions(5, 1e-4, true, true, false, 0, 1e-5, 0, Optional.empty(), true,
                List.of(new Technique(Algorithm.NR, 5), new Technique(Algorithm.BFGS, 5)), Optional.of("b, skip"), false), m);
        assertEquals(Optional.of(1e-6), model("mixed y x || id:, nrtol(1e-6)").maximize().nrtolerance());
    }

    @Test
    void display() {
        DisplayOptions d = model("mixed y x || id:, l(90) stddev noret nofet nohead nogr nolog nolr noomit base noempty "
                + "nofvlab coefl").display();
        assertEquals(new DisplayOptions(90, DisplayOptions.Metric.STANDARD_DEVIATION, true, true, true, true, true, true,
                true, true, false, true, true, Optional.empty(), false, true), d);
        assertEquals(DisplayOptions.Metric.ESTIMATION, model("mixed y x || id:, estmetric").display().metric());
        assertEquals(DisplayOptions.Metric.VARIANCE, model("mixed y x || id:, var").display().metric());
        assertTrue(model("mixed y x || id:, allbase").display().baselevels());
    }

    @Test
    void generalizedOptions() {
        var g = model("meglm y x, exposure(e) || id: x, cov(pattern(P)) || j:, f(bin n) l(probit) intm(mc) intp(7 5) "
                + "const(1/3 7) startval(zero) startgrid asis").generalized();
        assertEquals(Optional.of(new FamilyChoice("binomial", Optional.of("n"))), g.family());
        assertEquals(Optional.of("probit"), g.link());
        assertEquals(Optional.of(IntegrationMethod.MCAGHERMITE), g.method());
        assertEquals(List.of(7, 5), g.points());
        assertEquals(List.of(1, 2, 3, 7), g.constraints());
        assertEquals(Optional.of("zero"), g.startValues());
        assertEquals(Optional.of(""), g.startGrid());
    }

    @Test
    void optionsOfTheFixedEquation() {
        FixedEquation f = model("mepoisson y x, exposure(e) || id:").fixed();
        assertEquals(Optional.of("e"), f.exposure());
        assertEquals(Optional.of("o"), model("melogit y x, offset(o) asis || id:").fixed().offset());
        assertTrue(model("melogit y x, offset(o) asis || id:").fixed().asis());
    }

    @Test
    void matricesOfCovarianceStructures() {
        assertEquals(Optional.of(new CovarianceChoice.Fixed("f")),
                model("meglm or || _all: tr1-tr9, nocons cov(fixed(f)) intm(laplace) nocnsreport").random().get(0).covariance());
        assertEquals(Optional.of(new CovarianceChoice.Pattern("P")),
                model("meglm y || a: x z, cov(pat(P))").random().get(0).covariance());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "melogit y x || id:, or; Odds Ratio", "mepoisson y x || id:, irr; IRR", "mecloglog y x || id:, eform; exp(b)",
        "memlogit y x || id:, b(2) rrr; RRR", "mestreg x || id:, d(weibull); Haz. Ratio",
        "mestreg x || id:, d(weib) nohr; ", "mestreg x || id:, d(weib) time; ",
        "mestreg x || id:, d(lognormal) tratio; Tm. Ratio", "melogit y x || id:; "})
    void titlesOfExponentiatedCoefficients(String command, String title) {
        assertEquals(Optional.ofNullable(title), model(command).display().eform());
    }

    @Test
    void survivalModelsTakeTheResponseOfStset() {
        ModelSpec m = model("mestreg age female || patient:, distribution(llogistic)");
        assertEquals("_t", m.fixed().response());
        assertEquals(List.of(variable("age"), variable("female")), m.fixed().terms());
        assertEquals(Optional.of("loglogistic"), m.generalized().distribution());
        assertTrue(m.generalized().time(), "the loglogistic distribution has the accelerated metric only");
    }

    @Test
    void outcomesCountsAndDispersions() {
        assertEquals(Optional.of("2"), model("memlogit y x || id:, base(2)").generalized().baseOutcome());
        assertTrue(model("memlogit y x || id:, base").display().baselevels());
        assertEquals(Optional.of("n"), model("melogit y x || id:, binomial(n)").generalized().binomial());
        assertEquals(Optional.of("10"), model("meprobit y x || id:, bin(10)").generalized().binomial());
        assertEquals(Optional.of("constant"), model("menbreg y x || id:, d(cons)").generalized().dispersion());
        assertEquals(Optional.of(new FamilyChoice("nbinomial", Optional.of("constant"))),
                model("meglm y x || id:, family(nb c)").generalized().family());
        assertEquals(Optional.of(IntegrationMethod.LAPLACE), model("meqrlogit y x || id:, laplace").generalized().method());
    }

    @Test
    void everyCommandHasTheOptionsThatAllShare() {
        for (CommandName command : CommandName.values()) {
            String distribution = command == CommandName.MESTREG ? " d(exp)" : "";
            String level = command == CommandName.MEGLM ? "le" : "l";
            ModelSpec m = model(command.text() + " y x || id: x, cov(un) nocons " + level + "(99) iter(3) nolog vce(r)"
                    + distribution);
            assertEquals(command, m.command());
            assertEquals(99, m.display().level());
            assertEquals(3, m.maximize().iterate());
        }
    }

    @Test
    void commentsAndLinesLeaveTheTextInOneLine() {
        assertEquals("mixed y x || id:, reml",
                model("mixed y /* the response */ x ///\n  || id: // pigs\n  , reml").text().replace(" ,", ","));
    }
}
