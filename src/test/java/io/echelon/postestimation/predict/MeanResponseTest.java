package io.echelon.postestimation.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.family.Bernoulli;
import io.echelon.family.Binomial;
import io.echelon.family.Family;
import io.echelon.family.LogLogistic;
import io.echelon.family.NegativeBinomialMean;
import io.echelon.family.Ordinal;
import io.echelon.family.Poisson;
import io.echelon.family.Weibull;
import io.echelon.link.Cloglog;
import io.echelon.link.Logit;
import io.echelon.link.Probit;
import io.echelon.spec.Statistic;
import org.junit.jupiter.api.Test;

/** Predictions expanded from places near by against predictions integrated where they are, with their derivatives. */
class MeanResponseTest {
    private static final double[] NONE = {};

    private static void check(Family family, double[] a, Statistic statistic, int outcome) {
        MeanResponse response = new MeanResponse(family, a, statistic, outcome + 1);
        double[] d = new double[5];
        double[] up = new double[5];
        double[] down = new double[5];
        for (double s : new double[] {0, 0.05, 0.3, 1, 2.5}) {
            for (double eta : new double[] {-3.3, -0.124, 0.126, 1.9}) {
                double[] got = response.of(outcome, eta, s * s, 2, 7).clone();
                integrate(family, a, statistic, outcome, eta, s, d);
                String where = family.text() + " " + statistic + " " + outcome + ", eta " + eta + ", s " + s;
                double size = Math.abs(d[0]) + Math.abs(d[1]) + Math.abs(d[2]);
                for (int k = 0; k < 5; k++) {
                    assertEquals(d[k], got[k], (k < 3 ? 1e-9 : 2e-7) * size, where + ", derivative " + k);
                }
                for (int j = 0; j < a.length; j++) {
                    double h = 1e-4;
                    double[] moved = a.clone();
                    moved[j] = a[j] + h;
                    integrate(family, moved, statistic, outcome, eta, s, up);
                    moved[j] = a[j] - h;
                    integrate(family, moved, statistic, outcome, eta, s, down);
                    for (int k = 0; k < 3; k++) {
                        double slope = (up[k] - down[k]) / (2 * h);
                        assertEquals(slope, got[MeanResponse.place(j, k)], 2e-6 * (size + Math.abs(slope)), where + ", parameter " + j
                                + ", derivative " + k);
                    }
                }
            }
        }
    }

    private static void integrate(Family family, double[] a, Statistic statistic, int outcome, double eta, double s, double[] d) {
        ResponseQuantity q = new ResponseQuantity(family, statistic, outcome);
        NormalMean.derivatives(e -> q.at(e, a, 2, 7), eta, s, d);
    }

    @Test
    void meansAndProbabilities() {
        check(new Bernoulli(new Logit()), NONE, Statistic.MU, 0);
        check(new Bernoulli(new Probit()), NONE, Statistic.PR, 0);
        check(new Bernoulli(new Cloglog()), NONE, Statistic.PR, 0);
        check(new Binomial(new Logit()), NONE, Statistic.MU, 0);
        check(new Poisson(), NONE, Statistic.MU, 0);
    }

    @Test
    void withAncillaryParameters() {
        double[] cuts = {-1, 0.4, 2};
        for (int k = 0; k < 4; k++) {
            check(new Ordinal(new Logit(), new double[] {1, 2, 3, 4}), cuts, Statistic.PR, k);
        }
        check(new Weibull(false), new double[] {0.4}, Statistic.MEAN, 0);
        check(new Weibull(true), new double[] {0.3}, Statistic.MEDIAN, 0);
        check(new LogLogistic(), new double[] {-1.2}, Statistic.MEAN, 0);
    }

    @Test
    void functionsOfTheResponse() {
        check(new NegativeBinomialMean(), new double[] {-0.5}, Statistic.DENSITY, 0);
        check(new Binomial(new Logit()), NONE, Statistic.DISTRIBUTION, 0);
        check(new Weibull(false), new double[] {0.4}, Statistic.SURV, 0);
    }
}
