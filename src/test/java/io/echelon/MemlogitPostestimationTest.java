package io.echelon;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.postestimation.Answer;
import io.echelon.spark.TestSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows {@code memlogit}, on the journeys of {@link MemlogitTest}. */
class MemlogitPostestimationTest {
    private static final double Z = 1.959963984540054;

    @TempDir
    static Path folder;
    private static Path data;

    @BeforeAll
    static void write() throws Exception {
        data = MemlogitTest.write(folder);
    }

    private static Session session() {
        return Echelon.on(TestSession.spark()).open(data.toString());
    }

    private static Answer answer(Session session, String command) {
        return ((Answered) session.run(command).orElseThrow()).answer();
    }

    private static void assertError(String part, Session session, String command) {
        EchelonException x = assertThrows(EchelonException.class, () -> session.run(command), command);
        assertTrue(x.getMessage().contains(part), command + ": " + x.getMessage());
    }

    /** With two outcomes it is {@code melogit}, whose limits are those of the linear predictor. */
    @Test
    void limitsOfTwoOutcomesAreThoseOfMelogit() {
        Session session = session();
        session.run("keep if y < 3");
        session.run("generate car = y == 2");
        session.fit("melogit car x || id: x, covariance(unstructured)");
        session.run("predict p, pr ci");
        session.run("predict f, pr fixedonly ci");
        session.run("predict e, eta ci");
        session.fit("memlogit y x, baseoutcome(1) || id: x, covariance(unstructured)");
        session.run("predict q, pr outcome(2) ci");
        session.run("predict g, pr outcome(2) fixedonly ci");
        session.run("predict h, eta outcome(2) ci");
        session.run("predict first, pr outcome(1) ci");
        for (Row r : session.data().filter("id < 20").collectAsList()) {
            for (String limit : List.of("", "_lb", "_ub")) {
                assertEquals(r.<Double>getAs("p" + limit), r.<Double>getAs("q" + limit), 1e-5, limit);
                assertEquals(r.<Double>getAs("f" + limit), r.<Double>getAs("g" + limit), 1e-5, limit);
                assertEquals(r.<Double>getAs("e" + limit), r.<Double>getAs("h" + limit), 1e-4, limit);
            }
            assertEquals(1 - r.<Double>getAs("q_ub"), r.<Double>getAs("first_lb"), 1e-9);
        }
    }

