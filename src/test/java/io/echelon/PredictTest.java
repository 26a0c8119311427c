package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.linalg.Cholesky;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} from the command to the rows. */
class PredictTest {
    private final SparkSession spark = TestSession.spark();
    private final Echelon echelon = Echelon.on(spark);

    @TempDir
    private Path folder;

    private static JsonNode golden(String name) throws IOException {
        Path path = Path.of(System.getProperty("echelon.shared", "../shared"), "golden", name + ".json");
        assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not at hand");
        return new ObjectMapper().readTree(path.toFile());
    }

    private static double beta(Estimates e, String term) {
        return e.coefficients().stream().filter(c -> c.term().equals(term)).findFirst().orElseThrow().estimate();
    }

    @Test
    void randomEffectsOfTheFirstTenPigs() throws IOException {
        JsonNode golden = golden("stata_pig_ri").path("ranef");
        Session session = echelon.open(TestSession.shared("pig.csv"));
        session.fit("mixed weight week || id:");
        session.run(golden.path("command").asText());
        assertEquals(432, session.data().filter("r_int is not null").count());
        for (int i = 0; i < 10; i++) {
            Row pig = session.data().filter("id = " + golden.path("id").get(i).asInt()).first();
            double wanted = golden.path("r_int").get(i).asDouble();
            // Stata stops before the exact maximum; the variances differ in the sixth digit.
            assertEquals(wanted, pig.<Double>getAs("r_int"), 2e-6 * Math.abs(wanted));
        }
    }

    @Test
    void randomSlopes() throws IOException {
        JsonNode golden = golden("pig_rs_uns_ml").path("ranef");
        Session session = echelon.open(TestSession.shared("pig.csv"));
        session.fit("mixed weight week || id: week, covariance(unstructured)");
        session.run("predict double u*, reffects");
        for (int i = 0; i < 5; i++) {
            Row pig = session.data().filter("id = " + golden.path("id").get(i).asInt()).first();
            assertEquals(golden.path("week").get(i).asDouble(), pig.<Double>getAs("u1"), 1e-5);
            assertEquals(golden.path("cons").get(i).asDouble(), pig.<Double>getAs("u2"), 5e-5);
        }
    }

    @Test
    void empiricalBayesMeansAndModesOfTheAdmissions() throws IOException {
        JsonNode golden = golden("admissions_eb");
        Session session = echelon.open(TestSession.shared("admissions.csv"));
        session.fit("melogit nadmitted female || department:, binomial(napplied) intpoints(21)");
        session.run("predict u, reffects reses(se)");
        session.run("predict m, reffects ebmodes reses(sem)");
        for (int i = 0; i < 23; i++) {
            Row row = session.data().filter("department = " + golden.path("department").get(i).asInt()).first();
            assertEquals(golden.path("eb_mean").get(i).asDouble(), row.<Double>getAs("u"), 1e-4);
            assertEquals(golden.path("eb_mean_se").get(i).asDouble(), row.<Double>getAs("se"), 1e-4);
            assertEquals(golden.path("eb_mode").get(i).asDouble(), row.<Double>getAs("m"), 1e-4);
            assertEquals(golden.path("eb_mode_se").get(i).asDouble(), row.<Double>getAs("sem"), 1e-4);
        }
    }

    /** 40 schools of 3 classes of 5 pupils, with a factor variable and text keys. */
    private Dataset<Row> pupils(int from, int to) {
        return spark.range(from, to, 1, 2).selectExpr("concat('s', id div 15) AS school", "id div 5 % 3 AS class",
                "id % 4 AS g", "sin(id * 12.9898) AS x",
                "2 + sin(id * 12.9898) + (id % 4) * 0.2 + 1.5 * sin((id div 15) * 78.233) + sin((id div 5) * 37.719)"
                        + " + sin(id * 3.7) AS y");
    }

