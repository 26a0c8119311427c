package io.echelon.spark.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Echelon;
import io.echelon.Fit;
import io.echelon.Session;
import io.echelon.spark.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Residuals of right models are standard normal, with censoring and late entry too. */
class QuantileResidualsTest {
    private final Echelon echelon = Echelon.on(TestSession.spark());

    private static Dataset<Row> data() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int g = 0; g < 100; g++) {
            double u = 0.7 * random.nextGaussian();
            for (int i = 0; i < 20; i++) {
                double x = random.nextGaussian();
                double eta = 0.5 * x + u;
                double logistic = random.nextDouble();
                double z = eta + Math.log(logistic / (1 - logistic));
                double t0 = i % 3 == 0 ? 0.2 : 0;
                // An exponential time with rate exp(η), after the entry.
                double time = t0 - Math.log(1 - random.nextDouble()) * Math.exp(-eta);
                double censored = 0.5 + 2 * random.nextDouble();
                rows.add(RowFactory.create(g, x, z < -0.5 ? 1 : z < 1 ? 2 : 4, t0, Math.min(time, censored),
                        time <= censored ? 1 : 0));
            }
        }
        return TestSession.spark().createDataFrame(rows, new StructType().add("g", "int").add("x", "double").add("o", "int")
                .add("t0", "double").add("time", "double").add("fail", "int"));
    }

    private void normal(Fit fit) {
        Row row = QuantileResiduals.of(fit.fitted(), "eta", "r")
                .selectExpr("count(r)", "avg(r)", "stddev(r)", "skewness(r)", "kurtosis(r)", "corr(r, eta)").first();
        assertEquals(2000, row.getLong(0));
        // Standard errors of these moments are 0.022, 0.016, 0.055 and 0.11; the predicted effects fit a little too well.
        assertEquals(0, row.getDouble(1), 0.07);
        assertEquals(1, row.getDouble(2), 0.05);
        assertEquals(0, row.getDouble(3), 0.17);
        assertEquals(0, row.getDouble(4), 0.33);
        assertTrue(Math.abs(row.getDouble(5)) < 0.15, "correlation " + row.getDouble(5));
    }

    @Test
    void ordinalResponses() {
        normal(echelon.open(data()).fit("meologit o x || g:"));
    }

    @Test
    void survivalTimes() {
        Session session = echelon.open(data());
        session.run("stset time, failure(fail) time0(t0)");
        normal(session.fit("mestreg x || g:, distribution(weibull)"));
    }
}
