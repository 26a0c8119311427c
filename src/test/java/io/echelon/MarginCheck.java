package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.fit.Estimates;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.spark.TestSession;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Margins against functions of all parameters, whose gradients are taken by differences. */
final class MarginCheck {
    private MarginCheck() {}

    /** Counts of 30 groups of 12 rows in two partitions. */
    static Dataset<Row> counts() {
        return TestSession.spark().range(0, 360, 1, 2).selectExpr("id div 12 AS id", "id % 3 AS g",
                "sin(id * 12.9898) AS x", "concat('s', id % 2) AS half",
                "floor(exp(0.6 + 0.4 * sin(id * 12.9898) + 0.2 * (id % 3) + 0.6 * sin((id div 12) * 78.233)"
                        + " + 0.3 * sin((id div 12) * 4.1) * sin(id * 12.9898)) + 0.5 + 0.9 * sin(id * 3.7)) AS y");
    }

    static double[] parameters(Estimates e) {
        double[] theta = new double[e.vcov().names().size()];
        int k = 0;
        for (var c : e.coefficients()) {
            if (!Double.isNaN(c.stdError())) {
                theta[k++] = c.estimate();
            }
        }
        for (var c : e.estimationMetric()) {
            theta[k++] = c.estimate();
        }
        assertEquals(theta.length, k);
        return theta;
    }

    /** Checks a margin against a function of all parameters, whose gradient is taken by differences. */
    static void check(MarginalEstimates margins, int row, Estimates e, ToDoubleFunction<double[]> f) {
        double[] theta = parameters(e);
        double[] gradient = new double[theta.length];
        double h = 1e-5;
        for (int k = 0; k < theta.length; k++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[k] += h;
            down[k] -= h;
            gradient[k] = (f.applyAsDouble(up) - f.applyAsDouble(down)) / (2 * h);
        }
        double variance = 0;
        for (int i = 0; i < theta.length; i++) {
            for (int j = 0; j < theta.length; j++) {
                variance += gradient[i] * e.vcov().matrix()[i][j] * gradient[j];
            }
        }
        double value = f.applyAsDouble(theta);
        assertEquals(value, margins.rows().get(row).estimate(), 1e-8 * Math.abs(value));
        assertEquals(Math.sqrt(variance), margins.rows().get(row).stdError(), 2e-6 * Math.sqrt(variance));
    }
}