    @Test
    void statisticsOfMixedAddUpOnNewGroupsAndStoredFits() {
        Session session = echelon.open(pupils(0, 600));
        Fit fit = session.fit("mixed y x i.g || school: x || class:");
        String out = folder.resolve("results").toString();
        session.write(echelon.folder(out, false));
        // Schools 30 to 39 were seen, 40 to 44 were not.
        Session later = echelon.open(pupils(450, 675)).restore(out);
        for (Session s : List.of(session, later)) {
            s.run("predict xb");
            s.run("predict e, residuals");
            s.run("predict f, fitted");
            s.run("predict f1, fitted relevel(school)");
            s.run("predict u*, reffects");
            s.run("predict r, rstandard");
            s.run("predict s if x > 0, stdp");
            double sigma = Math.sqrt(fit.estimates().varianceComponents().get(3).estimate());
            assertEquals(0, s.data().filter("abs(f1 - (xb + u1 * x + u2)) > 1e-12 or abs(f - (f1 + u3)) > 1e-12"
                    + " or abs(e - (y - f)) > 1e-12 or abs(r - e / " + sigma + ") > 1e-12").count());
            Row first = s.data().filter("g = 3").first();
            assertEquals(beta(fit.estimates(), "_cons") + beta(fit.estimates(), "x") * first.<Double>getAs("x")
                    + beta(fit.estimates(), "3.g"), first.<Double>getAs("xb"), 1e-12);
            assertEquals(s.data().filter("x > 0").count(), s.data().filter("s > 0").count());
        }
        assertEquals(75, later.data().filter("u1 = 0 and u2 = 0 and u3 = 0 and f = xb").count());
        String said = later.run("predict again, fitted").orElseThrow().toString();
        assertTrue(said.contains("note: 5 groups of school were not seen in estimation"), said);
        assertTrue(said.contains("15 groups of school>class were not seen"), said);
        Row one = session.data().filter("id is null or y is not null").first();
        Row same = fit.randomEffects().filter("level = 'school' and term = '_cons' and group = '" + one.getAs("school") + "'").first();
        assertEquals(same.<Double>getAs("estimate"), one.<Double>getAs("u2"));
        session.write(echelon.folder(out, true));
        assertEquals(600, echelon.stored(out).table("predictions").filter("f is not null").count());
    }

