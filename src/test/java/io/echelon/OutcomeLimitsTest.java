package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.postestimation.Answer;
import io.echelon.spark.TestSession;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** {@code predict, ci} of quantities that depend on cutpoints and shapes: probabilities of ordinal outcomes, survival times. */
class OutcomeLimitsTest {
    private static final double Z = 1.959963984540054;

    private static Session bottles() {
        Session session = Echelon.on(TestSession.spark()).open("sample-configs/data/wine.csv");
        session.run("generate high = rating > 3");
        return session;
    }

    private static Answer.Row row(Session session, String command) {
        return ((Answered) session.run(command).orElseThrow()).answer().rows().get(0);
    }

    /** Two outcomes are those of {@code melogit}, whose limits are those of the linear predictor. */
    @Test
    void twoOutcomesAreThoseOfMelogit() {
        Session session = bottles();
        session.fit("melogit high temp || judge:");
        session.run("predict p, pr ci");
        session.run("predict f, pr fixedonly ci");
        session.fit("meologit high temp || judge:");
        session.run("predict q, pr outcome(1) ci");
        session.run("predict g, pr outcome(1) fixedonly ci");
        for (Row r : session.data().filter("judge < 5").collectAsList()) {
            for (String limit : List.of("", "_lb", "_ub")) {
                assertEquals(r.<Double>getAs("p" + limit), r.<Double>getAs("q" + limit), 1e-5, limit);
                assertEquals(r.<Double>getAs("f" + limit), r.<Double>getAs("g" + limit), 1e-5, limit);
            }
        }
    }

    /** Against nlcom of the logit of a probability between two cutpoints. */
    @Test
    void outcomesBetweenCutpoints() {
        Session session = bottles();
        session.fit("meologit rating temp contact || judge:");
        session.run("predict p, pr outcome(3) fixedonly ci");
        session.run("predict m, pr outcome(3) marginal ci");
        session.run("predict b, pr outcome(3) ci");
        Row r = session.data().filter("temp = 1 and contact = 1").first();
        String eta = "(_b[temp]+_b[contact])";
        Answer.Row logit = row(session, "nlcom logit(invlogit(_b[/cut3]-" + eta + ")-invlogit(_b[/cut2]-" + eta + "))");
        assertEquals(1 / (1 + Math.exp(Z * logit.stdError() - logit.estimate())), r.<Double>getAs("p_lb"), 1e-8);
        assertEquals(1 / (1 + Math.exp(-Z * logit.stdError() - logit.estimate())), r.<Double>getAs("p_ub"), 1e-8);
        assertEquals(0, session.data().filter("not (0 < m_lb and m_lb < m and m < m_ub and m_ub < 1)").count());
        assertEquals(0, session.data().filter("not (0 < b_lb and b_lb < b and b < b_ub and b_ub < 1)").count());
    }

    /** The error of the shape parameter is in the limits of survival times. */
    @Test
    void survivalTimesCarryTheErrorOfTheShape() {
        Session session = Echelon.on(TestSession.spark()).open(TestSession.spark().range(0, 160, 1, 2).selectExpr("id % 20 AS g",
                "cast(id % 2 AS double) AS x", "exp(0.4 * (id % 2) + 0.5 * sin((id % 20) * 7.7) + 0.6 * ln(-ln(((id * 37 % 160) + 0.5) / 160)))"
                        + " AS t"));
        session.run("stset t");
        session.fit("mestreg x, distribution(weibull) || g:");
        session.run("predict m, median fixedonly ci");
        session.run("predict mean, mean ci");
        Row r = session.data().filter("x = 0").first();
        Answer.Row log = row(session, "nlcom (ln(ln(2)) - _b[_cons])/exp(_b[/ln_p])");
        assertEquals(Math.exp(log.estimate()), r.<Double>getAs("m"), 1e-8);
        assertEquals(Math.exp(log.estimate() - Z * log.stdError()), r.<Double>getAs("m_lb"), 1e-8);
        assertEquals(Math.exp(log.estimate() + Z * log.stdError()), r.<Double>getAs("m_ub"), 1e-8);
        assertTrue(r.<Double>getAs("mean_lb") < r.<Double>getAs("mean") && r.<Double>getAs("mean") < r.<Double>getAs("mean_ub"));
    }
}
