package io.echelon;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.linalg.Cholesky;
import io.echelon.postestimation.Answer;
import io.echelon.spark.TestSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code memlogit} from the command to the predictions, on simulated journeys: 160 commuters of 40 places, eight journeys each, by
 * bus (1, the base), car (2) or train (3). Random intercepts of commuters have variances 1 and 0.6 and covariance 0.4. The outcomes
 * z have an effect of the place of variance 0.8 that cars and trains share, above intercepts of commuters of variance 0.5.
 */
class MemlogitTest {
    private static final int PEOPLE = 160;
    private static final int JOURNEYS = 8;
    private static final double[] CAR = {0.3, 0.7};
    private static final double[] TRAIN = {-0.2, -0.5};

    @TempDir
    static Path folder;
    private static Path data;
    private static double[] x;
    private static int[] y;

    @BeforeAll
    static void simulate() throws Exception {
        data = write(folder);
    }

    /** The journeys as a file of a folder. */
    static Path write(Path folder) throws Exception {
        Random random = new Random(20);
        x = new double[PEOPLE * JOURNEYS];
        y = new int[x.length];
        StringBuilder rows = new StringBuilder("id,place,x,y,z,mode,w,o\n");
        double[] u = new double[5];
        for (int i = 0; i < x.length; i++) {
            if (i % JOURNEYS == 0) {
                u[0] = random.nextGaussian();
                u[1] = 0.4 * u[0] + Math.sqrt(0.44) * random.nextGaussian();
                u[2] = i / JOURNEYS % 4 == 0 ? Math.sqrt(0.8) * random.nextGaussian() : u[2];
                u[3] = u[2] + Math.sqrt(0.5) * random.nextGaussian();
                u[4] = u[2] + Math.sqrt(0.5) * random.nextGaussian();
            }
            x[i] = Math.rint(100 * random.nextGaussian()) / 100;
            y[i] = outcome(x[i], u[0], u[1], random);
            int z = outcome(x[i], u[3], u[4], random);
            rows.append(String.format(Locale.ROOT, "%d,%d,%s,%d,%d,%s,%d,%s%n", i / JOURNEYS, i / JOURNEYS / 4, x[i], y[i], z,
                    List.of("bus", "car", "train").get(y[i] - 1), 1 + i / JOURNEYS % 2, 0.1 * (i % 3)));
        }
        return Files.writeString(folder.resolve("journeys.csv"), rows);
    }

    private static int outcome(double x, double ofCar, double ofTrain, Random random) {
        double car = Math.exp(CAR[0] + CAR[1] * x + ofCar);
        double train = Math.exp(TRAIN[0] + TRAIN[1] * x + ofTrain);
        double p = random.nextDouble() * (1 + car + train);
        return p < 1 ? 1 : p < 1 + car ? 2 : 3;
    }

    private static Session session() {
        return Echelon.on(TestSession.spark()).open(data.toString());
    }

    private static Estimates fit(String command) {
        return session().fit(command).estimates();
    }

    private static double of(Estimates e, String term) {
        return e.coefficients().stream().filter(c -> c.term().equals(term)).mapToDouble(Coefficient::estimate).findFirst()
                .orElseGet(() -> e.varianceComponents().stream().filter(v -> v.term().equals(term))
                        .mapToDouble(VarianceComponent::estimate).findFirst().orElseThrow());
    }

    /** The maximum of the multinomial logit likelihood by Newton's method on η_2 = a + bx, η_3 = c + dx. */
    private static double[] plain() {
        double[] beta = new double[4];
        double value = 0;
        for (int step = 0; step < 20; step++) {
            double[] g = new double[4];
            double[][] h = new double[4][4];
            value = 0;
            for (int i = 0; i < x.length; i++) {
                double[] p = {Math.exp(beta[0] + beta[1] * x[i]), Math.exp(beta[2] + beta[3] * x[i])};
                double sum = 1 + p[0] + p[1];
                value += Math.log((y[i] == 1 ? 1 : p[y[i] - 2]) / sum);
                double[] row = {1, x[i]};
                for (int a = 0; a < 4; a++) {
                    g[a] += ((y[i] == 2 + a / 2 ? 1 : 0) - p[a / 2] / sum) * row[a % 2];
                    for (int b = 0; b < 4; b++) {
                        h[a][b] += ((a / 2 == b / 2 ? p[a / 2] / sum : 0) - p[a / 2] * p[b / 2] / sum / sum) * row[a % 2] * row[b % 2];
                    }
                }
            }
            double[] move = Cholesky.of(h).orElseThrow().solve(g);
            for (int a = 0; a < 4; a++) {
                beta[a] += move[a];
            }
        }
        return new double[] {beta[0], beta[1], beta[2], beta[3], value};
    }