    /** Limits against the inverse of the mixed model equations (Henderson 1975). */
    @Test
    void limitsCarryTheErrorsOfFixedAndRandomEffects() {
        Session session = echelon.open(pupils(0, 600));
        Estimates e = session.fit("mixed y x || school: x || class:").estimates();
        session.run("predict f, fitted ci level(90)");
        double sx = e.varianceComponents().get(0).estimate();
        double s0 = e.varianceComponents().get(1).estimate();
        double sc = e.varianceComponents().get(2).estimate();
        double s2 = e.varianceComponents().get(3).estimate();
        List<Row> rows = session.data().select("school", "class", "x", "f", "f_lb", "f_ub").collectAsList();
        int q = 2 + 80 + 120;
        double[][] c = new double[q][q];
        for (Row r : rows) {
            double[] w = columns(r, q);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q && w[i] != 0; j++) {
                    c[i][j] += w[i] * w[j] / s2;
                }
            }
        }
        for (int j = 2; j < q; j++) {
            c[j][j] += 1 / (j >= 82 ? sc : j % 2 == 0 ? sx : s0);
        }
        double[][] inverse = Cholesky.of(c).orElseThrow().inverse();
        for (Row r : rows.subList(0, 40)) {
            double[] w = columns(r, q);
            double variance = 0;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q && w[i] != 0; j++) {
                    variance += w[i] * inverse[i][j] * w[j];
                }
            }
            double width = 1.6448536269514722 * Math.sqrt(variance);
            assertEquals(r.<Double>getAs("f") - width, r.<Double>getAs("f_lb"), 1e-7);
            assertEquals(r.<Double>getAs("f") + width, r.<Double>getAs("f_ub"), 1e-7);
        }
        // A school that was not seen adds its whole variance, a class that was not seen that of classes.
        session.run("replace school = \"new\" if x > 0");
        session.run("predict n, fitted ci(lo hi)");
        double sigma = e.vcov().matrix()[0][0];
        Row row = session.data().filter("x > 0").first();
        double x = row.getAs("x");
        double[][] v = e.vcov().matrix();
        double variance = x * x * sigma + 2 * x * v[0][1] + v[1][1] + x * x * sx + s0 + sc;
        assertEquals(2 * 1.959963984540054 * Math.sqrt(variance), row.<Double>getAs("hi") - row.<Double>getAs("lo"), 1e-9);
        assertError("option ci goes with xb and fitted, not with reffects", () -> session.run("predict z*, reffects ci"));
    }

    private static double[] columns(Row r, int q) {
        double[] w = new double[q];
        int school = Integer.parseInt(r.<String>getAs("school").substring(1));
        w[0] = r.getAs("x");
        w[1] = 1;
        w[2 + 2 * school] = w[0];
        w[3 + 2 * school] = 1;
        w[82 + 3 * school + (int) (long) r.<Long>getAs("class")] = 1;
        return w;
    }

    @Test
    void limitsOfMeans() {
        Session session = echelon.open("sample-configs/data/cbpp.csv");
        Estimates e = session.fit("melogit incidence i.period || herd:, binomial(size)").estimates();
        session.run("predict m, mu ci");
        session.run("predict p, pr fixedonly ci");
        session.run("predict xb, xb");
        session.run("predict s, stdp");
        assertEquals(0, session.data().filter("abs(p_lb - 1 / (1 + exp(-(xb - 1.959963984540054 * s)))) > 1e-12 or m_lb >= m"
                + " or p <= p_lb").count());
        assertEquals(4, e.coefficients().stream().filter(k -> !Double.isNaN(k.stdError())).count());
    }

    /** Var(u | y) + a'Var(θ)a with a = ∂η̂/∂θ, the posterior mean of a group by a fine rule. */
    @Test
    void limitsGivenTheGroupCarryTheErrorsOfAllParameters() {
        Session session = echelon.open("sample-configs/data/cbpp.csv");
        Estimates e = session.fit("melogit incidence i.period || herd:, binomial(size) intpoints(25)").estimates();
        session.run("predict m, eta ci");
        List<Row> herd = session.data().filter("herd = 3").select("incidence", "size", "period", "m", "m_lb", "m_ub").collectAsList();
        double[] theta = new double[5];
        for (int j = 0; j < 4; j++) {
            theta[j] = e.coefficients().get(j + 1).estimate();
        }
        theta[4] = e.estimationMetric().get(0).estimate();
        double[][] v = e.vcov().matrix();
        for (Row row : herd) {
            double[] a = new double[5];
            for (int k = 0; k < 5; k++) {
                double h = 1e-4;
                double[] up = theta.clone();
                double[] down = theta.clone();
                up[k] += h;
                down[k] -= h;
                a[k] = (posterior(herd, up)[0] + linear(row, up) - posterior(herd, down)[0] - linear(row, down)) / (2 * h);
            }
            double variance = posterior(herd, theta)[1];
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 5; j++) {
                    variance += a[i] * v[i][j] * a[j];
                }
            }
            double width = 1.959963984540054 * Math.sqrt(variance);
            double eta = linear(row, theta) + posterior(herd, theta)[0];
            assertEquals(eta, row.<Double>getAs("m"), 1e-6);
            assertEquals(eta - width, row.<Double>getAs("m_lb"), 2e-5);
            assertEquals(eta + width, row.<Double>getAs("m_ub"), 2e-5);
        }
    }

    private static double linear(Row row, double[] theta) {
        int period = ((Number) row.getAs("period")).intValue();
        return theta[3] + (period > 1 ? theta[period - 2] : 0);
    }

    /** Posterior mean and variance of the effect of a group. */
    private static double[] posterior(List<Row> rows, double[] theta) {
        double[] moments = new double[3];
        for (double t = -9; t <= 9; t += 0.01) {
            double u = Math.exp(theta[4]) * t;
            double log = -t * t / 2;
            for (Row r : rows) {
                double eta = linear(r, theta) + u;
                log += ((Number) r.getAs("incidence")).doubleValue() * eta
                        - ((Number) r.getAs("size")).doubleValue() * Math.log1p(Math.exp(eta));
            }
            for (int k = 0; k < 3; k++) {
                moments[k] += Math.exp(log) * Math.pow(u, k);
            }
        }
        double mean = moments[1] / moments[0];
        return new double[] {mean, moments[2] / moments[0] - mean * mean};
    }

    /**
     * Random intercepts and slopes of 150 schools and intercepts of 450 classes. Over data sets like this one the limits cover
     * 0.93 to 0.96 of the true values.
     */
    @Test
    void coverageOfLimitsOnNestedLevels() {
        Random random = new Random(2);
        List<Row> rows = new ArrayList<>();
        for (int school = 0; school < 150; school++) {
            double u = 0.6 * random.nextGaussian();
            double slope = 0.4 * random.nextGaussian() + 0.3 * u;
            for (int k = 0; k < 3; k++) {
                double w = 0.4 * random.nextGaussian();
                for (int i = 0; i < 4; i++) {
                    double x = random.nextGaussian();
                    double eta = 0.5 + 0.3 * x + u + slope * x + w;
                    int count = 0;
                    for (double p = random.nextDouble(), term = Math.exp(-Math.exp(eta)); p > term && count < 400;) {
                        p -= term;
                        term *= Math.exp(eta) / ++count;
                    }
                    rows.add(RowFactory.create("s" + school, k, x, eta, count));
                }
            }
        }
        Dataset<Row> data = spark.createDataFrame(rows, new StructType().add("school", "string").add("class", "int")
                .add("x", "double").add("truth", "double").add("c", "int"));
        Session session = echelon.open(data);
        session.fit("mepoisson c x || school: x, covariance(unstructured) || class:, intmethod(laplace)");
        for (String given : List.of("ebmeans", "ebmodes")) {
            session.run("predict p_" + given + ", eta conditional(" + given + ") ci");
            long inside = session.data().filter("truth between p_" + given + "_lb and p_" + given + "_ub").count();
            assertEquals(0.95, inside / 1800.0, 0.015, given);
        }
    }

    @Test
    void limitsOfStoredFitsReadTheEstimationDataAgain() {
        for (String[] one : new String[][] {
            {"sleepstudy", "mixed reaction days || subject: days, covariance(unstructured)", "fitted", "subject = 310 and days > 5"},
            {"cbpp", "melogit incidence i.period || herd:, binomial(size)", "mu", "herd = 3"}}) {
            Session session = echelon.open("sample-configs/data/" + one[0] + ".csv");
            session.fit(one[1]);
            Session other = echelon.open(session.data().filter(one[3]));
            session.run("predict f, ci " + one[2]);
            String out = folder.resolve(one[0]).toString();
            session.write(echelon.folder(out, false));
            Session later = other.restore(out);
            later.run("predict f, ci " + one[2]);
            List<Row> wanted = session.data().filter(one[3]).select("f", "f_lb", "f_ub").collectAsList();
            List<Row> got = later.data().select("f", "f_lb", "f_ub").collectAsList();
            assertEquals(4, got.size());
            for (int i = 0; i < 4; i++) {
                for (int k = 0; k < 3; k++) {
                    assertEquals(wanted.get(i).getDouble(k), got.get(i).getDouble(k), 1e-7 * Math.abs(wanted.get(i).getDouble(k)));
                }
            }
        }
    }

    @Test
    void crossedEffects() {
        Session session = echelon.open(spark.range(0, 120, 1, 2).selectExpr("id % 10 AS a", "concat('b', id div 12) AS b",
                "sin(id % 10) + cos(id div 12) + 0.5 * sin(id * 3.7) AS y"));
        for (String command : List.of("mixed y || _all: R.a || _all: R.b", "meglm y || _all: R.a || b:")) {
            Fit fit = session.fit(command);
            session.run("predict u*, reffects");
            session.run("predict f, " + (command.startsWith("mixed") ? "fitted" : "mu"));
            double constant = beta(fit.estimates(), "_cons");
            assertEquals(0, session.data().filter("abs(f - (" + constant + " + u1 + u2)) > 1e-12").count());
            assertEquals(10, session.data().select("u1").distinct().count());
            assertEquals(10, session.data().select("u2").distinct().count());
            session.runAll("drop u1 u2\ndrop f");
        }
    }

    @Test
    void badInput() {
        Session session = echelon.open(pupils(0, 600));
        assertError("predict works on the results of an estimation", () -> session.run("predict xb"));
        session.fit("mixed y x i.g || school:");
        assertError("predict has no statistic mu after mixed; it has xb, stdp, fitted", () -> session.run("predict m, mu"));
        assertError("variable y already defined", () -> session.run("predict y"));
        assertError("predict: there are 1 variables to make and 2 names", () -> session.run("predict a b"));
        assertError("relevel(class): no such level", () -> session.run("predict a, reffects relevel(class)"));
        assertError("options conditional() and marginal do not go", () -> session.run("predict a, fitted marginal"));
        session.run("replace g = 7 if g == 3");
        assertError("factor variable g has the value 7, not seen in estimation", () -> session.run("predict a"));
        session.run("predict a if g < 7");
        assertEquals(450, session.data().filter("a is not null").count());
        session.run("drop x");
        assertError("variable x not found in the data", () -> session.run("predict b"));
        session.fit("mepoisson class || school:");
        assertError("predict has no statistic surv after mepoisson", () -> session.run("predict b, surv"));
        assertError("option marginal does not go with pearson", () -> session.run("predict b, pearson marginal"));
        assertError("outcome() goes with pr after", () -> session.run("predict b, outcome(1)"));
    }

    @Test
    void missingValuesAndConditions() {
        Session session = echelon.open(pupils(0, 600));
        session.fit("mixed y x || school:");
        session.run("replace x = . if g == 0");
        assertTrue(session.run("predict f, fitted").orElseThrow().toString().contains("(150 missing values generated)"));
        assertNull(session.data().filter("g = 0").first().getAs("f"));
        session.run("predict float k if g == 1, xb");
        assertEquals(150, session.data().filter("k is not null").count());
    }

    private static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
        EchelonException e = assertThrows(EchelonException.class, action);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
