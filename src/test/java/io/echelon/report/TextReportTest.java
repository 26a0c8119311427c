package io.echelon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.design.Column.Status;
import io.echelon.fit.Certificate;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.TableStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final DisplayOptions DEFAULTS = DisplayOptions.defaults();

    @Test
    void theFirstExampleOfTheManualAsPrinted() {
        assertEquals("""
                Performing EM optimization:

                Performing gradient-based optimization:

                Iteration 0:   log likelihood = -1014.9268
                Iteration 1:   log likelihood = -1014.9268

                Computing standard errors:

                Mixed-effects ML regression                     Number of obs     =        432
                Group variable: id                              Number of groups  =         48

                                                                Obs per group:
                                                                              min =          9
                                                                              avg =        9.0
                                                                              max =          9

                                                                Wald chi2(1)      =   25337.49
                Log likelihood = -1014.9268                     Prob > chi2       =     0.0000

                ------------------------------------------------------------------------------
                      weight |      Coef.   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                        week |   6.209896   .0390124   159.18   0.000     6.133433    6.286359
                       _cons |   19.35561   .5974059    32.40   0.000     18.18472    20.52651
                ------------------------------------------------------------------------------

                ------------------------------------------------------------------------------
                  Random-effects Parameters  |   Estimate   Std. Err.     [95% Conf. Interval]
                -----------------------------+------------------------------------------------
                id: Identity                 |
                                  var(_cons) |   14.81751   3.124226      9.801716    22.40002
                -----------------------------+------------------------------------------------
                               var(Residual) |   4.383264   .3163348      3.805112     5.04926
                ------------------------------------------------------------------------------
                LR test vs. linear model: chibar2(01) = 472.65        Prob >= chibar2 = 0.0000
                """, TextReport.of(Examples.pigs(DEFAULTS)));
    }

    @Test
    void standardDeviationsWithoutTheRest() {
        DisplayOptions d = display(DisplayOptions.Metric.STANDARD_DEVIATION, true, true, true);
        assertEquals("""
                ------------------------------------------------------------------------------
                  Random-effects Parameters  |   Estimate   Std. Err.     [95% Conf. Interval]
                -----------------------------+------------------------------------------------
                id: Identity                 |
                                   sd(_cons) |   3.849352   .4058119      3.130769    4.732866
                -----------------------------+------------------------------------------------
                                sd(Residual) |   2.093625   .0755472       1.95067    2.247056
                ------------------------------------------------------------------------------
                LR test vs. linear model: chibar2(01) = 472.65        Prob >= chibar2 = 0.0000
                """, TextReport.of(Examples.pigs(d)));
    }

    @Test
    void theEstimationMetricIsOneTable() {
        DisplayOptions d = display(DisplayOptions.Metric.ESTIMATION, false, true, true);
        assertEquals("""
                ------------------------------------------------------------------------------
                      weight |      Coef.   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                weight       |
                        week |   6.209896   .0390124   159.18   0.000     6.133433    6.286359
                       _cons |   19.35561   .5974059    32.40   0.000     18.18472    20.52651
                -------------+----------------------------------------------------------------
                lns1_1_1     |
                       _cons |   1.347905   .1054238    12.79   0.000     1.141278    1.554531
                -------------+----------------------------------------------------------------
                lnsig_e      |
                       _cons |    .738897   .0360844    20.48   0.000     .6681729    .8096211
                ------------------------------------------------------------------------------
                LR test vs. linear model: chibar2(01) = 472.65        Prob >= chibar2 = 0.0000
                """, TextReport.of(Examples.pigs(d)));
    }

    @Test
    void severalLevelsAreATable() {
        List<GroupSummary> groups =
                List.of(new GroupSummary("region", 9, 51, 816 / 9.0, 136), new GroupSummary("region>state", 48, 17, 17, 17));
        String text = TextReport.of(Examples.with(Examples.pigs(DEFAULTS), groups));
        assertTrue(text.contains("""
                Mixed-effects ML regression                     Number of obs     =        432

                -------------------------------------------------------------
                                |     No. of       Observations per Group
                 Group Variable |     Groups    Minimum    Average    Maximum
                ----------------+--------------------------------------------
                         region |          9         51       90.7        136
                          state |         48         17       17.0         17
                -------------------------------------------------------------

                                                                Wald chi2(1)      =   25337.49
                """), text);
    }

    @Test
    void factorVariablesStandUnderTheirName() {
        List<Coefficient> rows = List.of(
                Examples.estimated("x", 1, .5, 2, .0455, 0, 2),
                Examples.fixedAtZero("1.machine", Status.BASE),
                Examples.estimated("2.machine", 7.966667, 2.420949, 3.29, .001, 3.221694, 12.71164),
                Examples.estimated("3.machine", 13.91667, 1.540037, 9.04, 0, 10.89826, 16.93509),
                Examples.fixedAtZero("0.female", Status.BASE),
                Examples.estimated("1.female", -.5, .25, -2, .0455, -1, 0),
                Examples.fixedAtZero("1.machine#0.female", Status.BASE),
                Examples.estimated("2.machine#1.female", .25, .5, .5, .617, -.75, 1.25),
                Examples.fixedAtZero("3.machine#1.female", Status.EMPTY),
                Examples.estimated("c.x#c.x", .125, .5, .25, .803, -.875, 1.125),
                Examples.fixedAtZero("averylongname", Status.OMITTED),
                Examples.estimated("_cons", 52.35556, 1.679926, 31.17, 0, 49.06297, 55.64815));
        assertEquals("""
                --------------------------------------------------------------------------------
                        weight |      Coef.   Std. Err.      z    P>|z|     [95% Conf. Interval]
                ---------------+----------------------------------------------------------------
                             x |          1         .5     2.00   0.046            0           2
                               |
                       machine |
                            B  |   7.966667   2.420949     3.29   0.001     3.221694    12.71164
                            C  |   13.91667   1.540037     9.04   0.000     10.89826    16.93509
                               |
                      1.female |        -.5        .25    -2.00   0.046           -1           0
                               |
                machine#female |
                          B#1  |        .25         .5     0.50   0.617         -.75        1.25
                          C#1  |          0  (empty)
                               |
                       c.x#c.x |       .125         .5     0.25   0.803        -.875       1.125
                               |
                 averylongname |          0  (omitted)
                         _cons |   52.35556   1.679926    31.17   0.000     49.06297    55.64815
                --------------------------------------------------------------------------------
                """, table(rows, Map.of("machine", List.of("A", "B", "C")), DEFAULTS));
    }

    @Test
    void baseLevelsAndNumbersInsteadOfLabels() {
        DisplayOptions d = new DisplayOptions(90, DisplayOptions.Metric.VARIANCE, false, false, false, false, false, false,
                true, true, false, false, true, Optional.empty(), false, false);
        List<Coefficient> rows = List.of(
                Examples.fixedAtZero("1.machine", Status.BASE),
                Examples.estimated("2.machine", 7.966667, 2.420949, 3.29, .001, 3.221694, 12.71164),
                Examples.fixedAtZero("1.machine#9.g", Status.BASE),
                Examples.estimated("2.machine#10.g", .25, .5, .5, .617, -.75, 1.25),
                Examples.fixedAtZero("a_rather_long_name", Status.OMITTED),
                Examples.estimated("a_rather_long_namd", 1, .5, 2, .0455, 0, 2));
        assertEquals("""
                ------------------------------------------------------------------------------
                      weight |      Coef.   Std. Err.      z    P>|z|     [90% Conf. Interval]
                -------------+----------------------------------------------------------------
                     machine |
                          1  |          0  (base)
                          2  |   7.966667   2.420949     3.29   0.001     3.221694    12.71164
                             |
                   machine#g |
                       2 10  |        .25         .5     0.50   0.617         -.75        1.25
                             |
                a_rather_l~d |          1         .5     2.00   0.046            0           2
                ------------------------------------------------------------------------------
                """, table(rows, Map.of("machine", List.of("A", "B", "C")), d));
    }

    @Test
    void longLabelsInSeveralLinesWithoutEmptyOnes() {
        DisplayOptions d = new DisplayOptions(95, DisplayOptions.Metric.VARIANCE, false, false, false, false, false, false,
                false, false, false, false, false, Optional.empty(), false, false, new TableStyle(Optional.of("%9.2f"),
                        Optional.of("%4.2f"), Optional.of("%6.1f"), true, 2, false, true, false, false), false);
        List<Coefficient> rows = List.of(
                Examples.estimated("2.machine", 7.966667, 2.420949, 3.29, .001, 3.221694, 12.71164),
                Examples.estimated("3.machine", 13.91667, 1.540102, 9.04, 0, 10.89812, 16.93521),
                Examples.estimated("a_rather_long_name", 1, .5, 2, .0455, 0, 2));
        assertEquals("""
                ------------------------------------------------------------------------------
                      weight |      Coef.   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                     machine |
                    the old  |
                    machine  |       7.97       2.42      3.3    0.00         3.22       12.71
                  a new one  |
                of anothe..  |      13.92       1.54      9.0    0.00        10.90       16.94
                a_rather_l~e |       1.00       0.50      2.0    0.05         0.00        2.00
                ------------------------------------------------------------------------------
                """,
                table(rows, Map.of("machine", List.of("A", "the old machine", "a new one of another make")), d));
    }

    @Test
    void exponentiatedCoefficientsAndAncillaryParameters() {
        DisplayOptions d = new DisplayOptions(95, DisplayOptions.Metric.VARIANCE, false, false, false, false, false, false,
                false, false, false, false, false, Optional.of("Odds Ratio"), false, false);
        List<Coefficient> rows = List.of(
                Examples.estimated("female", Math.log(1.176898), .1310535 / 1.176898, 1.46, .14352, Math.log(.9461357),
                        Math.log(1.463944)),
                Examples.estimated("/cut1", -.088842, .1233421, -.72, .471, -.330588, .152904));
        assertEquals("""
                ------------------------------------------------------------------------------
                      weight | Odds Ratio   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                      female |   1.176898   .1310535     1.46   0.144     .9461357    1.463944
                -------------+----------------------------------------------------------------
                       /cut1 |   -.088842   .1233421    -0.72   0.471     -.330588     .152904
                ------------------------------------------------------------------------------
                """, table(rows, Map.of(), d));
    }

    @Test
    void aGeneralizedModelIsOneTable() {
        assertEquals("""
                Fitting fixed-effects model:

                Iteration 0:   log likelihood = -299.99934

                Refining starting values:

                Grid node 0:   log likelihood = -145.08843

                Fitting full model:

                Iteration 0:   log likelihood = -145.08843  (not concave)
                Iteration 1:   log likelihood = -140.61628

                Mixed-effects logistic regression               Number of obs     =         46
                Binomial variable: napplied
                Group variable:      department                 Number of groups  =         23

                                                                Obs per group:
                                                                              min =          2
                                                                              avg =        2.0
                                                                              max =          2

                Integration method: mvaghermite                 Integration pts.  =          7

                                                                Wald chi2(1)      =       2.14
                Log likelihood = -140.61628                     Prob > chi2       =     0.1435
                ------------------------------------------------------------------------------
                   nadmitted | Odds Ratio   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                      female |   1.176898   .1310535     1.46   0.144     .9461357    1.463944
                       _cons |   .7907009   .2057191    -0.90   0.367     .4748457    1.316655
                -------------+----------------------------------------------------------------
                department   |
                   var(_cons)|   1.345383    .460702                      .6876497    2.632234
                ------------------------------------------------------------------------------
                LR test vs. logistic model: chibar2(01) = 318.77      Prob >= chibar2 = 0.0000
                """, TextReport.of(Examples.admissions()));
    }

    @Test
    void covariancesAreTestedAndConstrainedVariancesSaySo() {
        List<VarianceComponent> components = List.of(
                new VarianceComponent("district", 0, "", "var(child1)", "var(child1[district])", .16, Double.NaN,
                        Double.NaN, Double.NaN),
                new VarianceComponent("district", 0, "", "cov(child1,child2)", "cov(child1,child2[district])", .0616875,
                        .0844681, -.1038669, .2272419),
                Examples.residual("var(e.or)", .2377469, .1950926, .0476023, 1.187413));
        assertEquals("""
                        nadmitted | Odds Ratio   Std. Err.      z    P>|z|     [95% Conf. Interval]
                ------------------+----------------------------------------------------------------
                           female |   1.176898   .1310535     1.46   0.144     .9461357    1.463944
                            _cons |   .7907009   .2057191    -0.90   0.367     .4748457    1.316655
                ------------------+----------------------------------------------------------------
                district          |
                       var(child1)|        .16  (constrained)
                ------------------+----------------------------------------------------------------
                district          |
                cov(child1,child2)|   .0616875   .0844681     0.73   0.465    -.1038669    .2272419
                ------------------+----------------------------------------------------------------
                         var(e.or)|   .2377469   .1950926                      .0476023    1.187413
                -----------------------------------------------------------------------------------
                """,
                lines(new CoefficientTable(Examples.with(components, Examples.admissions())).lines(), 1));
    }

    @Test
    void aLongInteractionIsBrokenAndALongLabelCut() {
        List<Coefficient> rows = List.of(
                Examples.estimated("c.a_name_of_twenty_ch#c.a_name_of_twenty_ch", 1, .5, 2, .0455, 0, 2),
                Examples.estimated("1.g", 1, .5, 2, .0455, 0, 2));
        String label = "a label that is longer than the widest column";
        assertEquals("""
                --------------------------------------------------------------------------------------------------
                                          weight |      Coef.   Std. Err.      z    P>|z|     [95% Conf. Interval]
                ---------------------------------+----------------------------------------------------------------
                            c.a_name_of_twenty_ch#|
                            c.a_name_of_twenty_ch |          1         .5     2.00   0.046            0           2
                """.replace("            c.a_name_of_twenty_ch", "           c.a_name_of_twenty_ch"),
                firstLines(table(rows, Map.of("g", List.of(label)), DEFAULTS), 5));
        assertTrue(table(rows, Map.of("g", List.of(label)), DEFAULTS).contains("a label that is longer than t..  |"));
    }

    @Test
    void theLegendNamesTheCoefficients() {
        DisplayOptions d = new DisplayOptions(95, DisplayOptions.Metric.VARIANCE, false, false, false, false, false, false,
                false, false, false, false, false, Optional.empty(), false, true);
        String text = table(List.of(Examples.estimated("week", 6.209896, 1, 1, 1, 1, 1)), Map.of(), d);
        assertTrue(text.contains("      weight |      Coef.  Legend\n"), text);
        assertTrue(text.contains("        week |   6.209896  _b[week]\n"), text);
    }

    @Test
    void aHeaderWithoutGroupsAndNoHeader() {
        String text = TextReport.of(Examples.pigs(new DisplayOptions(95, DisplayOptions.Metric.VARIANCE, false, false,
                false, true, true, true, false, false, false, false, false, Optional.empty(), false, false)));
        assertTrue(text.startsWith("""
                Mixed-effects ML regression                     Number of obs     =        432

                                                                Wald chi2(1)      =   25337.49
                """), text);
        assertFalse(text.contains("LR test"), text);
    }

    @Test
    void robustStandardErrorsSayHowManyClustersTheyComeFrom() {
        String text = TextReport.of(Examples.robust());
        assertTrue(text.contains("""
                                                                Wald chi2(1)      =   25337.49
                Log pseudolikelihood = -1014.9268               Prob > chi2       =     0.0000

                                                    (Std. Err. adjusted for 48 clusters in id)
                ------------------------------------------------------------------------------
                             |               Robust
                      weight |      Coef.   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                """), text);
        assertTrue(text.contains("""
                ------------------------------------------------------------------------------
                                             |               Robust
                  Random-effects Parameters  |   Estimate   Std. Err.     [95% Conf. Interval]
                """), text);
    }

    @Test
    void longNotesAreBrokenAndWarningsStandAtTheEnd() {
        Estimates e = Examples.pigs(display(DisplayOptions.Metric.VARIANCE, true, true, true));
        Estimates warned = new Estimates(e.spec(), e.title(), e.method(), e.observations(), e.groups(),
                e.logLikelihood(), false, e.iterations(), e.coefficients(), e.varianceComponents(),
                e.standardDeviations(), e.estimationMetric(), e.vcov(), e.wald(), e.lr(),
                new Certificate(1, false, List.of(), Map.of(), List.of("the Hessian is not definite; try difficult")),
                List.of("12 of 432 observations have a missing value in weight or week and were left out of the estimation"),
                e.labels(), Optional.empty());
        List<String> lines = TextReport.of(warned).lines().toList();
        assertEquals(List.of("note: 12 of 432 observations have a missing value in weight or week and were",
                "      left out of the estimation", ""), lines.subList(0, 3));
        assertEquals(List.of("Warning: convergence not achieved", "Warning: the Hessian is not definite; try difficult"),
                lines.subList(lines.size() - 2, lines.size()));
    }

    /** All sections but the log, header, coefficient table can be switched off. */
    private static DisplayOptions display(DisplayOptions.Metric metric, boolean nofetable, boolean noheader, boolean nolog) {
        return new DisplayOptions(95, metric, false, nofetable, noheader, false, nolog, false, false, false, false, false,
                false, Optional.empty(), false, false);
    }

    private static String table(List<Coefficient> rows, Map<String, List<String>> labels, DisplayOptions d) {
        Estimates e = Examples.with(Examples.pigs(d), rows, labels);
        return String.join("\n", new CoefficientTable(e).lines()) + "\n";
    }

    private static String lines(List<String> lines, int from) {
        return String.join("\n", lines.subList(from, lines.size())) + "\n";
    }

    private static String firstLines(String text, int n) {
        return String.join("\n", text.lines().limit(n).toList()) + "\n";
    }
}