    @Test
    void withoutRandomEffectsItIsTheMultinomialLogit() {
        double[] expected = plain();
        Estimates e = fit("memlogit y x, baseoutcome(1)");
        assertEquals(expected[4], e.logLikelihood(), 1e-9 * Math.abs(expected[4]));
        List<String> terms = List.of("2:_cons", "2:x", "3:_cons", "3:x");
        for (int k = 0; k < 4; k++) {
            assertEquals(expected[k], of(e, terms.get(k)), 1e-7, terms.get(k));
        }
        assertEquals(e.logLikelihood(), fit("memlogit y x, baseoutcome(3)").logLikelihood(), 1e-7);
    }

    /** The likelihood does not depend on the base where the covariance matrix of the effects is free. */
    @Test
    void parametersComeBackWhateverTheBase() {
        String all = " || id:, covariance(unstructured)";
        Estimates e = fit("memlogit y x, baseoutcome(1)" + all);
        double[] truth = {CAR[1], CAR[0], TRAIN[1], TRAIN[0]};
        List<Coefficient> estimated = e.coefficients().stream().filter(c -> !c.equation().equals("1")).toList();
        for (int k = 0; k < 4; k++) {
            assertEquals(truth[k], estimated.get(k).estimate(), 3.5 * estimated.get(k).stdError(), estimated.get(k).term());
        }
        double[] sigma = {1, 0.6, 0.4};
        for (int k = 0; k < 3; k++) {
            VarianceComponent v = e.varianceComponents().get(k);
            assertEquals(sigma[k], v.estimate(), 3.5 * v.stdError(), v.term());
        }
        Estimates other = fit("memlogit mode x, baseoutcome(train) intpoints(11)" + all);
        Estimates fine = fit("memlogit y x, baseoutcome(1) intpoints(11)" + all);
        assertEquals(fine.logLikelihood(), other.logLikelihood(), 2e-4);
        assertEquals(of(fine, "2:x"), of(other, "car:x") - of(other, "bus:x"), 1e-4);
        assertEquals(of(fine, "var(2:_cons[id])"), of(other, "var(car:_cons[id])") + of(other, "var(bus:_cons[id])")
                - 2 * of(other, "cov(car:_cons,bus:_cons[id])"), 2e-3);
    }

    @Test
    void everyMethodFindsAboutTheSame() {
        Estimates adaptive = fit("memlogit y x, b(1) || id:");
        for (String method : List.of("mcaghermite", "ghermite) intpoints(15", "laplace")) {
            Estimates e = fit("memlogit y x, b(1) intmethod(" + method + ") || id:");
            assertTrue(e.converged());
            assertEquals(adaptive.logLikelihood(), e.logLikelihood(), method.equals("laplace") ? 6 : 0.1, method);
            assertEquals(of(adaptive, "2:x"), of(e, "2:x"), 0.02, method);
        }
    }

    /** Shared effects are one for all outcomes; above them each outcome may have its own. */
    @Test
    void sharedEffectsAndThreeLevels() {
        Estimates shared = fit("memlogit y x, b(1) || id:, shared");
        assertEquals(List.of("var(_cons[id])"), shared.varianceComponents().stream().map(VarianceComponent::term).toList());
        assertEquals("chibar2(01)", shared.lr().orElseThrow().kind());
        Estimates three = fit("memlogit z x, b(1) intpoints(5) || place:, shared || id:, covariance(identity)");
        assertTrue(three.converged());
        double[] truth = {CAR[1], CAR[0], TRAIN[1], TRAIN[0]};
        List<Coefficient> estimated = three.coefficients().stream().filter(c -> !c.equation().equals("1")).toList();
        for (int k = 0; k < 4; k++) {
            assertEquals(truth[k], estimated.get(k).estimate(), 3.5 * estimated.get(k).stdError(), estimated.get(k).term());
        }
        VarianceComponent place = three.varianceComponents().get(0);
        VarianceComponent person = three.varianceComponents().get(1);
        assertEquals(List.of("var(_cons[place])", "var(2:_cons 3:_cons[place>id])"), List.of(place.term(), person.term()));
        assertEquals(0.8, place.estimate(), 3.5 * place.stdError());
        assertEquals(0.5, person.estimate(), 3.5 * person.stdError());
    }

