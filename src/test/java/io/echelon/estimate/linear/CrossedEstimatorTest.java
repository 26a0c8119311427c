package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.covariance.Identity;
import io.echelon.covariance.Unstructured;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Crossed effects of simulated data. */
class CrossedEstimatorTest {
    /** 300 a's with intercepts and slopes, 250 b's (a root too wide for exact Hessians on the way), and c without effect. */
    private static Table simulated(int rows, long seed) {
        Random random = new Random(seed);
        double[][] effects = new double[3][300];
        for (double[] e : effects) {
            for (int i = 0; i < e.length; i++) {
                e[i] = random.nextGaussian();
            }
        }
        double[][] columns = new double[5][rows];
        for (int r = 0; r < rows; r++) {
            int a = random.nextInt(300);
            int b = random.nextInt(250);
            double x = random.nextGaussian();
            double[] row = {a, b, random.nextInt(12), x, 2 - x + effects[0][a] * (1 + 0.3 * x) + 0.4 * effects[2][a] * x
                    + 0.7 * effects[1][b] + 1.5 * random.nextGaussian()};
            for (int c = 0; c < row.length; c++) {
                columns[c][r] = row[c];
            }
        }
        return new Table().with("a", columns[0]).with("b", columns[1]).with("c", columns[2]).with("x", columns[3])
                .with("y", columns[4]);
    }

    @Test
    void recoversWhatWasSimulated() {
        Estimates fit = new TestModel(simulated(9000, 11), "y").x("x").r("b").level("a", new Unstructured(2), "x", "_cons")
                .fitCrossed().estimates();
        assertTrue(fit.converged());
        double[] truth = {0.49, 0.25, 1, 0.3, 2.25};
        for (int i = 0; i < truth.length; i++) {
            VarianceComponent c = fit.varianceComponents().get(i);
            assertEquals(truth[i], c.estimate(), 3 * c.stdError(), c.term());
            assertTrue(c.stdError() < 0.2, c.term());
        }
        assertEquals(-1, fit.coefficients().get(0).estimate(), 3 * fit.coefficients().get(0).stdError());
        assertTrue(fit.certificate().hessianDefinite());
        assertTrue(fit.certificate().scaledGradient() < 1e-6, "gradient " + fit.certificate().scaledGradient());
    }

    @Test
    void aVarianceOfZeroIsAnOrdinaryPoint() {
        for (int seed = 0; seed < 6; seed++) {
            Estimates with = new TestModel(simulated(3000, seed), "y").x("x").r("c").r("b")
                    .level("a", new Identity(1), "_cons").fitCrossed().estimates();
            VarianceComponent c = with.varianceComponents().get(0);
            assertTrue(with.converged(), "seed " + seed);
            if (c.estimate() > 0) {
                continue;
            }
            Estimates without = new TestModel(simulated(3000, seed), "y").x("x").r("b")
                    .level("a", new Identity(1), "_cons").fitCrossed().estimates();
            assertEquals(without.logLikelihood(), with.logLikelihood(), 1e-6);
            assertTrue(Double.isNaN(c.stdError()));
            assertFalse(with.certificate().boundary().isEmpty());
            return;
        }
        throw new AssertionError("no seed gave a variance of zero");
    }

    @Test
    void saysWhenFactorsHaveTooManyLevels() {
        int rows = 120_000;
        double[][] columns = new double[3][rows];
        for (int r = 0; r < rows; r++) {
            columns[0][r] = r % 50_000;
            columns[1][r] = r % 49_999;
            columns[2][r] = Math.sin(r);
        }
        TestModel model = new TestModel(new Table().with("a", columns[0]).with("b", columns[1]).with("y", columns[2]), "y")
                .r("a").r("b");
        EchelonException e = assertThrows(EchelonException.class, model::fitCrossed);
        assertTrue(e.getMessage().startsWith("crossed random effects: all factors but the largest have 49999 levels together, "
                + "for which the driver needs 100.0 GB of memory"), e.getMessage());
        assertTrue(e.getMessage().contains("46340 levels are the most possible"), e.getMessage());
    }
}
