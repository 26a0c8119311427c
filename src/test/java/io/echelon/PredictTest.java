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
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hipparchus.distribution.continuous.NormalDistribution;
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
    static Dataset<Row> pupils(int from, int to) {
        return TestSession.spark().range(from, to, 1, 2).selectExpr("concat('s', id div 15) AS school", "id div 5 % 3 AS class",
                "id % 4 AS g", "14 - id % 15 AS t", "sin(id * 12.9898) AS x",
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

    /** Whitened by L⁻¹: of an AR(1) series (e_t − ρ e_{t−1})/(σ√(1 − ρ²)), of categories e over their own standard deviation. */
    @Test
    void standardizedResidualsOfStructures() {
        Session session = echelon.open(pupils(0, 600));
        Estimates e = session.fit("mixed y x || school:, residuals(ar 1, t(t))").estimates();
        session.runAll("replace x = . if t == 5 & school == \"s3\"\npredict e, residuals\npredict r, rstandard\npredict z if t < 14, rstandard");
        double rho = e.varianceComponents().get(1).estimate();
        double sigma = Math.sqrt(e.varianceComponents().get(2).estimate());
        List<Row> rows = session.data().collectAsList();
        for (int i = 0; i < 600; i++) {
            boolean last = i % 15 == 14;
            Row row = rows.get(i);
            if (i == 3 * 15 + 9 || i == 3 * 15 + 8) {
                assertEquals(i % 15 == 9, row.isNullAt(row.fieldIndex("r")));
                continue;
            }
            double wanted = last ? row.<Double>getAs("e") / sigma
                    : (row.<Double>getAs("e") - rho * rows.get(i + 1).<Double>getAs("e")) / (sigma * Math.sqrt(1 - rho * rho));
            assertEquals(wanted, row.<Double>getAs("r"), 1e-9);
            assertEquals(i % 15 == 0, row.isNullAt(row.fieldIndex("z")));
        }
        e = session.fit("mixed y x || school:, residuals(independent, by(g))").estimates();
        session.runAll("predict e2, residuals\npredict r2, rstandard");
        for (int g = 0; g < 4; g++) {
            double sd = Math.sqrt(e.varianceComponents().get(1 + g).estimate());
            assertEquals(0, session.data().filter("g = " + g + " and abs(r2 - e2 / " + sd + ") > 1e-9").count());
        }
    }

    /** In closed form: exp(xβ + z'Σz/2) of a Poisson mean, Φ(xβ/√(1 + z'Σz)) of a probit; two equations stand for one level. */
    @Test
    void marginalPredictionsInClosedForm() {
        Session session = echelon.open(pupils(0, 600).selectExpr("*", "cos(int(substr(school, 2)) * 5.1 + class) as w",
                "int(exp(0.4 + 0.3 * y)) as c", "int(y > 2.3) as b"));
        Estimates e = session.fit("mepoisson c x || school: x, covariance(unstructured) || school: w, noconstant || class:,"
                + " intmethod(laplace)").estimates();
        assertEquals(List.of("var(x[school])", "var(_cons[school])", "var(w[school])", "cov(x,_cons[school])",
                "var(_cons[school>class])"), e.varianceComponents().stream().map(v -> v.term()).toList());
        double[] v = e.varianceComponents().stream().mapToDouble(c -> c.estimate()).toArray();
        session.runAll("predict m, mu marginal\npredict xb, xb");
        assertEquals(0, session.data().filter("abs(m / exp(xb + (" + v[0] + " * x * x + " + v[1] + " + " + v[2] + " * w * w + 2 * "
                + v[3] + " * x + " + v[4] + ") / 2) - 1) > 1e-9").count());
        session.run("drop xb");
        e = session.fit("meprobit b x || school: x, covariance(unstructured) || class:, intmethod(laplace)").estimates();
        double[] u = e.varianceComponents().stream().mapToDouble(c -> c.estimate()).toArray();
        session.runAll("predict p, pr marginal\npredict xb, xb");
        for (Row row : session.data().limit(50).collectAsList()) {
            double x = row.getAs("x");
            double s2 = u[0] * x * x + u[1] + 2 * u[2] * x + u[3];
            assertEquals(new NormalDistribution().cumulativeProbability(row.<Double>getAs("xb") / Math.sqrt(1 + s2)),
                    row.<Double>getAs("p"), 1e-10);
        }
    }

    @Test
    void saysWhatItIsBasedOn() {
        Session session = echelon.open("sample-configs/data/cbpp.csv");
        session.fit("melogit incidence i.period || herd:, binomial(size)");
        assertEquals("""
                (option mu assumed)
                (m: Mean)
                (predictions based on fixed effects and posterior means of random effects)
                (using 7 quadrature points)
                """, session.run("predict m").orElseThrow().toString());
        assertEquals("""
                (u se: Random effects)
                (calculating posterior modes of random effects)
                """, session.run("predict u, reffects ebmodes reses(se)").orElseThrow().toString());
        assertEquals("(s: S.E. of the linear prediction, fixed portion)\n", session.run("predict s, stdp").orElseThrow().toString());
    }

    @Test
    void probabilitiesOfOutcomesSayWhichTheyAreOf() {
        Session session = echelon.open("sample-configs/data/wine.csv");
        session.fit("meologit rating i.temp || judge:, intmethod(laplace)");
        assertTrue(session.run("predict p*").orElseThrow().toString().startsWith(
                "(option pr assumed)\n(p1 p2 p3 p4 p5: Predicted probability of rating = 1, 2, 3, 4, 5)\n"));
        assertTrue(session.run("predict q, outcome(#3)").orElseThrow().toString().contains("(q: Predicted probability of rating = 3)"));
        assertEquals(0, session.data().filter("abs(p1 + p2 + p3 + p4 + p5 - 1) > 1e-12 or p3 <> q").count());
        session.run("predict r");
        assertEquals(0, session.data().filter("p1 <> r").count());
        assertError("predict: there are 5 variables to make and 2 names", () -> session.run("predict a b, pr"));
        assertError("outcome(9): the response has the values 1, 2, 3, 4, 5", () -> session.run("predict a, outcome(9)"));
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