    /** A group with frequency weight 2 is two groups; robust standard errors have the same estimates. */
    @Test
    void weightsCountGroups() {
        Estimates weighted = fit("memlogit y x, b(1) || id:, fweight(w)");
        Dataset<Row> rows = session().data();
        Estimates twice = Echelon.on(TestSession.spark()).fit(rows.unionAll(rows.filter("w = 2").withColumn("id", expr("id + 1000"))),
                "memlogit y x, b(1) || id:").estimates();
        assertEquals(twice.logLikelihood(), weighted.logLikelihood(), 1e-7 * Math.abs(twice.logLikelihood()));
        for (int k = 0; k < twice.coefficients().size(); k++) {
            assertEquals(twice.coefficients().get(k).estimate(), weighted.coefficients().get(k).estimate(), 1e-6);
        }
        Estimates plain = fit("memlogit y x, b(1) || id:");
        Estimates robust = fit("memlogit y x, b(1) vce(cluster place) || id:");
        assertEquals(of(plain, "3:x"), of(robust, "3:x"), 1e-9);
        assertEquals(40, robust.clusters().orElseThrow().n());
    }

    @Test
    void offsetsConstraintsAndStartingValues() {
        Session session = session();
        session.run("constraint 1 [2]x = [3]x");
        session.run("constraint 2 _b[var(2:_cons[id]):_cons] = 1");
        Estimates e = session.fit("memlogit y x, b(1) constraints(1 2) offset(o) || id:").estimates();
        assertEquals(of(e, "2:x"), of(e, "3:x"), 1e-12);
        assertEquals(1, of(e, "var(2:_cons[id])"), 1e-12);
        Estimates free = fit("memlogit y x, b(1) || id:");
        String from = free.coefficients().stream().filter(c -> !c.equation().equals("1"))
                .map(c -> c.term() + "=" + c.estimate()).collect(Collectors.joining(" "));
        Estimates again = fit("memlogit y x, b(1) from(" + from + " var(2:_cons[id])=" + of(free, "var(2:_cons[id])")
                + " var(3:_cons[id])=" + of(free, "var(3:_cons[id])") + ") || id:");
        assertEquals(free.logLikelihood(), again.logLikelihood(), 1e-6);
        assertTrue(again.iterations().stream().filter(i -> i.phase().equals("full")).count() <= 3);
    }

    @Test
    void predictions() {
        Session session = session();
        Estimates e = session.fit("memlogit mode x, baseoutcome(bus) || id:, covariance(unstructured)").estimates();
        session.run("predict p*");
        session.run("predict q1 q2 q3, pr conditional(fixedonly)");
        session.run("predict m*, pr marginal");
        session.run("predict xb, xb outcome(train)");
        session.run("predict e*, eta");
        session.run("predict u*, reffects");
        for (Row r : session.data().filter("id < 3").collectAsList()) {
            double v = r.<Double>getAs("x");
            double[] eta = {0, of(e, "car:_cons") + of(e, "car:x") * v, of(e, "train:_cons") + of(e, "train:x") * v};
            assertEquals(eta[2], r.<Double>getAs("xb"), 1e-12);
            double[] u = {0, r.<Double>getAs("u1"), r.<Double>getAs("u2")};
            double sum = 0;
            double fixed = 0;
            for (int k = 0; k < 3; k++) {
                sum += Math.exp(eta[k] + u[k]);
                fixed += Math.exp(eta[k]);
                assertEquals(eta[k] + u[k], r.<Double>getAs("e" + (k + 1)), 1e-12);
            }
            double mean = 0;
            for (int k = 0; k < 3; k++) {
                assertEquals(Math.exp(eta[k] + u[k]) / sum, r.<Double>getAs("p" + (k + 1)), 1e-12);
                assertEquals(Math.exp(eta[k]) / fixed, r.<Double>getAs("q" + (k + 1)), 1e-12);
                mean += r.<Double>getAs("m" + (k + 1));
            }
            assertEquals(1, mean, 1e-12);
            assertEquals(marginal(eta, e, 1), r.<Double>getAs("m2"), 1e-7);
        }
    }

    private static Answer answer(Session session, String command) {
        return ((Answered) session.run(command).orElseThrow()).answer();
    }

    /** The mean of a probability over the two intercepts, by the trapezoidal rule. */
    private static double marginal(double[] eta, Estimates e, int outcome) {
        double a = Math.sqrt(of(e, "var(car:_cons[id])"));
        double b = of(e, "cov(train:_cons,car:_cons[id])") / a;
        double c = Math.sqrt(of(e, "var(train:_cons[id])") - b * b);
        double step = 0.1;
        double mean = 0;
        for (double v = -9; v <= 9; v += step) {
            for (double w = -9; w <= 9; w += step) {
                double[] p = {1, Math.exp(eta[1] + a * v), Math.exp(eta[2] + b * v + c * w)};
                mean += step * step * Math.exp(-0.5 * (v * v + w * w)) / (2 * Math.PI) * p[outcome] / (p[0] + p[1] + p[2]);
            }
        }
        return mean;
    }

