package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.spark.TestSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict, scores}: zero in sum at the maximum, the derivatives of each group, what {@code vce(robust)} is made of. */
class ScoresTest {
    private final SparkSession spark = TestSession.spark();
    private final Echelon echelon = Echelon.on(spark);

    @TempDir
    private Path folder;

    /** 40 schools of 3 classes of 5 pupils; text and number keys, badly scaled columns, ordered and survival responses. */
    private Dataset<Row> pupils() {
        return spark.range(0, 600, 1, 2).selectExpr("concat('s', id div 15) AS school", "id div 5 AS class", "id % 5 AS t", "id % 15 AS n",
                "1000 + 10 * sin(id * 12.9898) AS x",
                "2000 + 20 * (sin(id * 12.9898) * (1 + sin((id div 15) * 5.1)) + 1.5 * sin((id div 15) * 78.233)"
                        + " + sin((id div 5) * 37.719) + sin(id * 3.7)) AS y",
                "sin(id * 12.9898) AS w",
                "int(sin(id * 12.9898) * (1 + 2 * sin((id div 15) * 5.1)) + 1.5 * sin((id div 15) * 78.233) + sin((id div 5) * 37.719) + 2 * sin(id * 3.7) > 0) AS b",
                "int(1 + sin(id * 12.9898) + 1.5 * sin((id div 15) * 78.233) + sin(id * 3.7)"
                        + " + 2 * abs(sin(id * 91.3))) AS o",
                "int(2 * exp(0.3 * sin(id * 12.9898) + 0.8 * sin((id div 15) * 78.233)) * (1 + sin(id * 3.7))) AS c");
    }

    private static double[][] scores(Session session, String stub, int parameters) {
        List<Row> rows = session.data().filter(stub + "1 is not null").collectAsList();
        double[][] s = new double[rows.size()][parameters];
        for (int g = 0; g < s.length; g++) {
            for (int k = 0; k < parameters; k++) {
                s[g][k] = rows.get(g).getAs(stub + (k + 1));
            }
        }
        return s;
    }

    /** The scores of a fit add up to zero, and V(Σ ss')V·G/(G − 1) is the covariance matrix of the robust one. */
    private void agree(String command, double zero) {
        Session session = echelon.open(pupils());
        Estimates model = session.fit(command).estimates();
        double[][] v = model.vcov().matrix();
        int p = v.length;
        session.run("predict double sc*, scores");
        double[][] s = scores(session, "sc", p);
        assertEquals(40, s.length);
        double[][] robust = session.fit(command + (command.contains(",") ? " " : ", ") + "vce(robust)").estimates().vcov().matrix();
        double[][] meat = new double[p][p];
        for (int k = 0; k < p; k++) {
            double sum = 0;
            double size = 0;
            for (double[] one : s) {
                sum += one[k];
                size = Math.max(size, Math.abs(one[k]));
                for (int j = 0; j < p; j++) {
                    meat[k][j] += one[k] * one[j] * 40 / 39.0;
                }
            }
            assertEquals(0, sum, zero * size, command + ": " + model.vcov().names().get(k));
        }
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double wanted = 0;
                for (int k = 0; k < p; k++) {
                    for (int l = 0; l < p; l++) {
                        wanted += v[i][k] * meat[k][l] * v[l][j];
                    }
                }
                assertEquals(robust[i][j], wanted, 1e-5 * Math.sqrt(robust[i][i] * robust[j][j]), command);
            }
        }
    }

    @Test
    void linearModels() {
        agree("mixed y x || school: x, covariance(unstructured)", 1e-5);
        agree("mixed y x || school: || class:", 1e-5);
        agree("mixed y x || school:, residuals(ar 1, t(n))", 1e-5);
        agree("mixed y w || school: w, covariance(exchangeable)", 1e-5);
    }

    @Test
    void generalizedModels() {
        agree("melogit b w || school: w, covariance(unstructured)", 2e-3);
        agree("meologit o w || school: || class:, intpoints(5)", 2e-3);
        agree("meglm y w || school:, intpoints(9)", 1e-3);
        agree("menbreg c w || school:, intmethod(laplace)", 1e-4);
    }

    /** Each group by itself: the score of a group is the derivative of ℓ when the group is the whole data set. */
    @Test
    void derivativesOfOneGroup() {
        Session session = echelon.open(pupils());
        Estimates e = session.fit("melogit b w || school:, intpoints(15)").estimates();
        session.run("predict s*, scores");
        Row row = session.data().filter("school = 's7' and s1 is not null").first();
        double[] theta = {e.coefficients().get(0).estimate(), e.coefficients().get(1).estimate(),
                e.estimationMetric().get(0).estimate()};
        for (int k = 0; k < 3; k++) {
            double h = 1e-4;
            double wanted = (logLikelihood(theta, k, h) - logLikelihood(theta, k, -h)) / (2 * h);
            assertEquals(wanted, row.<Double>getAs("s" + (k + 1)), 2e-6, "parameter " + k);
        }
    }

    /** ℓ of school 7 by a fine rule. */
    private double logLikelihood(double[] at, int k, double h) {
        double[] theta = at.clone();
        theta[k] += h;
        List<Row> rows = pupils().filter("school = 's7'").select("b", "w").collectAsList();
        double sum = 0;
        double step = 0.02;
        for (double v = -9; v <= 9; v += step) {
            double f = Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI) * step;
            for (Row r : rows) {
                double eta = theta[1] + theta[0] * r.getDouble(1) + Math.exp(theta[2]) * v;
                f *= 1 / (1 + Math.exp(r.getInt(0) == 1 ? -eta : eta));
            }
            sum += f;
        }
        return Math.log(sum);
    }

    @Test
    void standInTheLastRowOfTheGroupOnStoredFitsToo() {
        Session session = echelon.open(pupils());
        session.fit("mixed y x if t < 4 || school:");
        String out = folder.resolve("results").toString();
        session.write(echelon.folder(out, false));
        String said = session.run("predict sc*, scores").orElseThrow().toString();
        assertEquals("(sc1 sc2 sc3 sc4: Parameter-level scores for x, _cons, lns1_1_1, lnsig_e)\n(560 missing values generated)\n", said);
        List<Row> rows = session.data().collectAsList();
        Session later = echelon.open(pupils()).restore(out);
        later.run("predict sc*, scores");
        List<Row> again = later.data().collectAsList();
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(i % 15 == 13, !rows.get(i).isNullAt(rows.get(i).fieldIndex("sc1")));
            for (int k = 1; k <= 4; k++) {
                assertEquals(rows.get(i).<Double>getAs("sc" + k), again.get(i).<Double>getAs("sc" + k));
            }
        }
        // Other rows of the same groups have scores of their own.
        later.run("predict z* if t < 2, scores");
        assertEquals(40, later.data().filter("t = 1 and z1 is not null").count());
        assertEquals(40, later.data().filter("z1 is not null").count());
    }

    @Test
    void refusals() {
        Session session = echelon.open(pupils());
        session.fit("mixed y x || school:, reml");
        assertError("predict, scores is not available after restricted", () -> session.run("predict sc*, scores"));
        session.fit("mixed y x || school:");
        assertError("predict: scores of x, _cons, lns1_1_1, lnsig_e: there are 4 variables to make and 1 name",
                () -> session.run("predict sc, scores"));
        assertError("predict, scores takes no further options", () -> session.run("predict sc*, scores nooffset"));
        session.fit("mixed y x || _all: R.t || school:");
        assertError("predict, scores needs independent groups", () -> session.run("predict sc*, scores"));
    }

    private static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
        EchelonException e = assertThrows(EchelonException.class, action);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