    /** Limits by the delta method for the logit, here from the matrix of the fit; each equation has its own. */
    @Test
    void limitsOfThreeOutcomes() {
        Session session = session();
        Estimates e = session.fit("memlogit mode x, baseoutcome(bus) || id:, covariance(unstructured)").estimates();
        session.run("predict p, pr outcome(train) fixedonly ci");
        session.run("predict q*, pr fixedonly");
        session.run("predict b, xb outcome(train) ci");
        session.run("predict m, pr outcome(train) marginal ci(low high)");
        session.run("predict n*, pr marginal");
        double[][] v = e.vcov().matrix();
        assertEquals(List.of("car:x", "car:_cons", "train:x", "train:_cons"), e.vcov().names().subList(0, 4));
        for (Row r : session.data().filter("id < 3").collectAsList()) {
            double x = r.<Double>getAs("x");
            double p = r.<Double>getAs("q3");
            double car = r.<Double>getAs("q2");
            // d logit(p)/dη: −p_car/(1 − p) for cars, 1 for trains.
            double[] gradient = {-car / (1 - p) * x, -car / (1 - p), x, 1};
            double variance = 0;
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    variance += gradient[i] * v[i][j] * gradient[j];
                }
            }
            double logit = Math.log(p / (1 - p));
            assertEquals(1 / (1 + Math.exp(-logit + Z * Math.sqrt(variance))), r.<Double>getAs("p_lb"), 1e-9);
            assertEquals(1 / (1 + Math.exp(-logit - Z * Math.sqrt(variance))), r.<Double>getAs("p_ub"), 1e-9);
            double error = Math.sqrt(x * x * v[2][2] + 2 * x * v[2][3] + v[3][3]);
            assertEquals(2 * Z * error, r.<Double>getAs("b_ub") - r.<Double>getAs("b_lb"), 1e-9);
            double mean = r.<Double>getAs("n3");
            assertEquals(mean, r.<Double>getAs("m"), 1e-12);
            assertTrue(r.<Double>getAs("low") < mean && mean < r.<Double>getAs("high"));
        }
        assertError("give one name and the outcome, as in outcome(bus)", session, "predict z*, pr ci");
    }

    @Test
    void pearsonResidualsAreThoseOfEachOutcome() {
        Session session = session();
        session.fit("memlogit mode x, baseoutcome(bus) intmethod(laplace) || id:");
        session.run("predict p*");
        session.run("predict r*, pearson");
        session.run("predict train, pearson outcome(train)");
        List<String> modes = List.of("bus", "car", "train");
        for (Row r : session.data().filter("id < 4").collectAsList()) {
            for (int k = 0; k < 3; k++) {
                double p = r.<Double>getAs("p" + (k + 1));
                double occurred = r.<String>getAs("mode").equals(modes.get(k)) ? 1 : 0;
                assertEquals((occurred - p) / Math.sqrt(p * (1 - p)), r.<Double>getAs("r" + (k + 1)), 1e-12);
            }
            assertEquals(r.<Double>getAs("r3"), r.<Double>getAs("train"), 0);
        }
        assertError("outcomes that have an order; predict r, pearson", session, "rvfplot");
        assertError("no statistic deviance", session, "predict d, deviance");
    }

    /** Contrasts of one linear predictor are tests of its coefficients; of all, each by itself. */
    @Test
    void contrastsNameTheirEquation() {
        Session session = session();
        session.run("generate g = 1 + (o > 0.05) + (o > 0.15)");
        Estimates e = session.fit("memlogit y i.g i.w x, baseoutcome(1) intmethod(laplace) || id:, shared").estimates();
        double chi2 = (double) answer(session, "test [3]2.g [3]3.g").values().get("chi2");
        assertEquals(chi2, answer(session, "contrast g, equation(3)").rows().get(0).statistic(), 1e-9);
        assertEquals(chi2, answer(session, "contrast g, equation(#3)").rows().get(0).statistic(), 1e-9);
        List<Answer.Row> both = answer(session, "contrast g, atequations overall").rows();
        assertEquals(List.of("2: g", "3: g", "Overall"), both.stream().map(Answer.Row::term).toList());
        assertEquals(chi2, both.get(1).statistic(), 1e-9);
        assertEquals((double) answer(session, "testparm i.g").values().get("chi2"), both.get(2).statistic(), 1e-9);
        List<Answer.Row> first = answer(session, "pwcompare g").rows();
        assertEquals("2: g 3 vs 2", first.get(2).term());
        double[] ofTwo = e.coefficients().stream().filter(c -> c.term().matches("2:[23].g")).mapToDouble(c -> c.estimate()).toArray();
        assertEquals(ofTwo[1] - ofTwo[0], first.get(2).estimate(), 1e-12);
        assertEquals(6, answer(session, "pwcompare g, atequations").rows().size());
        assertError("is that of the base outcome", session, "contrast g, equation(1)");
        assertError("choose one of equation() and atequations", session, "contrast g, equation(2) atequations");
        String all = session.run("contrast r.g r.w, equation(3) mcompare(bonferroni adjustall)").map(Object::toString).orElse("");
        assertTrue(all.contains("Comparisons"), all);
        List<Answer.Row> bonferroni = answer(session, "pwcompare g, atequations effects mcompare(bonferroni adjustall)").rows();
        List<Answer.Row> alone = answer(session, "pwcompare g, atequations effects").rows();
        for (int k = 0; k < 6; k++) {
            assertEquals(Math.min(1, 6 * alone.get(k).pValue()), bonferroni.get(k).pValue(), 1e-12);
        }
        assertError("adjustall goes with bonferroni and sidak", session, "contrast r.g, mcompare(scheffe adjustall)");
        assertError("asobserved is not available here", session, "contrast r.g, asobserved");
        double joint = answer(session, "contrast g@w, equation(3)").rows().get(2).statistic();
        assertEquals(joint, answer(session, "contrast g|w, equation(3)").rows().get(0).statistic(), 1e-12);
        assertEquals(1, answer(session, "contrast g|w, equation(3)").rows().size());
        session.run("contrast r.g, atequations post");
        double difference = answer(session, "lincom [3]r3vs1.g - [3]r2vs1.g").rows().get(0).estimate();
        double[] ofThree = e.coefficients().stream().filter(c -> c.term().matches("3:[23].g")).mapToDouble(c -> c.estimate()).toArray();
        assertEquals(ofThree[1] - ofThree[0], difference, 1e-12);
    }

    /** A column left out because it depends on others leaves margins estimable that do not depend on how. */
    @Test
    void marginsWithOmittedColumns() {
        Session session = session();
        session.run("generate g = 1 + (o > 0.05) + (o > 0.15)");
        session.run("generate twice = 2 * x");
        session.fit("memlogit y i.g x twice, baseoutcome(1) intmethod(laplace) || id:, shared");
        double margin = answer(session, "margins g, predict(outcome(2))").rows().get(1).estimate();
        double contrast = answer(session, "contrast g, equation(3)").rows().get(0).statistic();
        session.fit("memlogit y i.g x, baseoutcome(1) intmethod(laplace) || id:, shared");
        assertEquals(margin, answer(session, "margins g, predict(outcome(2))").rows().get(1).estimate(), 1e-7);
        assertEquals(contrast, answer(session, "contrast g, equation(3)").rows().get(0).statistic(), 1e-5);
    }

    @Test
    void separationIsTold() {
        Session session = session();
        session.run("generate only = y == 3 & x > 1");
        session.run("generate a = (y == 2) + (x > 0)");
        session.run("generate b = x > 0");
        assertTrue(note(session.fit("memlogit y only if id < 40, baseoutcome(1) intmethod(laplace) || id:, shared"))
                .contains("3:only"));
        String note = note(session.fit("memlogit y x only, baseoutcome(1)"));
        assertTrue(note.contains("3:only") && note.contains("observations perfectly (separation)"), note);
        long rows = session.data().filter("only = 1").count();
        assertTrue(note.contains(" " + rows + " observations"), note);
        String together = note(session.fit("memlogit y x a b, baseoutcome(1)"));
        assertTrue(together.contains("2:a") && together.contains("2:b together predict"), together);
        assertEquals("", note(session.fit("memlogit y x, baseoutcome(1)")));
        assertEquals("", note(session.fit("memlogit y x b, baseoutcome(3)")));
    }

    private static String note(Fit fit) {
        return fit.toString().lines().dropWhile(l -> !l.contains("separation") && !l.contains("predict"))
                .reduce("", (a, b) -> a + " " + b.strip()).replace("- ", "");
    }

    /** A row with frequency weight 2 is two rows. */
    @Test
    void weightsOfRows() {
        Session session = session();
        session.run("generate rw = 1 + (x > 0)");
        Estimates weighted = session.fit("memlogit y x [fweight=rw], baseoutcome(1) || id:, covariance(identity)").estimates();
        Dataset<Row> rows = session.data();
        Estimates twice = Echelon.on(TestSession.spark()).fit(rows.unionAll(rows.filter("rw = 2")),
                "memlogit y x, baseoutcome(1) || id:, covariance(identity)").estimates();
        assertEquals(twice.logLikelihood(), weighted.logLikelihood(), 1e-9 * Math.abs(twice.logLikelihood()));
        for (int k = 0; k < twice.coefficients().size(); k++) {
            assertEquals(twice.coefficients().get(k).estimate(), weighted.coefficients().get(k).estimate(), 1e-7);
        }
        assertEquals(twice.observations(), weighted.observations());
    }

    @Test
    void startingValuesLeadToTheSameMaximum() {
        Session session = session();
        String command = "memlogit y x, baseoutcome(1) intmethod(laplace) %s || id:, covariance(identity)";
        double most = session.fit(String.format(command, "")).estimates().logLikelihood();
        for (String start : List.of("startvalues(zero)", "startvalues(constantonly)", "startgrid(0.5 2)",
                "from(2:x=0.5 3:x=-0.5, skip)")) {
            assertEquals(most, session.fit(String.format(command, start)).estimates().logLikelihood(), 1e-6, start);
        }
    }

    /** A stored fit predicts as the one in memory, limits included, for other data too. */
    @Test
    void storedFitsPredict() {
        Session session = session();
        session.fit("memlogit mode x, baseoutcome(bus) || place:, shared || id:, covariance(identity) intpoints(3)");
        session.run("predict p, pr outcome(car) ci");
        session.run("predict r, pearson outcome(car)");
        Path out = folder.resolve("stored");
        session.write(Echelon.on(TestSession.spark()).folder(out.toString(), true));
        Session later = Echelon.on(TestSession.spark()).open(session().data().filter("id < 5").withColumn("row",
                expr("monotonically_increasing_id()"))).restore(out.toString());
        later.run("predict p, pr outcome(car) ci");
        later.run("predict r, pearson outcome(car)");
        List<Row> expected = session.data().filter("id < 5").collectAsList();
        List<Row> found = later.data().collectAsList();
        for (int i = 0; i < found.size(); i++) {
            for (String name : List.of("p", "p_lb", "p_ub", "r")) {
                assertEquals(expected.get(i).<Double>getAs(name), found.get(i).<Double>getAs(name), 1e-9, name);
            }
        }
    }
}