    /** Margins are means of predictions; slopes their derivatives, here by differences of {@code at()}. */
    @Test
    void margins() {
        Session session = session();
        session.fit("memlogit y x, baseoutcome(2) || id:, covariance(unstructured)");
        session.run("predict m*, marginal");
        double[] means = IntStream.rangeClosed(1, 3).mapToDouble(k -> session.data().filter("id < 30").selectExpr("avg(m" + k + ")").first()
                .getDouble(0)).toArray();
        List<Answer.Row> rows = answer(session, "margins if id < 30").rows();
        for (int k = 0; k < 3; k++) {
            assertEquals(means[k], rows.get(k).estimate(), 1e-10);
            assertTrue(rows.get(k).stdError() > 0.005 && rows.get(k).stdError() < 0.1);
        }
        double[] at = answer(session, "margins if id < 30, predict(outcome(3)) at(x=(0.499 0.501))").rows().stream()
                .mapToDouble(Answer.Row::estimate).toArray();
        Answer.Row slope = answer(session, "margins if id < 30, dydx(x) predict(outcome(3)) at(x=0.5)").rows().get(0);
        assertEquals((at[1] - at[0]) / 0.002, slope.estimate(), 1e-6);
        double sum = answer(session, "margins if id < 30, dydx(x)").rows().stream()
                .mapToDouble(Answer.Row::estimate).sum();
        assertEquals(0, sum, 1e-9);
    }

    @Test
    void testsNameTheirEquation() {
        Session session = session();
        Estimates e = session.fit("memlogit y x, b(1) || id:").estimates();
        assertEquals(2, answer(session, "test x").values().get("df"));
        assertEquals(1, answer(session, "test [2]x").values().get("df"));
        assertEquals(2, answer(session, "testparm x").values().get("df"));
        double difference = answer(session, "lincom [2]x - _b[3:x]").rows().get(0).estimate();
        assertEquals(of(e, "2:x") - of(e, "3:x"), difference, 1e-12);
        EchelonException several = assertThrows(EchelonException.class, () -> session.run("lincom x"));
        assertTrue(several.getMessage().contains("several equations") && several.getMessage().contains("[2]x"), several.getMessage());
        List<Answer.Row> icc = answer(session, "estat icc").rows();
        assertEquals(List.of("2:id", "3:id"), icc.stream().map(Answer.Row::term).toList());
        double v = of(e, "var(2:_cons[id])");
        assertEquals(v / (v + Math.PI * Math.PI / 3), icc.get(0).estimate(), 1e-12);
    }

    @Test
    void mistakesAreAnsweredByTheMend() {
        assertMessage("memlogit y x, baseoutcome(7) || id:", "no such outcome", "Its outcomes are 1, 2, 3");
        assertMessage("memlogit mode x, baseoutcome(buss) || id:", "did you mean bus?");
        assertMessage("memlogit y x if y == 2 || id:", "does not vary", "outcome 2");
        assertMessage("memlogit x y || id:", "whole numbers", "egen y = group(x)");
        assertMessage("memlogit id x || place:", "160 outcomes", "at most 50");
        assertMessage("memlogit y x, intmethod(laplace) || id:, fweight(w)", "weights are not allowed with intmethod(laplace)");
        assertMessage("memlogit y x || _all: R.id", "no R.id");
        assertMessage("melogit y x || id:, shared", "memlogit");
    }

    private static void assertMessage(String command, String... parts) {
        EchelonException x = assertThrows(EchelonException.class, () -> fit(command), command);
        for (String part : parts) {
            assertTrue(x.getMessage().contains(part), command + ": " + x.getMessage());
        }
    }

    @Test
    void tablesHaveABlockAnOutcome() {
        Session session = session();
        Fit fit = session.fit("memlogit y x, baseoutcome(1) rrr || id:");
        List<String> lines = fit.toString().lines().toList();
        assertTrue(lines.stream().anyMatch(l -> l.startsWith("Mixed-effects multinomial logistic regression")), fit.toString());
        int base = lines.indexOf("1            |  (base outcome)");
        assertTrue(base > 0, fit.toString());
        assertEquals("-------------+----------------------------------------------------------------", lines.get(base + 1));
        assertEquals("2            |", lines.get(base + 2));
        assertTrue(lines.get(base + 3).startsWith("           x |   " + String.format(Locale.ROOT, "%.2f",
                Math.exp(of(fit.estimates(), "2:x")))), lines.get(base + 3));
        assertTrue(lines.stream().anyMatch(l -> l.contains("        RRR   Std. Err.")), fit.toString());
        assertTrue(fit.toJson().contains("\"equation\":\"2\",\"term\":\"2:x\""), fit.toJson());
        String html = session.report();
        assertTrue(html.contains("1 (base outcome)"));
        session.fit("memlogit y i.place x if place < 3, baseoutcome(1) intmethod(laplace) || id:, shared");
        assertEquals(3, ((Answered) session.run("margins place, predict(outcome(2)) at(x=0)").orElseThrow()).answer().rows().size());
    }
}
