package io.echelon;

import static io.echelon.MarginCheck.check;
import static io.echelon.MarginCheck.counts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.fit.Estimates;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.spark.TestSession;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.Row;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** Margins after each command against sums over rows of integrals over the random effects, and their standard errors. */
class MarginsIntegralTest {
    private static final Echelon ECHELON = Echelon.on(TestSession.spark());
    private static final double STEP = 0.02;

    private static Session session() {
        Session session = ECHELON.open(counts().selectExpr("*", "int(3 * (1 + sin(x * 33))) AS c", "(0.3 + y) * (1.1 + sin(x * 91.7)) AS t", "int(sin(x * 57.3) > -0.8) AS d"));
        session.run("generate o = cond(y < 1, 1, cond(y < 3, 2, 3))");
        session.run("generate big = y > 2");
        return session;
    }

    /** A row as (x, g). */
    private interface RowFunction {
        double of(double x, long g);
    }

    private static double mean(List<Row> rows, RowFunction f) {
        return rows.stream().mapToDouble(r -> f.of(r.getDouble(0), r.getLong(1))).average().orElseThrow();
    }

    private static double integral(DoubleUnaryOperator f, double eta, double s) {
        double sum = 0;
        for (double t = -9; t <= 9; t += STEP) {
            sum += STEP * f.applyAsDouble(eta + s * t) * Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
        }
        return sum;
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static List<Row> rows(Session session) {
        return session.data().select("x", "g").collectAsList();
    }

    private static MarginalEstimates margins(Session session, String command) {
        return (MarginalEstimates) ((Answered) session.run(command).orElseThrow()).answer();
    }

    /** θ = (x, _cons, log σ): the mean effect of x is the mean slope. */
    @Test
    void binaryResponses() {
        Session session = session();
        List<Row> rows = rows(session);
        Estimates e = session.fit("melogit big x || id:, intpoints(3)").estimates();
        check(margins(session, "margins"), 0, e, t -> mean(rows, (x, g) -> integral(MarginsIntegralTest::logistic,
                t[0] * x + t[1], Math.exp(t[2]))));
        check(margins(session, "margins, dydx(x)"), 0, e, t -> t[0] * mean(rows, (x, g) -> integral(
                h -> logistic(h) * (1 - logistic(h)), t[0] * x + t[1], Math.exp(t[2]))));
        // Fixed portion: nothing is integrated.
        check(margins(session, "margins, eyex(x) predict(mu fixedonly)"), 0, e, t -> mean(rows, (x, g) ->
                t[0] * x * (1 - logistic(t[0] * x + t[1]))));
    }

    /** θ = (x, cut1, cut2, log σ). */
    @Test
    void ordinalResponses() {
        Session session = session();
        List<Row> rows = rows(session);
        Estimates e = session.fit("meologit o x || id:, intpoints(3)").estimates();
        MarginalEstimates levels = margins(session, "margins");
        MarginalEstimates effects = margins(session, "margins, dydx(x)");
        for (int k = 0; k < 3; k++) {
            int outcome = k;
            check(levels, k, e, t -> mean(rows, (x, g) -> integral(h -> probability(outcome, h, t), t[0] * x, Math.exp(t[3]))));
            check(effects, k, e, t -> t[0] * mean(rows, (x, g) -> integral(h -> slope(outcome, h, t), t[0] * x, Math.exp(t[3]))));
        }
    }

    private static double probability(int outcome, double eta, double[] t) {
        return (outcome == 2 ? 1 : logistic(t[1 + outcome] - eta)) - (outcome == 0 ? 0 : logistic(t[outcome] - eta));
    }

    private static double slope(int outcome, double eta, double[] t) {
        double above = outcome == 2 ? 0 : logistic(t[1 + outcome] - eta) * logistic(eta - t[1 + outcome]);
        return (outcome == 0 ? 0 : logistic(t[outcome] - eta) * logistic(eta - t[outcome])) - above;
    }

    /** θ = (x, 1.g, 2.g, _cons, lnalpha, log σ): the mean has a closed form, without the dispersion. */
    @Test
    void overdispersedCounts() {
        Session session = session();
        List<Row> rows = rows(session);
        Estimates e = session.fit("menbreg y x i.g || id:, intpoints(3)").estimates();
        MarginalEstimates margins = margins(session, "margins g");
        for (int k = 0; k < 3; k++) {
            int level = k;
            check(margins, k, e, t -> mean(rows, (x, g) -> Math.exp(t[0] * x + (level == 0 ? 0 : t[level]) + t[3]
                    + Math.exp(2 * t[5]) / 2)));
        }
    }

    /** θ = (x, _cons, ln p, log σ): the mean survival time is λ^(−1/p) Γ(1 + 1/p). */
    @Test
    void survivalTimes() {
        Session session = session();
        List<Row> rows = rows(session);
        session.run("stset t, failure(d)");
        Estimates e = session.fit("mestreg x || id:, distribution(weibull) intpoints(3)").estimates();
        check(margins(session, "margins"), 0, e, t -> mean(rows, (x, g) -> {
            double q = Math.exp(-t[2]);
            return Math.exp(-q * (t[0] * x + t[1]) + q * q * Math.exp(2 * t[3]) / 2) * Gamma.gamma(1 + q);
        }));
        check(margins(session, "margins, dydx(x) predict(median)"), 0, e, t -> mean(rows, (x, g) -> {
            double q = Math.exp(-t[2]);
            return -q * t[0] * Math.exp(-q * (t[0] * x + t[1]) + q * q * Math.exp(2 * t[3]) / 2) * Math.pow(Math.log(2), q);
        }));
    }

    /** The variances of crossed factors add up. */
    @Test
    void crossedEffects() {
        Session session = session();
        List<Row> rows = rows(session);
        Estimates e = session.fit("mepoisson y x || _all: R.c || id:").estimates();
        assertEquals(4, e.vcov().names().size());
        check(margins(session, "margins"), 0, e, t -> mean(rows, (x, g) -> Math.exp(t[0] * x + t[1]
                + (Math.exp(2 * t[2]) + Math.exp(2 * t[3])) / 2)));
    }

    /** θ = (x, _cons, log σ): functions of predictions and estimates. */
    @Test
    void expressions() {
        Session session = session();
        List<Row> rows = rows(session);
        Estimates e = session.fit("mepoisson y x || id:, intpoints(3)").estimates();
        check(margins(session, "margins, expression(exp(predict(xb)) * exp(_b[lns1_1_1:_cons]^2))"), 0, e, t -> mean(rows,
                (x, g) -> Math.exp(t[0] * x + t[1] + t[2] * t[2])));
        check(margins(session, "margins, at(x=(0 1)) expression(ln(predict(mu)/predict(mu fixedonly)) + predict(xb))"), 1, e,
                t -> Math.exp(2 * t[2]) / 2 + t[0] + t[1]);
    }
}
