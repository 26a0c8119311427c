package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.fit.Estimates;
import io.echelon.linalg.Cholesky;
import io.echelon.spark.TestSession;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** {@code predict, ci} given the groups of crossed generalized models. */
class CrossedLimitsTest {
    private static final double Z = 1.959963984540054;
    private static final int B = 12;
    private static final int EFFECTS = B + 16;

    private static Session counts() {
        return Echelon.on(TestSession.spark()).open(TestSession.spark().range(0, 240, 1, 2).selectExpr("id % 8 AS a",
                "concat('b', lpad(id * 7 div 3 % 12, 2, '0')) AS b", "sin(id * 12.9898) AS x", "floor(exp(0.5 + 0.5 * sin(id * 12.9898) * (1 + "
                        + "2 * sin((id % 8) * 5.1)) + 1.1 * sin((id % 8) * 3.3) + cos((id * 7 div 3 % 12) * 17.1) + 0.7 * sin(id * 3.7))) AS y"));
    }

    /** Against the joint mode and its derivatives in all parameters, found with dense matrices. */
    @Test
    void limitsCarryTheJointErrorsOfTheTerms() {
        Session session = counts();
        Estimates e = session.fit("mepoisson y x || _all: R.b || a: x").estimates();
        assertEquals(List.of("x", "_cons", "lns1_1_1", "lns2_1_1", "lns2_1_2"), e.vcov().names());
        session.run("predict eta, eta ci");
        session.run("predict mu, mu ci");
        double[] theta = new double[5];
        for (int k = 0; k < 5; k++) {
            theta[k] = k < 2 ? e.coefficients().get(k).estimate() : e.estimationMetric().get(k - 2).estimate();
        }
        List<Row> rows = session.data().collectAsList();
        double[][] z = rows.stream().map(CrossedLimitsTest::columns).toArray(double[][]::new);
        double[] u = mode(rows, z, theta);
        double[][] posterior = Cholesky.of(hessian(rows, z, theta, u)).orElseThrow().inverse();
        double[][] slopes = new double[5][];
        for (int k = 0; k < 5; k++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[k] += 1e-4;
            down[k] -= 1e-4;
            double[] high = mode(rows, z, up);
            double[] low = mode(rows, z, down);
            slopes[k] = IntStream.range(0, EFFECTS).mapToDouble(i -> (high[i] - low[i]) / 2e-4).toArray();
        }
        double[][] v = e.vcov().matrix();
        for (int i = 0; i < rows.size(); i += 7) {
            Row r = rows.get(i);
            double[] along = new double[5];
            for (int k = 0; k < 5; k++) {
                along[k] = (k == 0 ? r.<Double>getAs("x") : k == 1 ? 1 : 0) + product(z[i], slopes[k]);
            }
            double variance = quadratic(along, v) + quadratic(z[i], posterior);
            double eta = theta[0] * r.<Double>getAs("x") + theta[1] + product(z[i], u);
            assertEquals(eta, r.<Double>getAs("eta"), 1e-5);
            assertEquals(eta - Z * Math.sqrt(variance), r.<Double>getAs("eta_lb"), 1e-4);
            assertEquals(eta + Z * Math.sqrt(variance), r.<Double>getAs("eta_ub"), 1e-4);
            assertEquals(Math.exp(r.<Double>getAs("eta_ub")), r.<Double>getAs("mu_ub"), 1e-9 * r.<Double>getAs("mu_ub"));
        }
        session.run("replace b = \"new\"");
        session.run("predict fresh, eta ci");
        double sb = e.varianceComponents().get(0).estimate();
        assertEquals(0, session.data().filter("fresh_ub - fresh_lb < 3.9 * sqrt(" + sb + ")").count());
    }

    private static double[] columns(Row r) {
        double[] z = new double[EFFECTS];
        z[Integer.parseInt(r.<String>getAs("b").substring(1))] = 1;
        int a = (int) (long) r.<Long>getAs("a");
        z[B + 2 * a] = r.getAs("x");
        z[B + 2 * a + 1] = 1;
        return z;
    }

    private static double product(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double quadratic(double[] a, double[][] v) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * product(v[i], a)).sum();
    }

    private static double precision(double[] theta, int effect) {
        return Math.exp(-2 * theta[effect < B ? 2 : effect % 2 == 0 ? 3 : 4]);
    }

    private static double mean(Row r, double[] z, double[] theta, double[] u) {
        return Math.exp(theta[0] * r.<Double>getAs("x") + theta[1] + product(z, u));
    }

    private static double[][] hessian(List<Row> rows, double[][] z, double[] theta, double[] u) {
        double[][] h = new double[EFFECTS][EFFECTS];
        for (int n = 0; n < z.length; n++) {
            double mu = mean(rows.get(n), z[n], theta, u);
            for (int i = 0; i < EFFECTS; i++) {
                for (int j = 0; j < EFFECTS && z[n][i] != 0; j++) {
                    h[i][j] += mu * z[n][i] * z[n][j];
                }
            }
        }
        for (int i = 0; i < EFFECTS; i++) {
            h[i][i] += precision(theta, i);
        }
        return h;
    }

    private static double[] mode(List<Row> rows, double[][] z, double[] theta) {
        double[] u = new double[EFFECTS];
        for (int step = 0; step < 30; step++) {
            double[] g = new double[EFFECTS];
            for (int n = 0; n < z.length; n++) {
                double rest = rows.get(n).<Long>getAs("y") - mean(rows.get(n), z[n], theta, u);
                for (int i = 0; i < EFFECTS; i++) {
                    g[i] += rest * z[n][i];
                }
            }
            for (int i = 0; i < EFFECTS; i++) {
                g[i] -= precision(theta, i) * u[i];
            }
            double[] move = Cholesky.of(hessian(rows, z, theta, u)).orElseThrow().solve(g);
            for (int i = 0; i < EFFECTS; i++) {
                u[i] += move[i];
            }
        }
        return u;
    }
}
