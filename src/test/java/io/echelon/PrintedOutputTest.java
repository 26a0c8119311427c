package io.echelon;

import static io.echelon.Documents.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Lines that Stata prints, as found in the manual, in books and in published logs: the figures where the data are at hand,
 * else the layout of the table. Stata 14 writes {@code Coef.} and {@code [95% Conf. Interval]} where later releases write
 * {@code Coefficient} and {@code [95% conf. interval]}; the columns are the same.
 */
class PrintedOutputTest {
    private static final String PRINTED = "src/test/resources/printed/";

    /** Rabe-Hesketh and Skrondal (2022), section 2.5, with {@code set cformat %9.2f}. */
    @Test
    void peakFlow() {
        Session s = open(PRINTED + "pefr.csv");
        prints(s.fit("mixed wm || id:, mle stddeviations cformat(%9.2f)").toString(), """
                Log likelihood = -184.57839                     Prob > chi2       =          .
                       _cons |     453.91      26.19    17.33   0.000       402.59      505.24
                id: Identity                 |
                                   sd(_cons) |     107.05      18.68         76.04      150.69
                -----------------------------+------------------------------------------------
                                sd(Residual) |      19.91       3.41         14.23       27.87
                LR test vs. linear model: chibar2(01) = 46.27         Prob >= chibar2 = 0.0000
                """);
        prints(s.fit("mixed wm || id:, reml dfmethod(kroger) stddeviations cformat(%9.2f)").toString(), """
                Log restricted-likelihood = -180.37921          Prob > F          =          .
                DF method: Kenward-Roger                        DF:           min =      16.00
                                                                F(0,        .)    =          .
                       _cons |     453.91      26.99    16.82   0.000       396.69      511.13
                                   sd(_cons) |     110.40      19.84         77.63      157.00
                                sd(Residual) |      19.91       3.41         14.23       27.87
                LR test vs. linear model: chibar2(01) = 46.96         Prob >= chibar2 = 0.0000
                """);
        prints(answer(s, "estat icc"), """
                Intraclass correlation
                                       Level |        ICC   Std. Err.     [95% Conf. Interval]
                                          id |   .9684963    .015274      .9201564    .9879528
                """);
    }

    /** [ME] mixed, small-sample inference: the balanced design gives the tests of the analysis of variance. */
    @Test
    void reactionTimes() {
        Session s = open(PRINTED + "t43.csv");
        prints(s.fit("mixed score i.drug || person:, reml").toString(), """
                                                                Wald chi2(3)      =      74.28
                Log restricted-likelihood = -49.640099          Prob > chi2       =     0.0000
                          2  |        -.8   1.939072    -0.41   0.680    -4.600511    3.000511
                          3  |      -10.8   1.939072    -5.57   0.000    -14.60051   -6.999489
                          4  |        5.6   1.939072     2.89   0.004     1.799489    9.400511
                """);
        prints(s.fit("mixed score i.drug || person:, reml pformat(%5.4f) sformat(%8.3f)").toString(), """
                          3  |      -10.8   1.939072   -5.570   0.0000    -14.60051   -6.999489
                """);
        prints(s.fit("mixed score i.drug || person:, reml dfmethod(anova)").toString(), """
                                                                F(3,    12.00)    =      24.76
                """);
        prints(answer(s, "contrast drug, small"), """
                Contrasts of marginal linear predictions
                Margins      : asbalanced
                -----------------------------------------------------------
                             |         df        ddf           F        P>F
                -------------+---------------------------------------------
                score        |
                        drug |          3      12.00       24.76     0.0000
                """);
        prints(answer(s, "pwcompare drug, effects small mcompare(bonferroni)"), """
                -------------+-------------
                score        |
                        drug |            6
                             |                            Bonferroni           Bonferroni
                             |   Contrast   Std. Err.      t    P>|t|     [95% Conf. Interval]
                """);
        prints(answer(s, "pwcompare drug, effects mcompare(tukey)"), """
                             |                              Tukey                Tukey
                             |   Contrast   Std. Err.      z    P>|z|     [95% Conf. Interval]
                """);
        prints(answer(s, "pwcompare drug, small"), """
                             |                                               Unadjusted
                             |   Contrast   Std. Err.           df      [95% Conf. Interval]
                     2 vs 1  |        -.8   1.939072          12.0     -5.024875    3.424875
                """);
        prints(answer(s, "margins drug, pwcompare(groups)"), """
                             |            Delta-method Unadjusted
                             |     Margin   Std. Err.      Groups
                          1  |       26.4   3.149603            A
                """);
        assertTrue(answer(s, "margins, at(drug=(1 2))").contains("""
                Expression   : Linear prediction, fixed portion, predict()

                1._at        : drug            =           1

                2._at        : drug            =           2

                """));
        assertTrue(answer(s, "margins, at(drug=(1 2)) vsquish").contains("""
                1._at        : drug            =           1
                2._at        : drug            =           2

                """));
        assertTrue(!answer(s, "margins, at(drug=(1 2)) noatlegend").contains("_at        :"));
    }

