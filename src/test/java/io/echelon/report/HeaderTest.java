package io.echelon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeaderTest {

    @Test
    void degreesOfFreedomWithTAndF() {
        Estimates e = students("");
        assertEquals("""
                Mixed-effects REML regression                   Number of obs     =     10,320
                Group variable: school                          Number of groups  =        160

                                                                Obs per group:
                                                                              min =         11
                                                                              avg =       64.5
                                                                              max =        162

                DF method: Satterthwaite                        DF:           min =     164.74
                                                                              avg =   3,399.41
                                                                              max =   9,796.83

                                                                F(2,   322.16)    =    1875.86
                Log restricted-likelihood = -21576.049          Prob > F          =     0.0000
                """, String.join("\n", new Header(e).lines()) + "\n");
        assertEquals("""
                ------------------------------------------------------------------------------
                      geread |      Coef.   Std. Err.      t    P>|t|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                     gevocab |   .5128708   .0083734    61.25   0.000     .4964572    .5292844
                     senroll |  -.0001026   .0002051    -0.50   0.618    -.0005076    .0003024
                       _cons |   2.074882   .1140075    18.20   0.000     1.850283    2.299481
                ------------------------------------------------------------------------------
                """, String.join("\n", new CoefficientTable(e).lines()) + "\n");
        assertTrue(TextReport.of(e).contains("Computing degrees of freedom:\n"));
    }

    @Test
    void theTableCanShowDegreesOfFreedom() {
        assertEquals("""
                -------------------------------------------------------------------
                      geread |      Coef.   Std. Err.           DF       t    P>|t|
                -------------+-----------------------------------------------------
                     gevocab |   .5128708   .0083734        9796.8    61.25   0.000
                """, lines(new CoefficientTable(students(" dftable(pvalue)")).lines()));
        assertEquals("""
                ---------------------------------------------------------------------------
                      geread |      Coef.   Std. Err.           DF     [95% Conf. Interval]
                -------------+-------------------------------------------------------------
                     gevocab |   .5128708   .0083734        9796.8     .4964572    .5292844
                """, lines(new CoefficientTable(students(" dftable(ci)")).lines()));
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines.subList(0, 4)) + "\n";
    }

    /** Reading scores of pupils in schools, with figures of a published log. */
    private static Estimates students(String option) {
        ModelSpec spec = ((Statement.Estimation) CommandReader
                .read("mixed geread gevocab senroll, reml dfmethod(satterthwaite)" + option + " || school:")).spec();
        Estimates e = Examples.pigs(DisplayOptions.defaults());
        return new Estimates(spec, "Mixed-effects REML regression", "REML", 10320,
                List.of(new GroupSummary("school", 160, 11, 64.5, 162)), -21576.049, true, List.of(),
                List.of(tested("gevocab", .5128708, .0083734, 61.25, 9796.83, 0, .4964572, .5292844),
                        tested("senroll", -.0001026, .0002051, -.5, 164.74, .618, -.0005076, .0003024),
                        tested("_cons", 2.074882, .1140075, 18.2, 236.66, 0, 1.850283, 2.299481)),
                e.varianceComponents(), e.standardDeviations(), e.estimationMetric(), e.vcov(),
                Optional.of(new io.echelon.fit.Test.Wald(1875.86, 2, 322.16, 0)), e.lr(), e.certificate(), List.of(),
                Map.of(), Optional.empty());
    }

    private static Coefficient tested(String term, double b, double se, double t, double df, double p, double low,
                                      double high) {
        return new Coefficient("geread", term, Column.Status.ESTIMATED, b, se, t, df, p, low, high);
    }
}
