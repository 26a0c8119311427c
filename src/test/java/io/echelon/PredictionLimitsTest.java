package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.linalg.Cholesky;
import io.echelon.spark.TestSession;
import io.echelon.spark.engine.DriverBudget;
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

/** {@code predict, ci}: limits of predictions. */
class PredictionLimitsTest {
    private final SparkSession spark = TestSession.spark();
    private final Echelon echelon = Echelon.on(spark);

    @TempDir
    private Path folder;

    /** Limits against the inverse of the mixed model equations (Henderson 1975). */
    @Test
    void limitsCarryTheErrorsOfFixedAndRandomEffects() {
        Session session = echelon.open(PredictTest.pupils(0, 600));
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

    /** Crossed factors, one of them with a slope, against the inverse of the mixed model equations. */
    @Test
    void limitsOfCrossedEffects() {
        Session session = echelon.open(spark.range(0, 240, 1, 2).selectExpr("id % 8 AS a", "concat('b', id * 7 div 3 % 12) AS b",
                "sin(id * 12.9898) AS x", "2 + 0.5 * sin(id * 12.9898) * (1 + 2 * sin((id % 8) * 5.1)) + 2 * sin((id % 8) * 3.3)"
                        + " + cos((id * 7 div 3 % 12) * 17.1) + 0.7 * sin(id * 3.7) AS y"));
        Estimates e = session.fit("mixed y x || _all: R.b || a: x").estimates();
        session.run("predict f, fitted ci");
        double sb = e.varianceComponents().get(0).estimate();
        double sx = e.varianceComponents().get(1).estimate();
        double s0 = e.varianceComponents().get(2).estimate();
        double s2 = e.varianceComponents().get(3).estimate();
        int q = 2 + 12 + 16;
        double[][] c = new double[q][q];
        List<Row> rows = session.data().collectAsList();
        for (Row r : rows) {
            double[] w = crossedColumns(r, q);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    c[i][j] += w[i] * w[j] / s2;
                }
            }
        }
        for (int j = 2; j < q; j++) {
            c[j][j] += 1 / (j < 14 ? sb : j % 2 == 0 ? sx : s0);
        }
        double[][] inverse = Cholesky.of(c).orElseThrow().inverse();
        for (Row r : rows) {
            double[] w = crossedColumns(r, q);
            double variance = 0;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    variance += w[i] * inverse[i][j] * w[j];
                }
            }
            double width = 1.959963984540054 * Math.sqrt(variance);
            assertEquals(r.<Double>getAs("f") - width, r.<Double>getAs("f_lb"), 1e-7);
            assertEquals(r.<Double>getAs("f") + width, r.<Double>getAs("f_ub"), 1e-7);
        }
        // A group that was not seen adds its whole variance, whatever the other factor is.
        session.run("replace b = \"new\"");
        session.run("predict g, fitted ci");
        assertEquals(0, session.data().filter("g_ub - g_lb < 3.9 * sqrt(" + sb + ") or not g_ub - g_lb > 0").count());
    }

    private static double[] crossedColumns(Row r, int q) {
        double[] w = new double[q];
        w[0] = r.getAs("x");
        w[1] = 1;
        w[2 + Integer.parseInt(r.<String>getAs("b").substring(1))] = 1;
        int a = (int) (long) r.<Long>getAs("a");
        w[14 + 2 * a] = w[0];
        w[15 + 2 * a] = 1;
        return w;
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

    /** Effects that are joined by group give what those sent to every executor give, rows in their order. */
    @Test
    void joinedEffects() {
        Session session = echelon.open(PredictTest.pupils(0, 600));
        session.fit("mixed y x || school: x || class:");
        String out = folder.resolve("results").toString();
        session.write(echelon.folder(out, false));
        // Schools 30 to 39 were seen, 40 to 44 were not.
        Session other = echelon.open(PredictTest.pupils(450, 675)).restore(out);
        String told = other.run("predict double a, fitted ci").orElseThrow().toString();
        other.run("predict double u*, reffects reses(s*)");
        List<Row> wanted = other.data().select("x", "a", "a_lb", "a_ub", "u1", "s1").collectAsList();
        other.run("drop a a_lb a_ub u1 u2 u3 s1 s2 s3");
        spark.conf().set(DriverBudget.EFFECTS, "1");
        try {
            assertEquals(told, other.run("predict double a if x > -2, fitted ci").orElseThrow().toString());
            other.run("predict double u*, reffects reses(s*)");
            List<Row> got = other.data().select("x", "a", "a_lb", "a_ub", "u1", "s1").collectAsList();
            for (int i = 0; i < 225; i++) {
                for (int k = 0; k < 6; k++) {
                    assertEquals(wanted.get(i).getDouble(k), got.get(i).getDouble(k), 1e-9);
                }
            }
        } finally {
            spark.conf().unset(DriverBudget.EFFECTS);
        }
    }

    private static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
        EchelonException e = assertThrows(EchelonException.class, action);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