    /** A published log of {@code mestreg} and what follows it. */
    @Test
    void survival() {
        Session s = open(PRINTED + "t43.csv");
        s.run("generate slow = drug > 2");
        s.run("stset score");
        s.fit("mestreg i.slow || person:, distribution(exponential) intmethod(laplace)");
        assertTrue(answer(s, "pwcompare slow, effects mcompare(bonferroni)").contains("""
                Margins      : asbalanced

                note: option bonferroni ignored since there is only one comparison
                ------------------------------------------------------------------------------
                             |                            Unadjusted           Unadjusted
                             |   Contrast   Std. Err.      z    P>|z|     [95% Conf. Interval]
                -------------+----------------------------------------------------------------
                _t           |
                        slow |
                """));
        assertTrue(answer(s, "margins slow, predict(conditional(fixedonly))").contains("Predicted mean"));
        Documents.misused(s, "margins, pwcompare", "there are no margins to compare");
    }

    /** The published logs of {@code estat ic}, {@code estat vce} and {@code estimates table} of Stata 14 and 15. */
    @Test
    void tablesOfFits() {
        Session s = open(PRINTED + "t43.csv");
        s.fit("mixed score i.drug || person:, residuals(independent, t(drug))");
        s.run("estimates store full");
        prints(s.fit("mixed score || person:, covariance(unstructured)").toString(), """
                note: single-variable random-effects specification in person equation;
                """);
        prints(answer(s, "estat ic"), """
                -----------------------------------------------------------------------------
                       Model |        Obs  ll(null)  ll(model)      df         AIC        BIC
                -------------+---------------------------------------------------------------
                           . |         20         .  -70.58998       3      147.18   150.1672
                               Note: N=Obs used in calculating BIC; see [R] BIC note.
                """);
        prints(answer(s, "estat vce"), """
                        e(V) |      _cons    lns1_1_1     lnsig_e
                -------------+------------------------------------
                """);
        prints(answer(s, "estat recovariance"), """
                             |     _cons
                -------------+-----------
                """);
        prints(answer(s, "estimates table full .").replaceAll("(?m)^ +_cons .*", ""), """
                ----------------------------------------
                    Variable |    full        active
                -------------+--------------------------
                score        |
                        drug |
                          2  |        -.8
                          3  |      -10.8
                          4  |        5.6
                """);
        String linear = s.fit("mixed score || person:, noconstant").toString();
        assertEquals("note: all random-effects equations are empty; model is linear regression\n\nMixed-effects ML regression",
                linear.substring(0, linear.indexOf("   ")));
    }

    /** [ME] mepoisson and meqrpoisson on the deaths from melanoma; Stata stops before the last digit settles. */
    @Test
    void exposure() {
        Session s = open("src/test/resources/packages/melanoma.csv");
        prints(s.fit("mepoisson deaths uv c.uv#c.uv, exposure(expected) || nation: || region:").toString(), """
                          uv |   .0057002   .0137919     0.41   0.679    -.0213315    .0327319
                   c.uv#c.uv |  -.0058377   .0013879    -4.21   0.000     -.008558   -.0031174
                ln(expected) |          1  (exposure)
                """);
    }

    /** A published log of {@code meqrlogit} (metapreg). */
    @Test
    void olderCommands() {
        Session s = open("sample-configs/data/cbpp.csv");
        String fit = s.fit("meqrlogit incidence i.period || herd:, binomial(size)").toString();
        prints(fit, """
                Refining starting values:
                Performing gradient-based optimization:
                Binomial variable: size
                Group variable: herd                            Number of groups  =         15
                Integration points =   7                        Wald chi2(3)      =      24.89
                """);
        assertTrue(!fit.contains("Integration method"), fit);
        prints(s.fit("meqrlogit incidence, binomial(size) || herd:, laplace").toString(), """
                Integration points =   1                        Wald chi2(0)      =          .
                Note: Log-likelihood calculations are based on the Laplacian approximation.
                """);
        prints(s.fit("meqrlogit incidence, binomial(size) || herd: || period:, intpoints(3)").toString(), """
                                |     No. of       Observations per Group       Integration
                 Group Variable |     Groups    Minimum    Average    Maximum      Points
                           herd |         15          1        3.7          4           3
                """);
    }

    private static String answer(Session session, String command) {
        return session.run(command).orElseThrow().toString();
    }

    /** Every line of what Stata prints is a whole line of the text. */
    private static void prints(String text, String lines) {
        for (String line : lines.split("\n")) {
            assertTrue(text.lines().anyMatch(line::equals), () -> "no line \"" + line + "\" in\n" + text);
        }
    }
}
